namespace Cluster.Cases.Rules;

/// <summary><c>document</c>: a node requires a document within its days.</summary>
/// <param name="documents">Every document whose absence this rule finds.</param>
/// <param name="required">Those that are missed where they are not there.</param>
internal sealed class DocumentTemplate(CaseDocument[] documents, CaseDocument[] required, string internalLevel) : IRuleTemplate
{
    private Tuple<Rule, Rule>? _internal;

    public IEnumerable<Trigger> Evidence => required.SelectMany(d => d.Binding.Stop);

    public IReadOnlyList<CaseDocument> Documents => documents;

    /// <summary>The same rule in a case type where an office reports what it reports: what it declares is required there.</summary>
    public DocumentTemplate For(string caseType, Observability reports) =>
        new([.. documents.Where(d => d.AppliesTo(caseType))], [.. documents.Where(d => d.AppliesTo(caseType) && d.RequiredBy(reports))], internalLevel);

    public EventSet Grounds(Catalogue catalogue)
    {
        var set = default(EventSet);
        foreach (var document in required) set.Add(document.Binding.Grounds);
        return set;
    }

    public void Look(Rule rule, Looking at)
    {
        var pool = ClockPool.Own;
        foreach (var document in required)
        {
            if (!document.AppliesTo(at.State.CaseType)) continue;
            document.Binding.Run(at.State, at.Calendar, pool.Clocks);
            var judged = document.Way == DocumentWay.Internal ? Internal(rule) : rule;
            foreach (var clock in pool.Clocks)
            {
                at.Follow(judged, clock, clock.Whole, new RunName(document.Code, clock.Instance, 0), document.Code);
            }

            pool.Return();
        }
    }

    /// <summary>The same rule at the level of internal papers. Versions of a rule that differ in their dates alone share a template.</summary>
    private Rule Internal(Rule rule)
    {
        if (_internal is { } known && ReferenceEquals(known.Item1, rule)) return known.Item2;
        var judged = rule with { Level = internalLevel };
        _internal = Tuple.Create(rule, judged);
        return judged;
    }
}

using Cluster.Cases.Assessment;

namespace Cluster.Cases.Rules;

/// <summary>A document that a node of the procedure requires.</summary>
/// <param name="Codes">Names any of which will do.</param>
/// <param name="Binding">When it is required, and how long it may take.</param>
internal sealed record RequiredDocument(string[] Codes, bool Internal, ClockBinding Binding);

/// <summary>The state of a required document in a case.</summary>
internal readonly record struct DocumentState(string Code, string Name, string State);

/// <summary><c>document</c>: a node requires a document within its days.</summary>
internal sealed class DocumentTemplate(RequiredDocument[] documents, string internalLevel) : IRuleTemplate
{
    public IEnumerable<Trigger> Evidence => documents.SelectMany(d => d.Binding.Stop);

    public EventSet Grounds(Catalogue catalogue)
    {
        var set = default(EventSet);
        foreach (var document in documents) set.Add(document.Binding.Grounds);
        return set;
    }

    public void Look(Rule rule, Looking at)
    {
        var pool = ClockPool.Own;
        foreach (var document in documents)
        {
            if (!Applies(document, at.State)) continue;
            document.Binding.Run(at.State, at.Calendar, pool.Clocks);
            var judged = document.Internal ? Internal(rule) : rule;
            foreach (var clock in pool.Clocks)
            {
                at.Follow(judged, clock, clock.Whole, new RunName(document.Codes[0], clock.Instance, 0), document.Codes[0]);
            }

            pool.Return();
        }
    }

    /// <summary>The checklist of the case: present, missing or not yet required.</summary>
    public IEnumerable<DocumentState> Checklist(Looking at)
    {
        var clocks = new List<ClockInstance>();
        foreach (var document in documents)
        {
            if (!Applies(document, at.State)) continue;
            clocks.Clear();
            document.Binding.Run(at.State, at.Calendar, clocks);
            var state = clocks.Count == 0 ? "not-yet" : clocks.TrueForAll(c => c.EndedAt is not null) ? "present" : "missing";
            yield return new DocumentState(document.Codes[0], document.Codes[0], state);
        }
    }

    private static bool Applies(RequiredDocument document, CaseState state) =>
        document.Binding.CaseTypes.Length == 0 || Array.IndexOf(document.Binding.CaseTypes, state.CaseType) >= 0;

    private Tuple<Rule, Rule>? _internal;

    /// <summary>The same rule at the level of internal papers. Versions of a rule that differ in their dates alone share a template.</summary>
    private Rule Internal(Rule rule)
    {
        if (_internal is { } known && ReferenceEquals(known.Item1, rule)) return known.Item2;
        var judged = rule with { Level = internalLevel };
        _internal = Tuple.Create(rule, judged);
        return judged;
    }
}

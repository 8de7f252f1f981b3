using Cluster.Cases.Events;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>
/// The rules with every version of each that offices published, and the limits they follow: checked whole, never changed.
/// What an office changes makes another catalogue.
/// </summary>
public sealed class Catalogue
{
    /// <summary>The rule that says a case is not reported as accepted; no office may change it, for no scope would hold such a case.</summary>
    internal const string Unaccepted = "DQ-001";

    private const string Prefix = "Cluster.Cases.Catalogue.";

    // Sets of catalogues that are live no more would be kept for ever.
    private const int MostCompiled = 512;

    private static readonly Lazy<Catalogue> Embedded = new(LoadEmbedded);

    private readonly ClockBinding[] _clocks;

    private readonly CaseDocument[] _documents;

    private readonly Dictionary<string, LocalizedText> _unbound;

    private Catalogue(ClockBinding[] clocks, Dictionary<string, LocalizedText> unbound, Rule[] rules, CaseDocument[] documents, Statutes statutes, CatalogueReader reader)
    {
        _clocks = clocks;
        _documents = documents;
        _unbound = unbound;
        Rules = rules;
        Statutes = statutes;
        Reader = reader;
    }

    /// <summary>The same rules and limits with other publications and trials.</summary>
    private Catalogue(Catalogue shipped, IReadOnlyList<RulePublication> published, IReadOnlyList<RuleTrial> trials)
        : this(shipped._clocks, shipped._unbound, shipped.Rules, shipped._documents, shipped.Statutes, shipped.Reader)
    {
        Published = published;
        Trials = trials;
        Scopes = published.Select(p => p.Procuratorate).Concat(trials.Select(t => t.Procuratorate)).OfType<string>().ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The catalogue that ships with the product.</summary>
    public static Catalogue Default => Embedded.Value;

    public Statutes Statutes { get; }

    /// <summary>What offices published, oldest first.</summary>
    public IReadOnlyList<RulePublication> Published { get; } = [];

    /// <summary>What is tried out beside the rules in force.</summary>
    public IReadOnlyList<RuleTrial> Trials { get; } = [];

    /// <summary>Procuratorates that have rules of their own; a case below none of them is judged by the rules of everybody.</summary>
    public IReadOnlySet<string> Scopes { get; } = new HashSet<string>();

    /// <summary>The rules that ship with the product.</summary>
    internal Rule[] Rules { get; }

    internal CatalogueReader Reader { get; }

    internal IReadOnlyList<ClockBinding> Clocks => _clocks;

    /// <summary>The documents of the nodes of every case type.</summary>
    internal IReadOnlyList<CaseDocument> Documents => _documents;

    /// <summary>The limits that run in no case, with the reason.</summary>
    internal IReadOnlyDictionary<string, LocalizedText> Unbound => _unbound;

    /// <summary>The shipped rules with these publications and trials instead of those of this catalogue.</summary>
    public Catalogue With(IReadOnlyList<RulePublication> published, IReadOnlyList<RuleTrial> trials) => new(this, published, trials);

    /// <summary>The clocks and rules that look at a case type where an office reports what it reports.</summary>
    internal RuleSet For(string caseType, Observability reports)
    {
        if (reports.Compiled.TryGetValue((this, caseType), out var compiled)) return compiled;
        if (reports.Compiled.Count >= MostCompiled) reports.Compiled.Clear();
        return reports.Compiled.GetOrAdd((this, caseType), static (key, seen) => key.Item1.Compile(key.Item2, seen, null), reports);
    }

    /// <summary>The clocks of a case type with some of the rules.</summary>
    internal RuleSet Only(IReadOnlySet<string> rules, string caseType, Observability reports) => Compile(caseType, reports, rules);

    /// <summary>Every version of every rule, wherever it applies.</summary>
    internal IEnumerable<Rule> Everywhere => Rules.Concat(Published.SelectMany(p => p.Rules.Rules));

    /// <summary>Every version of every rule that applies below a path of offices, each ending the day before the next begins.</summary>
    internal IEnumerable<Rule> InScope(Func<string, bool> within)
    {
        var changed = new Dictionary<string, List<Rule>>(StringComparer.Ordinal);
        foreach (var publication in Published)
        {
            if (publication.Procuratorate is { } scope && !within(scope)) continue;
            foreach (var rule in publication.Rules.Rules)
            {
                if (!changed.TryGetValue(rule.Id, out var versions)) changed[rule.Id] = versions = [];
                var from = rule.EffectiveFrom > publication.EffectiveFrom ? rule.EffectiveFrom : publication.EffectiveFrom;
                versions.Add(rule with { EffectiveFrom = from, Publication = publication });
            }
        }

        foreach (var rule in Rules)
        {
            if (changed.TryGetValue(rule.Id, out var versions)) versions.Insert(0, rule);
            else yield return rule;
        }

        foreach (var versions in changed.Values)
        {
            // What was published later comes after what begins on the same day; what ships with the product is always the one before.
            var ordered = versions.OrderBy(r => r.Publication is not null).ThenBy(r => r.Publication?.Supposed ?? false).ThenBy(r => r.EffectiveFrom).ToList();
            for (var i = 0; i < ordered.Count; i++)
            {
                var rule = ordered[i];
                for (var next = i + 1; next < ordered.Count; next++)
                {
                    if (!(rule.EffectiveUntil < ordered[next].EffectiveFrom)) rule = rule with { EffectiveUntil = ordered[next].EffectiveFrom.AddDays(-1) };
                }

                if (!(rule.EffectiveUntil < rule.EffectiveFrom)) yield return rule;
            }
        }
    }

    /// <summary>Whether none of the rule's evidence is reported, so that it stays silent.</summary>
    internal bool IsUnobservable(Rule rule, Observability reports)
    {
        var evidence = rule.Template is DeadlineTemplate deadline
            ? _clocks.Where(deadline.Follows).SelectMany(c => c.Stop.Where(t => !t.Stops))
            : rule.Template.Evidence;
        var any = false;
        foreach (var trigger in evidence)
        {
            if (reports.Reports(trigger)) return false;
            any = true;
        }

        return any;
    }

    /// <summary>What must have happened, any of it, before one of these limits runs.</summary>
    internal EventSet GroundsOf(string[] limits)
    {
        var set = default(EventSet);
        foreach (var clock in _clocks)
        {
            if (Array.IndexOf(limits, clock.Id) >= 0) set.Add(clock.Grounds);
        }

        return set;
    }

    /// <exception cref="CatalogueException">A file is wrong; nothing of it is used.</exception>
    internal static Catalogue Load(
        Statutes statutes, Yaml beginnings, IEnumerable<Yaml> limits, IEnumerable<Yaml> documents, IEnumerable<(Yaml Yaml, string Text)> rules)
    {
        var nodes = DocumentReader.Read(documents);
        var reader = new CatalogueReader(statutes, new ExampleReader(beginnings), nodes);
        Yaml[] files = [.. limits];
        ClockBinding[] clocks = [.. files.SelectMany(reader.ReadLimits)];
        var unbound = files.SelectMany(reader.ReadUnbound).ToDictionary(u => u.Limit, u => u.Note, StringComparer.Ordinal);
        var all = new Dictionary<string, Rule>(StringComparer.Ordinal);
        foreach (var file in rules)
        {
            foreach (var rule in reader.ReadRules(file))
            {
                if (!all.TryAdd(rule.Id, rule)) throw file.Yaml.Wrong($"rule '{rule.Id}' is defined twice");
            }
        }

        return new Catalogue(clocks, unbound, [.. all.Values.OrderBy(r => r.Id, StringComparer.Ordinal)], nodes, statutes, reader);
    }

    /// <summary>Whether an office never reports what would stop the clock in time: its end says nothing there.</summary>
    private static bool IsUnobservable(ClockBinding clock, Observability reports) =>
        clock.Stop.Any(t => !t.Stops) && !clock.Stop.Any(t => !t.Stops && reports.Reports(t));

    private static bool LooksAt(Rule rule, string caseType) => rule.CaseTypes.Length == 0 || Array.IndexOf(rule.CaseTypes, caseType) >= 0;

    private Ground<ClockBinding>[] ClocksOf(string caseType, Observability reports, bool observable = true) =>
        // What counts back from the end of another clock runs after it.
        [.. _clocks.Where(c => (c.CaseTypes.Length == 0 || c.CaseTypes.Contains(caseType)) && IsUnobservable(c, reports) != observable && (observable || c.OwedBy is null))
            .OrderBy(c => c.EndsOn is not null).Select(c => new Ground<ClockBinding>(c.Grounds, c))];

    private Ground<Rule> WithGrounds(Rule rule) => new(rule.Template.Grounds(this), rule);

    private RuleSet Compile(string caseType, Observability reports, IReadOnlySet<string>? only)
    {
        // A card check that another rule may have answered already looks after it.
        List<Rule> Looking(IEnumerable<Rule> rules) => [.. rules
            .Where(r => r.Template.LooksAtCases && (only?.Contains(r.Id) ?? true) && LooksAt(r, caseType))
            .Select(r => r.Template is DocumentTemplate documents ? r with { Template = documents.For(caseType, reports) } : r)
            .Where(r => !IsUnobservable(r, reports))
            .OrderBy(r => r.Template.Yields.Count > 0).ThenBy(r => r.Id, StringComparer.Ordinal).ThenBy(r => r.EffectiveFrom)];

        var changed = Published.Count > 0;
        var rules = Looking(Published.Count == 0 ? Rules : InScope(reports.IsWithin));
        return new RuleSet(
            ClocksOf(caseType, reports),
            [.. rules.Where(r => !changed || (r.Publication is null && r.Template.Yields.Count == 0)).Select(WithGrounds)],
            ChecklistOf(rules, caseType, reports))
        {
            Unwatched = ClocksOf(caseType, reports, observable: false),
            Office = [.. rules.Where(r => changed && (r.Publication is not null || r.Template.Yields.Count > 0)).Select(WithGrounds)],
            Tried = [.. Trials.Where(t => t.Procuratorate is null || reports.IsWithin(t.Procuratorate)).SelectMany(t => Looking(t.Rules.Rules).Select(r => WithGrounds(r with { Trial = t.Run })))],
        };
    }

    /// <summary>The documents of the nodes, and those that rules bring themselves.</summary>
    private DocumentChecklist ChecklistOf(List<Rule> rules, string caseType, Observability reports)
    {
        var own = rules.Select(r => r.Template).OfType<DocumentTemplate>().SelectMany(t => t.Documents);
        return new([.. _documents.Where(d => d.AppliesTo(caseType)).Union(own).Select(d => (d, d.RequiredBy(reports)))]);
    }

    private static Catalogue LoadEmbedded()
    {
        return Load(
            Statutes.Default,
            Read(Prefix + "beginnings.yaml").Yaml,
            Folder("Limits").Select(f => f.Yaml),
            Folder("Documents").Select(f => f.Yaml),
            Folder("Rules"));
    }

    private static IEnumerable<(Yaml Yaml, string Text)> Folder(string folder) => typeof(Catalogue).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith($"{Prefix}{folder}.", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read);

    private static (Yaml Yaml, string Text) Read(string resource)
    {
        var name = resource[Prefix.Length..];
        var text = EmbeddedFile.Text(name);
        return (Yaml.Load(name, new StringReader(text)), text);
    }
}

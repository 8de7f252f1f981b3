using System.Reflection;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>The rules in force with the limits they follow: loaded once, checked whole, never changed.</summary>
public sealed class Catalogue
{
    private static readonly Lazy<Catalogue> Embedded = new(LoadEmbedded);

    private readonly ClockBinding[] _clocks;

    private readonly CaseDocument[] _documents;

    private Catalogue(ClockBinding[] clocks, Dictionary<string, LocalizedText> unbound, Rule[] rules, CaseDocument[] documents, Statutes statutes)
    {
        _clocks = clocks;
        _documents = documents;
        Unbound = unbound;
        Rules = rules;
        Statutes = statutes;
    }

    /// <summary>The catalogue that ships with the product.</summary>
    public static Catalogue Default => Embedded.Value;

    public Statutes Statutes { get; }

    internal IReadOnlyList<Rule> Rules { get; }

    internal IReadOnlyList<ClockBinding> Clocks => _clocks;

    /// <summary>The documents of the nodes of every case type.</summary>
    internal IReadOnlyList<CaseDocument> Documents => _documents;

    /// <summary>The limits that run in no case, with the reason.</summary>
    internal IReadOnlyDictionary<string, LocalizedText> Unbound { get; }

    /// <summary>The clocks and rules that look at a case type where an office reports what it reports.</summary>
    internal RuleSet For(string caseType, Observability reports) =>
        reports.Compiled.GetOrAdd((this, caseType), static (key, seen) => key.Item1.Compile(key.Item2, seen), reports);

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
    internal static Catalogue Load(Statutes statutes, Yaml beginnings, IEnumerable<Yaml> limits, IEnumerable<Yaml> documents, IEnumerable<Yaml> rules)
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
                if (!all.TryAdd(rule.Id, rule)) throw file.Wrong($"rule '{rule.Id}' is defined twice");
            }
        }

        return new Catalogue(clocks, unbound, [.. all.Values.OrderBy(r => r.Id, StringComparer.Ordinal)], nodes, statutes);
    }

    /// <summary>Whether an office never reports what would stop the clock in time: its end says nothing there.</summary>
    private static bool IsUnobservable(ClockBinding clock, Observability reports) =>
        clock.Stop.Any(t => !t.Stops) && !clock.Stop.Any(t => !t.Stops && reports.Reports(t));

    private RuleSet Compile(string caseType, Observability reports)
    {
        var rules = Rules.Where(r => r.Template is not ManualTemplate && (r.CaseTypes.Length == 0 || r.CaseTypes.Contains(caseType)))
            .Select(r => r.Template is DocumentTemplate documents ? r with { Template = documents.For(caseType, reports) } : r)
            .Where(r => !IsUnobservable(r, reports))
            // A card check that another rule may have answered already looks after it.
            .OrderBy(r => r.Template is FieldTemplate { IsLast: true }).ToList();
        return new(
            // What counts back from the end of another clock runs after it.
            [.. _clocks.Where(c => (c.CaseTypes.Length == 0 || c.CaseTypes.Contains(caseType)) && !(c.OwedBy is not null && IsUnobservable(c, reports)))
                .OrderBy(c => c.EndsOn is not null).Select(c => new Ground<ClockBinding>(c.Grounds, c))],
            [.. rules.Select(r => new Ground<Rule>(r.Template.Grounds(this), r))],
            ChecklistOf(rules, caseType, reports),
            _clocks.Where(c => IsUnobservable(c, reports)).ToHashSet());
    }

    /// <summary>The documents of the nodes, and those that rules bring themselves.</summary>
    private DocumentChecklist ChecklistOf(List<Rule> rules, string caseType, Observability reports)
    {
        var own = rules.Select(r => r.Template).OfType<DocumentTemplate>().SelectMany(t => t.Documents);
        return new([.. _documents.Where(d => d.AppliesTo(caseType)).Union(own).Select(d => (d, d.RequiredBy(reports)))]);
    }

    private static Catalogue LoadEmbedded()
    {
        var assembly = typeof(Catalogue).Assembly;
        return Load(
            Statutes.Default,
            Open(assembly, "beginnings.yaml"),
            Folder(assembly, "Limits"),
            Folder(assembly, "Documents"),
            Folder(assembly, "Rules"));
    }

    private static IEnumerable<Yaml> Folder(Assembly assembly, string folder) => assembly.GetManifestResourceNames()
        .Where(n => n.Contains($".Catalogue.{folder}.", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(n => Read(assembly, n));

    private static Yaml Open(Assembly assembly, string file) =>
        Read(assembly, assembly.GetManifestResourceNames().Single(n => n.EndsWith(".Catalogue." + file, StringComparison.Ordinal)));

    private static Yaml Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return Yaml.Load(resource[(resource.IndexOf("Catalogue.", StringComparison.Ordinal) + 10)..], reader);
    }
}

/// <summary>What looks at cases of one type.</summary>
/// <param name="Documents">The documents that its nodes ask for.</param>
/// <param name="Unobservable">Clocks whose end the office would never report.</param>
internal sealed record RuleSet(Ground<ClockBinding>[] Clocks, Ground<Rule>[] Rules, DocumentChecklist Documents, IReadOnlySet<ClockBinding> Unobservable);

/// <summary>A clock or a rule with what must have happened, any of it, before it has anything to look at.</summary>
internal readonly record struct Ground<T>(EventSet Needs, T Of);

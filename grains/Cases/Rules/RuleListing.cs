namespace Cluster.Cases.Rules;

/// <summary>The catalogue as somebody sees it: every rule once, in the version that is in force for them, with all versions they may know of.</summary>
public sealed class RuleListing
{
    private readonly Catalogue _catalogue;
    private readonly Func<string, bool> _sees;
    private readonly Func<string, IReadOnlyCollection<string>> _above;
    private readonly DateOnly _today;
    private readonly Dictionary<string, ILookup<string, Rule>> _chains = new(StringComparer.Ordinal);
    private readonly ILookup<string, Rule> _own;

    /// <param name="own">The offices whose rules apply where the reader works: its own and those above it.</param>
    /// <param name="sees">Whether the reader may know of the rules of an office.</param>
    /// <param name="above">An office and those above it.</param>
    public RuleListing(Catalogue catalogue, DateOnly today, IReadOnlyCollection<string> own, Func<string, bool> sees, Func<string, IReadOnlyCollection<string>> above)
    {
        _catalogue = catalogue;
        _today = today;
        _sees = sees;
        _above = above;
        _own = Chain(own);
    }

    internal Catalogue Catalogue => _catalogue;

    /// <summary>Every rule once, by id.</summary>
    internal IEnumerable<Rule> Rules => _catalogue.Rules.Select(r => r.Id)
        .Concat(Visible.SelectMany(p => p.Rules.Ids)).Distinct().Order(StringComparer.Ordinal).Select(id => InForce(id)!);

    private IEnumerable<RulePublication> Visible => _catalogue.Published.Where(p => p.Procuratorate is null || _sees(p.Procuratorate));

    /// <summary>Number of the last publication in force that the reader may know of; 0 if none.</summary>
    public int Version => Visible.Select(p => p.Version).DefaultIfEmpty().Max();

    /// <summary>The version that judges acts of today: where the reader works, else wherever it is known of; of a rule not yet or no longer in force the last one. Null for a rule nobody has.</summary>
    internal Rule? InForce(string id)
    {
        var versions = _own[id].Any() ? _own[id] : Versions(id);
        return versions.LastOrDefault(r => r.InForceOn(_today)) ?? versions.LastOrDefault();
    }

    /// <summary>Every version the reader may know of, the shipped one first, each with the days on which it judges where it applies.</summary>
    internal IEnumerable<Rule> Versions(string id)
    {
        if (Array.Find(_catalogue.Rules, r => r.Id == id) is { } shipped) yield return _own[id].FirstOrDefault(r => r.Publication is null) ?? shipped;
        foreach (var publication in Visible)
        {
            var chain = publication.Procuratorate is { } scope ? ChainOf(scope) : ChainOf("");
            foreach (var rule in chain[id])
            {
                if (ReferenceEquals(rule.Publication, publication)) yield return rule;
            }
        }
    }

    private ILookup<string, Rule> ChainOf(string office)
    {
        if (!_chains.TryGetValue(office, out var chain)) _chains[office] = chain = Chain(office.Length == 0 ? [] : _above(office));
        return chain;
    }

    private ILookup<string, Rule> Chain(IReadOnlyCollection<string> path) => _catalogue.InScope(path.Contains).ToLookup(r => r.Id, StringComparer.Ordinal);
}

namespace Cluster.Cases.Rules;

/// <summary>The one way in which rules refer to each other: a card check is silent where another rule has found the same. Whom a rule yields to must exist, and none may in the end yield to itself.</summary>
internal static class Yielding
{
    /// <summary>What is wrong with the references of the rules of a file.</summary>
    public static IEnumerable<CatalogueError> Check(IReadOnlyList<Rule> rules, Catalogue catalogue, string file)
    {
        var yields = Of(catalogue.Everywhere.Concat(rules));
        foreach (var rule in rules)
        {
            foreach (var other in rule.Template.Yields)
            {
                if (!yields.ContainsKey(other)) yield return new CatalogueError(file, rule.Line, $"{rule.Id} yields to the unknown rule '{other}'");
            }

            if (Reached(rule.Template.Yields, yields).Contains(rule.Id)) yield return new CatalogueError(file, rule.Line, $"{rule.Id} in the end yields to itself");
        }
    }

    /// <summary>The rules that may find something else when some are changed: those, and whoever yields to them.</summary>
    public static HashSet<string> Concerned(IReadOnlyCollection<string> changed, IEnumerable<Rule> rules)
    {
        var yields = Of(rules);
        return [.. changed, .. yields.Where(y => Reached(y.Value, yields).Overlaps(changed)).Select(y => y.Key)];
    }

    /// <summary>Rules with all those they yield to, who must look first.</summary>
    public static HashSet<string> WithThoseBefore(IReadOnlyCollection<string> rules, IEnumerable<Rule> all) =>
        [.. rules, .. Reached([.. rules], Of(all))];

    private static Dictionary<string, HashSet<string>> Of(IEnumerable<Rule> rules)
    {
        var yields = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var rule in rules)
        {
            if (!yields.TryGetValue(rule.Id, out var to)) yields[rule.Id] = to = new HashSet<string>(StringComparer.Ordinal);
            to.UnionWith(rule.Template.Yields);
        }

        return yields;
    }

    private static HashSet<string> Reached(IEnumerable<string> from, Dictionary<string, HashSet<string>> yields)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(from);
        while (open.TryPop(out var rule))
        {
            if (!reached.Add(rule) || !yields.TryGetValue(rule, out var further)) continue;
            foreach (var next in further) open.Push(next);
        }

        return reached;
    }
}

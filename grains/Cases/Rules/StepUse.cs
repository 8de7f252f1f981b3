namespace Cluster.Cases.Rules;

/// <summary>Which rules wait for a step that an office may report, so that the office knows what it gains by declaring it.</summary>
public static class StepUse
{
    /// <summary>By step code, the ids of the rules that begin with it or are met by it; a code that no rule needs has none.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Of(Catalogue catalogue)
    {
        var grounds = catalogue.Rules.Select(r => (r.Id, Grounds: r.Template.Grounds(catalogue), Evidence: Evidence(catalogue, r))).ToList();
        var needed = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var code in StepCodes.All.Keys)
        {
            var step = default(EventSet);
            step.AddStep(code);
            needed.Add(code, [.. grounds.Where(r => r.Evidence.Contains(code) || r.Grounds.Meets(step)).Select(r => r.Id)]);
        }

        return needed;
    }

    private static HashSet<string?> Evidence(Catalogue catalogue, Rule rule) =>
        [.. (rule.Template is DeadlineTemplate deadline ? catalogue.Clocks.Where(deadline.Follows).SelectMany(c => c.Stop) : rule.Template.Evidence).Select(t => t.Step)];
}

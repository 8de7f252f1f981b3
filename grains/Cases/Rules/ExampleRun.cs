using System.Text.Json;
using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>Runs the examples of a rule: it must fire where it is said to, and keep silent where it is said not to.</summary>
internal sealed class ExampleRun
{
    // Where the law of this system begins and ends; examples beyond would leave the calendar.
    private const int FirstYear = 1979, LastYear = 2100;

    private readonly Assessor _assessor;

    // Of its own, so that what is compiled for it goes with it.
    private readonly Observability _everything = Observability.Full.Within(["example"]);

    /// <param name="rules">The rules of a file, supposed to be in force beside all others.</param>
    public ExampleRun(OfficeRules rules, Catalogue catalogue, HolidayCalendar calendar)
    {
        var supposed = new RulePublication(rules, 0, null, DateOnly.MinValue, "", default) { Supposed = true };
        _assessor = new Assessor(catalogue.With([.. catalogue.Published, supposed], []), calendar);
    }

    /// <summary>The examples of a rule that fail, by line, with what happened instead.</summary>
    public IEnumerable<(long Line, string Reason)> Failures(Rule rule)
    {
        foreach (var example in rule.Fires)
        {
            if (Try(() => Fires(rule, example)) is { } reason) yield return (example.Line, reason);
        }

        foreach (var example in rule.Silent)
        {
            if (Try(() => Silent(rule, example)) is { } reason) yield return (example.Line, reason);
        }
    }

    private string? Fires(Rule rule, RuleExample example)
    {
        var name = $"example '{example.Title}' of {rule.Id}";
        var found = Assess(rule, example, out var problem);
        if (problem is not null) return $"{name}: {problem}";
        if (found.Count == 0) return $"{name} must fire and is silent";
        if (example.Level is { } level && !found.Exists(f => f.Level == level)) return $"{name} fires at {string.Join(", ", found.Select(f => f.Level).Distinct())}, not at {level}";
        if (example.Instance is { } instance && !found.Exists(f => f.Instance == instance)) return $"{name} fires for {string.Join(", ", found.Select(f => f.Instance))}, not for {instance}";
        var cleared = found.TrueForAll(f => f.ClearedAt is not null);
        return example.Cleared is { } wanted && wanted != cleared ? $"{name} is {(cleared ? "" : "not ")}cleared" : null;
    }

    private string? Silent(Rule rule, RuleExample example)
    {
        var name = $"example '{example.Title}' of {rule.Id}";
        var found = Assess(rule, example, out var problem);
        if (problem is not null) return $"{name}: {problem}";
        return found.Find(f => f.Level[0] != 'W') is { } wrong ? $"{name} must be silent and fires at {wrong.Level} for {wrong.Subject}" : null;
    }

    private static string? Try(Func<string?> run)
    {
        try
        {
            return run();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return $"the example cannot be assessed: {e.Message}";
        }
    }

    private List<Finding> Assess(Rule rule, RuleExample example, out string? problem)
    {
        problem = null;
        if (example.At.Year is < FirstYear or > LastYear) problem = $"its time is outside {FirstYear} to {LastYear}";
        var events = new List<CaseEvent>(example.Events.Length);
        foreach (var text in example.Events)
        {
            using var document = JsonDocument.Parse(text);
            var reading = EventReader.Read(document.RootElement, example.At);
            if (reading.Event is { } read) events.Add(read);
            else problem ??= $"an event is wrong at {reading.Problem!.Pointer}: {reading.Problem.Detail}";
        }

        if (problem is not null) return [];
        var assessment = _assessor.Assess(CaseHistory.Of(events), example.At, _everything);
        if (assessment.Failed.Contains(rule.Id)) problem = "the rule fails on it";
        return [.. assessment.Findings.Where(f => f.Rule.Id == rule.Id && f.Rule.Publication is { Supposed: true })];
    }
}

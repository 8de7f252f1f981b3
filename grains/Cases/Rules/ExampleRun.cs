using System.Text.Json;
using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>Runs the examples of a rule: it must fire where it is said to, and keep silent where it is said not to.</summary>
internal static class ExampleRun
{
    // Where the law of this system begins and ends; examples beyond would leave the calendar.
    private const int FirstYear = 1979, LastYear = 2100;

    /// <summary>The examples that fail, by line, with what happened instead.</summary>
    public static IEnumerable<(long Line, string Reason)> Failures(Rule rule, Catalogue catalogue, HolidayCalendar calendar)
    {
        foreach (var example in rule.Fires)
        {
            if (Try(() => Fires(rule, example, catalogue, calendar)) is { } reason) yield return (example.Line, reason);
        }

        foreach (var example in rule.Silent)
        {
            if (Try(() => Silent(rule, example, catalogue, calendar)) is { } reason) yield return (example.Line, reason);
        }
    }

    /// <summary>What keeps a rule from firing on an example; null if it fires as told.</summary>
    public static string? Fires(Rule rule, RuleExample example, Catalogue catalogue, HolidayCalendar calendar)
    {
        var name = $"example '{example.Title}' of {rule.Id}";
        var found = Assess(rule, example, catalogue, calendar, out var problem);
        if (problem is not null) return $"{name}: {problem}";
        if (found.Count == 0) return $"{name} must fire and is silent";
        if (example.Level is { } level && !found.Exists(f => f.Level == level)) return $"{name} fires at {string.Join(", ", found.Select(f => f.Level).Distinct())}, not at {level}";
        if (example.Instance is { } instance && !found.Exists(f => f.Instance == instance)) return $"{name} fires for {string.Join(", ", found.Select(f => f.Instance))}, not for {instance}";
        var cleared = found.TrueForAll(f => f.ClearedAt is not null);
        return example.Cleared is { } wanted && wanted != cleared ? $"{name} is {(cleared ? "" : "not ")}cleared" : null;
    }

    /// <summary>What a rule finds on an example on which it must be silent; null if nothing but warnings.</summary>
    public static string? Silent(Rule rule, RuleExample example, Catalogue catalogue, HolidayCalendar calendar)
    {
        var name = $"example '{example.Title}' of {rule.Id}";
        var found = Assess(rule, example, catalogue, calendar, out var problem);
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

    private static List<Finding> Assess(Rule rule, RuleExample example, Catalogue catalogue, HolidayCalendar calendar, out string? problem)
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
        var state = new CaseState(CaseHistory.Of(events).CountingAt(example.At, out _), example.At);
        var rules = catalogue.With(rule, state.CaseType);
        rules.RunClocks(state, calendar);
        return rules.Look(state, calendar).Findings.FindAll(f => f.Rule.Id == rule.Id);
    }
}

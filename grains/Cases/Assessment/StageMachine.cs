using Cluster.Cases.Rules;
using Cluster.Law;

namespace Cluster.Cases.Assessment;

/// <summary>A state of a case and what leads there.</summary>
/// <param name="Code">UPPER_SNAKE.</param>
/// <param name="On">What leads to it; empty where the program itself decides.</param>
/// <param name="Cover">Only once every suspect has it.</param>
/// <param name="After">A state that must have been reached too; null for none.</param>
/// <param name="Until">What takes the case out of it again.</param>
/// <param name="Ends">The case no longer burdens its prosecutor.</param>
internal sealed record Stage(string Code, Trigger[] On, bool Cover, string? After, Trigger[] Until, bool Ends);

/// <summary>The course of some case types: states in order, of which a case is in the last one that anything has led to.</summary>
internal sealed class StageMachine(string[] caseTypes, Stage[] stages)
{
    public IReadOnlyList<string> CaseTypes => caseTypes;

    public IReadOnlyList<Stage> Stages => stages;

    public string At(CaseState state, HolidayCalendar calendar)
    {
        for (var i = stages.Length - 1; i > 0; i--)
        {
            if (Reached(stages[i], state, calendar)) return stages[i].Code;
        }

        return stages[0].Code;
    }

    /// <summary>When a case that is in a state that ends it was ended; null if it is in none.</summary>
    public DateTimeOffset? ReachedAt(string code, CaseState state, HolidayCalendar calendar)
    {
        if (Find(code) is not { Ends: true } stage) return null;
        // What only follows on an end is not the end.
        if (stage.After is { } before && Ends(before)) return ReachedAt(before, state, calendar);
        return stage.Cover ? LastCovering(stage.On, state, calendar) : Last(stage.On, state, calendar, null);
    }

    public bool Ends(string code) => Find(code)?.Ends ?? false;

    private Stage? Find(string code)
    {
        foreach (var stage in stages)
        {
            if (stage.Code == code) return stage;
        }

        return null;
    }

    private bool Reached(Stage stage, CaseState state, HolidayCalendar calendar)
    {
        var reached = stage.Cover ? LastCovering(stage.On, state, calendar) : Last(stage.On, state, calendar, null);
        if (reached is not { } at) return false;
        if (stage.After is { } before && !Reached(Find(before)!, state, calendar)) return false;
        return stage.Until.Length == 0 || !(Last(stage.Until, state, calendar, null) >= at);
    }

    /// <summary>When every suspect was last led there; null while one was not.</summary>
    private static DateTimeOffset? LastCovering(Trigger[] triggers, CaseState state, HolidayCalendar calendar)
    {
        var last = Last(triggers, state, calendar, null);
        if (last is null) return null;
        foreach (var suspect in state.Suspects)
        {
            if (Last(triggers, state, calendar, suspect) is null) return null;
        }

        return last;
    }

    private static DateTimeOffset? Last(Trigger[] triggers, CaseState state, HolidayCalendar calendar, SuspectState? suspect)
    {
        DateTimeOffset? last = null;
        foreach (var trigger in triggers)
        {
            var events = state.Of(trigger.Ordinal);
            for (var i = events.Length - 1; i >= 0 && !(events[i].Time <= last); i--)
            {
                if (suspect is not null && !Trigger.Concerns(events[i], suspect)) continue;
                if (!trigger.Matches(new Scope(state, calendar, events[i], suspect))) continue;
                last = events[i].Time;
                break;
            }
        }

        return last;
    }
}

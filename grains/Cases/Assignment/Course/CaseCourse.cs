using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Law;

namespace Cluster.Cases.Assignment.Course;

/// <summary>What the history of a case says of who carried it, how heavy it was, and how it came to them; a function of the events alone.</summary>
/// <param name="AcceptedAt">When it was accepted.</param>
/// <param name="PoliceUnit">Who sent it, where that was the police.</param>
/// <param name="Lawyers">Retained and legal-aid lawyers of its suspects, distinct; a duty lawyer (值班律师) is nobody's.</param>
/// <param name="Steps">In order of time, each different from the one before.</param>
/// <param name="Assignments">In order of time.</param>
public sealed record CaseCourse(
    string Case, string CaseType, DateTimeOffset AcceptedAt, string? PoliceUnit, string[] Lawyers, CourseStep[] Steps, CourseAssignment[] Assignments)
{
    // A history of thousands of events is looked at in so many places: what lies between is told as of the place before.
    private const int MostPlaces = 400;

    private static readonly string[] Decisive = ["case.accepted", "case.assigned", "case.reassigned", "decision.made", "case.closed", "case.archived"];

    /// <summary>The first assignment; null while the case waits.</summary>
    public CourseAssignment? First => Assignments.Length > 0 ? Assignments[0] : null;

    /// <summary>Reads a history as it is known now: corrections and voids are applied to the past too.</summary>
    /// <returns>Null for a case that was not accepted.</returns>
    public static CaseCourse? Of(string caseId, CaseHistory history, DateTimeOffset now, HolidayCalendar calendar)
    {
        var counting = history.CountingAt(now, out _);
        if (counting.Accepted is not { } accepted) return null;
        var state = new CaseState(counting, now);
        return new CaseCourse(
            caseId, state.CaseType, accepted.Time,
            accepted.Data["sentBy.kind"].Text == "police" ? accepted.Data["sentBy.name"].Text : null,
            [.. LawyersOf(state).Distinct().Order(StringComparer.Ordinal)],
            StepsOf(counting, accepted.Time, calendar),
            AssignmentsOf(state));
    }

    private static CourseStep[] StepsOf(CountingEvents counting, DateTimeOffset accepted, HolidayCalendar calendar)
    {
        var events = counting.All;
        var every = Math.Max(1, events.Length / MostPlaces);
        var steps = new List<CourseStep>();
        for (var i = 0; i < events.Length; i++)
        {
            var last = i == events.Length - 1;
            if (events[i].Time < accepted || (!last && events[i + 1].Time == events[i].Time)) continue;
            if (!last && every > 1 && i % every != 0 && Array.IndexOf(Decisive, events[i].Type) < 0) continue;
            var state = new CaseState(last ? counting : new CountingEvents(events[..(i + 1)]), events[i].Time);
            var open = Stages.IsOpen(state, Stages.Of(state, calendar));
            var step = new CourseStep(events[i].Time, CaseOwnership.Prosecutor(state), CaseWeighing.Weigh(state).Value, open);
            if (steps.Count == 0 || steps[^1] with { At = step.At } != step) steps.Add(step);
        }

        return [.. steps];
    }

    /// <summary>As <see cref="CaseOwnership"/> reads it: a draw gives way to an assignment the office reported itself.</summary>
    private static CourseAssignment[] AssignmentsOf(CaseState state)
    {
        var reported = new List<CaseEvent>();
        var drawn = new List<CaseEvent>();
        foreach (var e in state.Of("case.assigned")) (e.Source == CaseOwnership.DrawSource ? drawn : reported).Add(e);
        var all = reported.Count > 0 ? reported : drawn;
        foreach (var e in state.Of("case.reassigned")) all.Add(e);
        var result = new List<CourseAssignment>();
        string? holder = null;
        foreach (var e in all.OrderBy(e => e.Time))
        {
            if (e.Data["prosecutor"].Text is not { } prosecutor || prosecutor == holder) continue;
            // Whatever gave it to somebody else took it from whoever had it.
            var mode = e.Type == "case.assigned" && holder is null ? e.Data["mode"].Text ?? "" : CourseAssignment.Reassigned;
            result.Add(new CourseAssignment(e.Time, prosecutor, mode));
            holder = prosecutor;
        }

        return [.. result];
    }

    private static IEnumerable<string> LawyersOf(CaseState state)
    {
        foreach (var suspect in state.Suspects)
        {
            if (suspect.Entry is { } entry && IsLawyer(entry["defender.kind"].Text) && entry["defender.name"].Text is { } named) yield return named;
        }

        foreach (var e in state.Of("defender.registered").ToArray())
        {
            if (IsLawyer(e.Data["kind"].Text) && e.Data["name"].Text is { } name) yield return name;
        }
    }

    private static bool IsLawyer(string? kind) => kind is "lawyer" or "legal-aid";
}

/// <summary>From when on a case was with whom, and how heavy.</summary>
/// <param name="Weight">Weight of domain.md 8.3.</param>
/// <param name="Open">Whether it burdened its prosecutor.</param>
public readonly record struct CourseStep(DateTimeOffset At, string? Prosecutor, double Weight, bool Open);

/// <summary>A case was given to somebody.</summary>
/// <param name="Mode">random, rotation, linked or designated; reassigned where it was taken from somebody else.</param>
public sealed record CourseAssignment(DateTimeOffset At, string Prosecutor, string Mode)
{
    public const string Reassigned = "reassigned", Designated = "designated", Linked = "linked";
}

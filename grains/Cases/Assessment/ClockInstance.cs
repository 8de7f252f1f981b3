using Cluster.Cases.Events;
using Cluster.Cases.Rules;
using Cluster.Law;

namespace Cluster.Cases.Assessment;

/// <summary>One run of a limit: from its trigger to its due date, met, missed or stopped.</summary>
internal sealed class ClockInstance
{
    public required ClockBinding Binding { get; init; }

    /// <summary>The suspect it runs for; null for the case.</summary>
    public required SuspectState? Suspect { get; init; }

    public required string Instance { get; init; }

    public required CaseEvent Trigger { get; init; }

    public required DateTimeOffset Start { get; init; }

    /// <summary>From when the clock applies: later than the start where custody began or ended on the way.</summary>
    public required DateTimeOffset AppliesFrom { get; init; }

    public required Clock Clock { get; init; }

    /// <summary>The limit as it stood before any extension.</summary>
    public required Due BaseDue { get; init; }

    public required Due Due { get; init; }

    public required LimitTerm Term { get; init; }

    /// <summary>The extensions that count, in their order.</summary>
    public IReadOnlyList<ClockExtension> Extensions { get; init; } = [];

    public CaseEvent? EndEvent { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Ended without being met: restarted, released, moved away.</summary>
    public bool Stopped { get; init; }

    /// <summary>Whether custody governed the end of the clock.</summary>
    public bool Custody { get; init; }

    /// <summary>How many due dates it has had: the first, and one after each extension.</summary>
    public int PhaseCount => Extensions.Count + 1;

    /// <summary>A due date with the time for which it stood: each ends where the next extension begins, the last where the clock does.</summary>
    public ClockPhase Phase(int number)
    {
        var from = AppliesFrom;
        if (number > 0 && Extensions[number - 1].At > from) from = Extensions[number - 1].At;
        var due = number == 0 ? BaseDue : Extensions[number - 1].Due;
        return number < Extensions.Count && !(EndedAt <= Extensions[number].At)
            ? new ClockPhase(due, from, Extensions[number].At, Extensions[number].Event)
            : new ClockPhase(due, from, EndedAt, EndEvent);
    }

    /// <summary>The whole run under its last due date.</summary>
    public ClockPhase Whole => new(Due, AppliesFrom, EndedAt, EndEvent);

    public string Subject => Suspect?.Number ?? "case";

    public bool RunsAt(DateTimeOffset now) => EndedAt is null || EndedAt > now;
}

/// <summary>An extension: what told it, when it counts from, and the due date it led to.</summary>
internal readonly record struct ClockExtension(CaseEvent Event, DateTimeOffset At, Due Due);

/// <summary>A due date, the time for which it stood, and what ended it.</summary>
internal readonly record struct ClockPhase(Due Due, DateTimeOffset From, DateTimeOffset? Ended, CaseEvent? EndEvent);

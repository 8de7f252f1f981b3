using Cluster.Cases.Events;
using Cluster.Cases.Rules;
using Cluster.Law;

namespace Cluster.Cases.Assessment;

/// <summary>
/// One run of a limit: from its trigger to its due date, met, missed or stopped. Filled in by <see cref="ClockBinding"/> and not changed after;
/// those that nothing keeps are used again (<see cref="ClockPool"/>).
/// </summary>
internal sealed class ClockInstance
{
    private const long Never = long.MaxValue;

    private long _start;
    private long _appliesFrom;
    private long _endedAt = Never;

    public ClockBinding Binding { get; set; } = null!;

    /// <summary>The suspect it runs for; null for the case.</summary>
    public SuspectState? Suspect { get; set; }

    public string Instance { get; set; } = "";

    public CaseEvent Trigger { get; set; } = null!;

    public DateTimeOffset Start
    {
        get => LegalTime.OfUtcTicks(_start);
        set => _start = value.UtcTicks;
    }

    /// <summary>From when the clock applies: later than the start where custody began or ended on the way.</summary>
    public DateTimeOffset AppliesFrom
    {
        get => LegalTime.OfUtcTicks(_appliesFrom);
        set => _appliesFrom = value.UtcTicks;
    }

    public Clock Clock { get; set; }

    /// <summary>The limit as it stood before any extension.</summary>
    public Due BaseDue => Adjusted?.BaseDue ?? Due;

    public Due Due { get; set; }

    /// <summary>The plain length.</summary>
    public Period Length { get; set; }

    /// <summary>What moved the due date; null for most clocks.</summary>
    public ClockAdjustments? Adjusted { get; set; }

    /// <summary>The time that does not count.</summary>
    public IReadOnlyList<ExcludedSpan> Excluded => Adjusted?.Excluded ?? [];

    /// <summary>The extensions that count, in their order.</summary>
    public ClockExtension[] Extensions => Adjusted?.Extensions ?? [];

    public CaseEvent? EndEvent { get; set; }

    public DateTimeOffset? EndedAt
    {
        get => _endedAt == Never ? null : LegalTime.OfUtcTicks(_endedAt);
        set => _endedAt = value?.UtcTicks ?? Never;
    }

    /// <summary>Ended without being met: restarted, released, moved away.</summary>
    public bool Stopped { get; set; }

    /// <summary>Whether custody governed the end of the clock.</summary>
    public bool Custody { get; set; }

    /// <summary>Whether the office would never report its end.</summary>
    public bool Unwatched { get; set; }

    /// <summary>Whether a finding or the list of deadlines holds on to it.</summary>
    public bool Kept { get; set; }

    /// <summary>The arithmetic behind the due date.</summary>
    public LimitTerm Term => new()
    {
        Start = Start,
        Length = Length,
        Clock = Clock,
        Extensions = Extensions.Length == 0 ? [] : Binding.ExtendBy[..Extensions.Length],
        Excluded = Excluded,
    };

    /// <summary>How many due dates it has had: the first, and one after each extension.</summary>
    public int PhaseCount => Extensions.Length + 1;

    /// <summary>A due date with the time for which it stood: each ends where the next extension begins, the last where the clock does.</summary>
    public ClockPhase Phase(int number)
    {
        var from = AppliesFrom;
        if (number > 0 && Extensions[number - 1].At > from) from = Extensions[number - 1].At;
        var due = number == 0 ? BaseDue : Extensions[number - 1].Due;
        return number < Extensions.Length && !(EndedAt <= Extensions[number].At)
            ? new ClockPhase(due, from, Extensions[number].At, Extensions[number].Event)
            : new ClockPhase(due, from, EndedAt, EndEvent);
    }

    /// <summary>The whole run under its last due date.</summary>
    public ClockPhase Whole => new(Due, AppliesFrom, EndedAt, EndEvent);

    public string Subject => Suspect?.Number ?? "case";

    public bool RunsAt(DateTimeOffset now) => _endedAt > now.UtcTicks;
}

/// <summary>What moves a due date away from start and length: excluded time and extensions.</summary>
internal sealed record ClockAdjustments(Due BaseDue, IReadOnlyList<ExcludedSpan> Excluded, ClockExtension[] Extensions);

/// <summary>An extension: what told it, when it counts from, and the due date it led to.</summary>
internal readonly record struct ClockExtension(CaseEvent Event, DateTimeOffset At, Due Due);

/// <summary>A due date, the time for which it stood, and what ended it.</summary>
internal readonly record struct ClockPhase(Due Due, DateTimeOffset From, DateTimeOffset? Ended, CaseEvent? EndEvent);

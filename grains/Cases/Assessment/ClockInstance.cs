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

    /// <summary>The extension that counts; null if none.</summary>
    public CaseEvent? Extension { get; init; }

    public DateTimeOffset? ExtendedAt { get; init; }

    public CaseEvent? EndEvent { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Ended without being met: restarted, released, moved away.</summary>
    public bool Stopped { get; init; }

    /// <summary>Whether custody governed the end of the clock.</summary>
    public bool Custody { get; init; }

    public string Subject => Suspect?.Number ?? "case";

    public bool RunsAt(DateTimeOffset now) => EndedAt is null || EndedAt > now;
}

using Cluster.Law;
using Cluster.Silo.Due;
using Cluster.Storage;

namespace Cluster.Silo;

/// <summary>How a silo is set up.</summary>
public sealed record SiloOptions
{
    public required StorageOptions Storage { get; init; }

    /// <summary>Where a simulated clock starts; null is the real clock.</summary>
    public DateTimeOffset? ClockStart { get; init; }

    /// <summary>Simulated seconds per real second.</summary>
    public double ClockSpeed { get; init; } = 1;

    /// <summary>An extra holiday calendar that overrules the built-in one.</summary>
    public HolidayCalendar? Holidays { get; init; }

    public DueOptions Due { get; init; } = new();
}

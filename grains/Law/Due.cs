namespace Cluster.Law;

/// <summary>When a limit ends.</summary>
public readonly record struct Due
{
    // Of an hour limit the UTC ticks of its end; of any other 0.
    private readonly long hour;

    private Due(DateOnly computedOn, DateOnly dueOn, long hour, bool provisional)
    {
        ComputedOn = computedOn;
        DueOn = dueOn;
        this.hour = hour;
        Provisional = provisional;
    }

    /// <summary>The last day as counted, before a roll over holidays.</summary>
    public DateOnly ComputedOn { get; }

    /// <summary>The last day on which the limit can be met.</summary>
    public DateOnly DueOn { get; }

    /// <summary>A year that matters has no holiday calendar loaded; only Saturdays and Sundays were taken as days off.</summary>
    public bool Provisional { get; }

    /// <summary>Of an hour limit the instant it ends; else 00:00 of <see cref="DueOn"/>.</summary>
    public DateTimeOffset DueAt => hour == 0 ? LegalTime.StartOf(DueOn) : LegalTime.OfUtcTicks(hour);

    /// <summary>The first instant at which an unmet limit is missed: 24:00 of <see cref="DueOn"/>, or of an hour limit <see cref="DueAt"/>.</summary>
    public DateTimeOffset ExpiresAt => hour == 0 ? LegalTime.EndOf(DueOn) : LegalTime.OfUtcTicks(hour);

    /// <summary>The same end without a roll over holidays.</summary>
    public Due WithoutRoll() => hour == 0 ? new(ComputedOn, ComputedOn, 0, Provisional) : this;

    internal static Due On(DateOnly computedOn, DateOnly dueOn, bool provisional) => new(computedOn, dueOn, 0, provisional);

    internal static Due At(DateTimeOffset instant, bool provisional)
    {
        DateOnly date = LegalTime.DateOf(instant);
        return new(date, date, instant.UtcTicks, provisional);
    }
}

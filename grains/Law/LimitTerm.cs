namespace Cluster.Law;

/// <summary>
/// A stretch of time that the law does not count. The day <paramref name="From"/> itself is still counted, the day
/// <paramref name="Until"/> is not: the span removes <c>Until − From</c> days.
/// </summary>
public readonly record struct ExcludedSpan(DateOnly From, DateOnly Until);

/// <summary>A limit as arithmetic: start + length + extensions − excluded spans, on a clock.</summary>
public readonly record struct LimitTerm()
{
    /// <summary>What starts the limit. Of a limit in days, months or working days only the legal date counts.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>The plain length.</summary>
    public required Period Length { get; init; }

    /// <summary>How the limit runs out.</summary>
    public required Clock Clock { get; init; }

    /// <summary>Each counts on from the end so far, before any roll over a holiday.</summary>
    public IReadOnlyList<Period> Extensions { get; init; } = [];

    /// <summary>Time that does not count, in any order; what overlaps is excluded once.</summary>
    public IReadOnlyList<ExcludedSpan> Excluded { get; init; } = [];
}

namespace Cluster.Law;

/// <summary>One counted step of a limit: it starts where the step before it ended.</summary>
/// <param name="Kind">One of the constants of this type.</param>
/// <param name="From">The end so far.</param>
/// <param name="To">The end after this step.</param>
/// <param name="Days">Calendar days from <paramref name="From"/> to <paramref name="To"/>.</param>
/// <param name="Text">What was counted, for people.</param>
public sealed record ProofStep(string Kind, DateOnly From, DateOnly To, int Days, LocalizedText Text)
{
    /// <summary>The day that starts the limit, itself not counted.</summary>
    public const string Start = "start";

    /// <summary>The plain length.</summary>
    public const string Length = "length";

    /// <summary>Time that does not count.</summary>
    public const string Excluded = "excluded";

    /// <summary>An extension.</summary>
    public const string Extension = "extension";

    /// <summary>A last day that is a day off moves to the next working day.</summary>
    public const string Roll = "roll";

    /// <summary>The end.</summary>
    public const string Result = "result";
}

/// <summary>How a limit was counted, step by step; the days of all steps add up from the start to <see cref="Due.DueOn"/>.</summary>
/// <param name="Steps">From <c>start</c> to <c>result</c>, without gaps.</param>
/// <param name="CalendarVersion">The holiday calendar used.</param>
/// <param name="Due">The same as <see cref="LimitClock.Compute(in LimitTerm, HolidayCalendar)"/> gives.</param>
public sealed record Proof(IReadOnlyList<ProofStep> Steps, string CalendarVersion, Due Due);

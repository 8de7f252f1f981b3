using Cluster.Law;

namespace Law.Tests;

/// <summary>Short spellings for limits in tests.</summary>
internal static class Terms
{
    public static LimitTerm Term(string start, Clock clock, string length, params string[] extensions) => new()
    {
        Start = start.Length == 10 ? LegalTime.StartOf(DateOnly.Parse(start)).AddHours(9.5) : DateTimeOffset.Parse(start),
        Clock = clock,
        Length = Period.Parse(length),
        Extensions = [.. extensions.Select(Period.Parse)],
    };

    public static LimitTerm Excluding(this LimitTerm term, params (string From, string Until)[] spans) =>
        term with { Excluded = [.. spans.Select(s => new ExcludedSpan(DateOnly.Parse(s.From), DateOnly.Parse(s.Until)))] };

    public static Due Compute(this LimitTerm term) => LimitClock.Compute(term, HolidayCalendar.Default);

    public static string DueOn(this LimitTerm term) => term.Compute().DueOn.ToString("O");
}

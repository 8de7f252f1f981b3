using System.Diagnostics.CodeAnalysis;

namespace Cluster.Law;

/// <summary>
/// Computes when a limit ends (CPL 105, SPC 202): the first day or hour is not counted, the last is; an extension
/// counts on from the end so far; only the last date rolls over holidays, and a custody period never.
/// </summary>
public static partial class LimitClock
{
    private const int SpansOnStack = 128;

    /// <summary>When a limit ends. Allocates nothing.</summary>
    /// <exception cref="ArgumentException">A period that the clock cannot count, or an excluded span that ends before it begins.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The end lies beyond 9999-12-31.</exception>
    public static Due Compute(in LimitTerm term, HolidayCalendar calendar) =>
        term.Excluded.Count == 0 ? Compute(term, calendar, default) : ComputeWithExclusions(term, calendar);

    private static Due ComputeWithExclusions(in LimitTerm term, HolidayCalendar calendar)
    {
        int count = term.Excluded.Count;
        Span<ExcludedSpan> buffer = count <= SpansOnStack ? stackalloc ExcludedSpan[SpansOnStack] : new ExcludedSpan[count];
        return Compute(term, calendar, ExcludedTime.Of(term.Excluded, buffer));
    }

    private static Due Compute(in LimitTerm term, HolidayCalendar calendar, ExcludedTime excluded)
    {
        if (term.Clock == Clock.Hours)
        {
            DateTimeOffset instant = term.Start.ToOffset(LegalTime.Offset);
            instant = Run(instant, term.Length, excluded);
            for (int i = 0; i < term.Extensions.Count; i++) instant = Run(instant, term.Extensions[i], excluded);
            return DueAt(instant, calendar);
        }

        DateOnly start = LegalTime.DateOf(term.Start);
        DateOnly end = Run(start, term.Length, term.Clock, calendar, excluded);
        for (int i = 0; i < term.Extensions.Count; i++) end = Run(end, term.Extensions[i], term.Clock, calendar, excluded);
        return DueOn(start, end, term.Clock, calendar);
    }

    private static Due DueAt(DateTimeOffset instant, HolidayCalendar calendar) => Due.At(instant, !calendar.Covers(LegalTime.DateOf(instant).Year));

    private static Due DueOn(DateOnly start, DateOnly end, Clock clock, HolidayCalendar calendar)
    {
        DateOnly due = clock == Clock.Calendar ? calendar.RollForward(end) : end;
        // Working days lean on the calendar from the first day counted, the other clocks at their end only.
        int fromYear = clock == Clock.WorkingDays && start < end ? start.AddDays(1).Year : end.Year;
        bool provisional = false;
        for (int year = fromYear; year <= due.Year; year++) provisional |= !calendar.Covers(year);
        return Due.On(end, due, provisional);
    }

    private static DateTimeOffset Run(DateTimeOffset start, Period period, ExcludedTime excluded, List<ExcludedPart>? trace = null)
    {
        Require(Clock.Hours, period);
        return excluded.Lengthen(start, start.AddHours(period.Amount), trace);
    }

    private static DateOnly Run(DateOnly start, Period period, Clock clock, HolidayCalendar calendar, ExcludedTime excluded, List<ExcludedPart>? trace = null)
    {
        Require(clock, period);
        return clock == Clock.WorkingDays
            ? AddWorkingDays(start, period.Amount, calendar, excluded)
            : excluded.Lengthen(start, period.AddTo(start), trace);
    }

    private static DateOnly AddWorkingDays(DateOnly date, int workingDays, HolidayCalendar calendar, ExcludedTime excluded)
    {
        while (workingDays > 0)
        {
            date = calendar.RollForward(date.AddDays(1));
            if (excluded.Contains(date, out DateOnly until)) date = until;
            else workingDays--;
        }
        return date;
    }

    private static void Require(Clock clock, Period period)
    {
        if (!clock.Counts(period.Unit) || period.Amount < 0) ThrowCannotCount(clock, period);
    }

    [DoesNotReturn]
    private static void ThrowCannotCount(Clock clock, Period period) =>
        throw new ArgumentException($"A limit on the {clock.Name()} clock cannot count {period}.");
}

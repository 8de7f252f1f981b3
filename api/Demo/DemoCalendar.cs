namespace Cluster.Api.Demo;

/// <summary>Days on which the invented office works. Deadlines are the system's business; this only keeps generated steps off holidays.</summary>
internal static class DemoCalendar
{
    /// <summary>The long holidays of the replayed years; single days off do not matter for a replay.</summary>
    private static readonly (DateOnly From, DateOnly Until)[] LongHolidays =
    [
        (new(2016, 2, 7), new(2016, 2, 13)), (new(2016, 10, 1), new(2016, 10, 7)),
        (new(2017, 1, 27), new(2017, 2, 2)), (new(2017, 10, 1), new(2017, 10, 8)),
        (new(2018, 2, 15), new(2018, 2, 21)), (new(2018, 10, 1), new(2018, 10, 7)),
        (new(2019, 2, 4), new(2019, 2, 10)), (new(2019, 10, 1), new(2019, 10, 7)),
        (new(2020, 1, 24), new(2020, 1, 30)),
    ];

    public static bool IsWorkday(DateOnly day)
    {
        if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            return false;
        foreach (var (from, until) in LongHolidays)
            if (day >= from && day <= until)
                return false;
        return true;
    }

    /// <summary>The working day at or after <paramref name="wish"/> up to <paramref name="latest"/>, else the one before it, else the wish inside the bounds.</summary>
    public static DateOnly Workday(DateOnly wish, DateOnly earliest, DateOnly latest)
    {
        if (latest < earliest)
            latest = earliest;
        wish = wish < earliest ? earliest : wish > latest ? latest : wish;
        for (var day = wish; day <= latest; day = day.AddDays(1))
            if (IsWorkday(day))
                return day;
        for (var day = wish; day >= earliest; day = day.AddDays(-1))
            if (IsWorkday(day))
                return day;
        return wish;
    }

    /// <summary>The working day at or after <paramref name="wish"/>.</summary>
    public static DateOnly Workday(DateOnly wish) => Workday(wish, wish, wish.AddDays(12));

    /// <summary>Month counting of SPC 202: the same-numbered day, the last day for the last day.</summary>
    public static DateOnly MonthsAfter(DateOnly day, int months)
    {
        var then = day.AddMonths(months);
        return day.AddDays(1).Day == 1 ? new DateOnly(then.Year, then.Month, DateTime.DaysInMonth(then.Year, then.Month)) : then;
    }
}

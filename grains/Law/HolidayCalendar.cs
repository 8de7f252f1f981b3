namespace Cluster.Law;

/// <summary>
/// Which days are working days, by the State Council's yearly notices. A day that no notice names follows the week.
/// Immutable; lookups are one array read.
/// </summary>
public sealed partial class HolidayCalendar
{
    private const int Saturday = 5;

    private readonly Dictionary<DateOnly, AnnouncedDay> announced;
    private readonly int firstYear;
    private readonly bool[] coveredYears;
    private readonly int firstDay;

    // For each day of the announced years: how many days on the first working day lies (0 = is one).
    private readonly ushort[] toWorkingDay;

    private HolidayCalendar(Dictionary<DateOnly, AnnouncedDay> announced, string version)
    {
        this.announced = announced;
        Version = version;
        if (announced.Count == 0)
        {
            coveredYears = [];
            toWorkingDay = [];
            return;
        }

        firstYear = announced.Keys.Min().Year;
        int lastYear = announced.Keys.Max().Year;
        coveredYears = new bool[lastYear - firstYear + 1];
        // A notice may make a day of the year before a working day; only days off show that a year itself was announced.
        foreach ((DateOnly date, AnnouncedDay day) in announced) coveredYears[date.Year - firstYear] |= day.IsOffDay;

        firstDay = new DateOnly(firstYear, 1, 1).DayNumber;
        int afterLast = new DateOnly(lastYear, 12, 31).DayNumber + 1;
        toWorkingDay = new ushort[afterLast - firstDay];
        int next = afterLast + WeekendDaysFrom(afterLast);
        for (int day = afterLast - 1; day >= firstDay; day--)
        {
            bool off = announced.TryGetValue(DateOnly.FromDayNumber(day), out AnnouncedDay? named) ? named.IsOffDay : WeekendDaysFrom(day) > 0;
            if (!off) next = day;
            toWorkingDay[day - firstDay] = (ushort)(next - day);
        }
    }

    /// <summary>The calendar built in: 2007 to 2026.</summary>
    public static HolidayCalendar Default { get; } = ReadDefault();

    /// <summary>Which notices this calendar was made from; it goes into every proof.</summary>
    public string Version { get; }

    /// <summary>This calendar with the days of another, which win where both name a day.</summary>
    public HolidayCalendar With(HolidayCalendar extra)
    {
        var merged = new Dictionary<DateOnly, AnnouncedDay>(announced);
        foreach ((DateOnly date, AnnouncedDay day) in extra.announced) merged[date] = day;
        return new HolidayCalendar(merged, $"{Version}+{extra.Version}");
    }

    /// <summary>Whether the days off of a year are known; else its results are provisional.</summary>
    public bool Covers(int year)
    {
        int index = year - firstYear;
        return (uint)index < (uint)coveredYears.Length && coveredYears[index];
    }

    /// <summary>Whether a date is a working day (工作日), announced working weekends included.</summary>
    public bool IsWorkingDay(DateOnly date) => DaysToWorkingDay(date.DayNumber) == 0;

    /// <summary>The first working day on or after a date: "the first day after the holiday" of CPL 105.</summary>
    public DateOnly RollForward(DateOnly date)
    {
        int days = DaysToWorkingDay(date.DayNumber);
        return days == 0 ? date : date.AddDays(days);
    }

    /// <summary>The <paramref name="workingDays"/>-th working day after a date; the date itself is not counted.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative number, or a result beyond 9999-12-31.</exception>
    public DateOnly AddWorkingDays(DateOnly date, int workingDays)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workingDays);
        for (; workingDays > 0; workingDays--) date = RollForward(date.AddDays(1));
        return date;
    }

    /// <summary>The holiday to which a day off belongs; null for working days and plain weekends.</summary>
    public string? HolidayName(DateOnly date) =>
        announced.TryGetValue(date, out AnnouncedDay? day) && day.IsOffDay ? day.Name : null;

    private int DaysToWorkingDay(int day)
    {
        int index = day - firstDay;
        if ((uint)index < (uint)toWorkingDay.Length) return toWorkingDay[index];
        int weekend = WeekendDaysFrom(day);
        // A weekend just before the first announced year may run into its holidays.
        index += weekend;
        return weekend > 0 && (uint)index < (uint)toWorkingDay.Length ? weekend + toWorkingDay[index] : weekend;
    }

    // Day 0 of DateOnly, 0001-01-01, is a Monday.
    private static int WeekendDaysFrom(int day)
    {
        int weekday = (int)((uint)day % 7);
        return weekday < Saturday ? 0 : 7 - weekday;
    }
}

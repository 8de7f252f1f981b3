using System.Globalization;
using System.Text.Json.Serialization;

namespace Cluster.Law;

/// <summary>What a period counts in: CPL 105 knows hours, days and months; years and working days come from single articles.</summary>
public enum PeriodUnit
{
    Hours,
    Days,
    WorkingDays,
    Months,
    Years,
}

/// <summary>A length of legal time, written <c>24h</c>, <c>7d</c>, <c>3wd</c>, <c>1m</c>, <c>2y</c>.</summary>
/// <param name="Amount">How many units; zero means "the same day".</param>
/// <param name="Unit">The unit counted.</param>
[JsonConverter(typeof(PeriodJsonConverter))]
public readonly record struct Period(int Amount, PeriodUnit Unit)
{
    // Five digits outlast any statute and keep every sum inside an int.
    private const int MaxDigits = 5;

    /// <summary>Half a month is always fifteen days (SPC 202).</summary>
    public static readonly Period HalfMonth = new(15, PeriodUnit.Days);

    /// <summary>Reads <c>&lt;n&gt;h|d|wd|m|y</c>.</summary>
    /// <exception cref="FormatException">The text is not a period.</exception>
    public static Period Parse(string text) => TryParse(text, out Period period)
        ? period
        : throw new FormatException($"'{text}' is not a period: expected <n>h, <n>d, <n>wd, <n>m or <n>y.");

    /// <summary>Reads <c>&lt;n&gt;h|d|wd|m|y</c>: one to five digits and a unit, nothing else.</summary>
    public static bool TryParse(string? text, out Period period)
    {
        period = default;
        int digits = 0;
        while (text is not null && digits < text.Length && char.IsAsciiDigit(text[digits])) digits++;
        if (digits is 0 or > MaxDigits) return false;
        PeriodUnit? unit = text![digits..] switch
        {
            "h" => PeriodUnit.Hours,
            "d" => PeriodUnit.Days,
            "wd" => PeriodUnit.WorkingDays,
            "m" => PeriodUnit.Months,
            "y" => PeriodUnit.Years,
            _ => null,
        };
        if (unit is not { } known) return false;
        period = new Period(int.Parse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture), known);
        return true;
    }

    /// <summary>
    /// The last day of this period when <paramref name="date"/> is the day it starts from: the starting day is not
    /// counted, the last one is (CPL 105). Months by SPC 202: to the same-numbered day; from the last day of a month
    /// to the last day of the month reached; to its last day too where it has no such number. A year is twelve months.
    /// </summary>
    /// <exception cref="InvalidOperationException">Hours and working days are not counted from a date alone.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A negative amount, or a result beyond 9999-12-31.</exception>
    public DateOnly AddTo(DateOnly date)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Amount);
        return Unit switch
        {
            PeriodUnit.Days => AddDays(date, Amount),
            PeriodUnit.Months => AddMonths(date, Amount),
            PeriodUnit.Years => AddMonths(date, Amount * 12L),
            PeriodUnit.Hours => throw new InvalidOperationException("Hours are counted from an instant, not from a date."),
            _ => throw new InvalidOperationException("Working days are counted with a holiday calendar."),
        };
    }

    /// <summary>The period as it is written in data: <c>15d</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount}{Suffix}");

    private string Suffix => Unit switch
    {
        PeriodUnit.Hours => "h",
        PeriodUnit.Days => "d",
        PeriodUnit.WorkingDays => "wd",
        PeriodUnit.Months => "m",
        _ => "y",
    };

    private static DateOnly AddDays(DateOnly date, long days)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, DateOnly.MaxValue.DayNumber - date.DayNumber, "amount");
        return DateOnly.FromDayNumber(date.DayNumber + (int)days);
    }

    private static DateOnly AddMonths(DateOnly date, long months)
    {
        (int year, int month, int day) = date;
        long reached = year * 12L + (month - 1) + months;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(reached, 9999 * 12 + 11, "amount");
        int toYear = (int)(reached / 12), toMonth = (int)(reached % 12) + 1;
        int last = DateTime.DaysInMonth(toYear, toMonth);
        bool fromLastDay = day >= 28 && day == DateTime.DaysInMonth(year, month);
        return new DateOnly(toYear, toMonth, fromLastDay || day > last ? last : day);
    }
}

using System.Globalization;

namespace Cluster.Law;

/// <summary>The sentences of a proof, in Chinese and English.</summary>
internal static class ProofText
{
    public static LocalizedText Start(DateOnly day) => new(
        $"{D(day)}为期间开始之日，不计算在期间以内",
        $"{D(day)} starts the period and is itself not counted");

    public static LocalizedText Start(DateTimeOffset instant) => new(
        $"期间自{T(instant)}开始",
        $"The period starts at {T(instant)}");

    public static LocalizedText Counted(DateOnly from, DateOnly to, Period period, bool extension)
    {
        LocalizedText note = MonthNote(from, to, period);
        return new(
            (extension ? $"延长{Length(period).Zh}，自{D(from)}次日起连续计算，至{D(to)}" : $"自{D(from)}次日起算{Length(period).Zh}，至{D(to)}") + note.Zh,
            (extension ? $"Extended by {Length(period).En}, counted on from the day after {D(from)}, to {D(to)}" : $"{Length(period).En} from the day after {D(from)}, to {D(to)}") + note.En);
    }

    public static LocalizedText Counted(DateTimeOffset from, DateTimeOffset to, Period period, bool extension) => extension
        ? new($"延长{Length(period).Zh}，至{T(to)}", $"Extended by {Length(period).En}, to {T(to)}")
        : new($"自{T(from)}起算{Length(period).Zh}，至{T(to)}", $"{Length(period).En} from {T(from)}, to {T(to)}");

    public static LocalizedText Excluded(ExcludedPart part)
    {
        int days = part.Until.DayNumber - part.From.DayNumber;
        return new(
            $"自{D(part.From)}次日至{D(part.Until)}共{Number(days)}日不计入期限，相应顺延至{D(LegalTime.DateOf(part.EndAfter))}",
            $"{Count(days, "day")} from the day after {D(part.From)} to {D(part.Until)} excluded, so to {D(LegalTime.DateOf(part.EndAfter))}");
    }

    public static LocalizedText ExcludedHours(ExcludedPart part) => new(
        $"自{D(part.From)}次日至{D(part.Until)}不计入期限，相应顺延至{T(part.EndAfter)}",
        $"The time from the day after {D(part.From)} to {D(part.Until)} excluded, so to {T(part.EndAfter)}");

    public static LocalizedText ExcludedWorkingDays(DateOnly to) => new(
        $"扣除不计入期限的日期，相应顺延至{D(to)}",
        $"Excluded days are not counted, so to {D(to)}");

    public static LocalizedText Roll(DateOnly from, DateOnly to, HolidayCalendar calendar)
    {
        LocalizedText off = DaysOff(from, to, calendar);
        return new(
            $"{D(from)}为{off.Zh}，以节假日后的第一日{D(to)}为期满日期（刑事诉讼法第105条）",
            $"{D(from)} is a day off ({off.En}); the period ends on the first day after it, {D(to)} (CPL 105)");
    }

    public static LocalizedText Result(Due due, Clock clock, HolidayCalendar calendar)
    {
        if (clock == Clock.Hours) return Provisional(due, new($"期限于{T(due.DueAt)}届满", $"The limit ends at {T(due.DueAt)}"));
        LocalizedText text = new($"期限于{D(due.DueOn)}二十四时届满", $"The limit ends at 24:00 on {D(due.DueOn)}");
        if (clock == Clock.Custody && !calendar.IsWorkingDay(due.DueOn))
        {
            LocalizedText off = DaysOff(due.DueOn, due.DueOn.AddDays(1), calendar);
            text = new(
                $"{text.Zh}；该日虽为{off.Zh}，在押期间不因节假日延长（刑事诉讼法第105条）",
                $"{text.En}; that is a day off ({off.En}), but a holiday never extends a custody period (CPL 105)");
        }
        return Provisional(due, text);
    }

    private static LocalizedText Provisional(Due due, LocalizedText text) => due.Provisional
        ? new($"{text.Zh}（该年度节假日安排尚未载入，暂按周六、周日休息计算）", $"{text.En} (provisional: no holiday calendar for that year; only weekends taken as days off)")
        : text;

    private static LocalizedText MonthNote(DateOnly from, DateOnly to, Period period)
    {
        if (period.Amount == 0 || period.Unit is not (PeriodUnit.Months or PeriodUnit.Years) || from.Day == to.Day) return new("", "");
        return to.Day < from.Day
            ? new($"（该月无{from.Day}日，至该月最后一日）", $" (that month has no day {from.Day}: to its last day)")
            : new("（自月末起算，至该月最后一日）", " (from the last day of a month to the last day of a month)");
    }

    // Names each holiday once, in order; weekends only where no holiday accounts for the days off.
    private static LocalizedText DaysOff(DateOnly from, DateOnly to, HolidayCalendar calendar)
    {
        var zh = new List<string>();
        for (DateOnly day = from; day < to; day = day.AddDays(1))
        {
            foreach (string name in (calendar.HolidayName(day) ?? "").Split('、', StringSplitOptions.RemoveEmptyEntries))
            {
                if (!zh.Contains(name)) zh.Add(name);
            }
        }
        return zh.Count > 0
            ? new($"{string.Join('、', zh)}假期", string.Join(", ", zh.ConvertAll(English)))
            : new("休息日", "weekend");
    }

    private static string English(string holiday) => holiday switch
    {
        "元旦" => "New Year's Day",
        "春节" => "Spring Festival",
        "清明节" => "Tomb-Sweeping Day",
        "劳动节" or "“五一”" or "“五一”国际劳动节" => "Labour Day",
        "端午节" => "Dragon Boat Festival",
        "中秋节" => "Mid-Autumn Festival",
        "国庆节" or "“十一”" => "National Day",
        "抗日战争暨世界反法西斯战争胜利70周年纪念日" => "Victory Day",
        _ => holiday,
    };

    private static LocalizedText Length(Period period) => period.Unit switch
    {
        PeriodUnit.Hours => new($"{Number(period.Amount)}小时", Count(period.Amount, "hour")),
        PeriodUnit.Days => new($"{Number(period.Amount)}日", Count(period.Amount, "day")),
        PeriodUnit.WorkingDays => new($"{Number(period.Amount)}个工作日", Count(period.Amount, "working day")),
        PeriodUnit.Months => new($"{Number(period.Amount)}个月", Count(period.Amount, "month")),
        _ => new($"{Number(period.Amount)}年", Count(period.Amount, "year")),
    };

    // Statutes write their numbers in Chinese; above 99 digits read better.
    private static string Number(int n)
    {
        const string digits = "零一二三四五六七八九";
        if (n > 99) return n.ToString(CultureInfo.InvariantCulture);
        string units = n % 10 == 0 && n > 0 ? "" : digits[n % 10].ToString();
        return n switch { < 10 => units, < 20 => $"十{units}", _ => $"{digits[n / 10]}十{units}" };
    }

    private static string Count(int n, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{n} {unit}{(n == 1 ? "" : "s")}");

    private static string D(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string T(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}

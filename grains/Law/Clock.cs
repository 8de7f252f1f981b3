using System.Text.Json.Serialization;

namespace Cluster.Law;

/// <summary>How a limit runs out.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Clock>))]
public enum Clock
{
    /// <summary>在押期间: ends on its last day, holiday or not (CPL 105).</summary>
    [JsonStringEnumMemberName("custody")]
    Custody,

    /// <summary>Calendar days; a last day that is a holiday rolls to the first day after it (CPL 105).</summary>
    [JsonStringEnumMemberName("calendar")]
    Calendar,

    /// <summary>Hours from an instant; never rolls.</summary>
    [JsonStringEnumMemberName("hours")]
    Hours,

    /// <summary>Working days by the holiday calendar.</summary>
    [JsonStringEnumMemberName("workdays")]
    WorkingDays,
}

/// <summary>The names of the clocks in JSON and text.</summary>
public static class ClockNames
{
    /// <summary>custody, calendar, hours or workdays.</summary>
    public static string Name(this Clock clock) => clock switch
    {
        Clock.Custody => "custody",
        Clock.Calendar => "calendar",
        Clock.Hours => "hours",
        Clock.WorkingDays => "workdays",
        _ => throw new ArgumentOutOfRangeException(nameof(clock), clock, null),
    };

    /// <summary>Whether a clock of this kind can count a period of that unit.</summary>
    public static bool Counts(this Clock clock, PeriodUnit unit) => clock switch
    {
        Clock.Hours => unit == PeriodUnit.Hours,
        Clock.WorkingDays => unit == PeriodUnit.WorkingDays,
        _ => unit is PeriodUnit.Days or PeriodUnit.Months or PeriodUnit.Years,
    };
}

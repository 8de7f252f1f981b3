namespace Cluster.Law;

/// <summary>
/// Legal time: Asia/Shanghai at a fixed +08:00. No time-zone database is asked, so a limit computes to the
/// same instant on every machine.
/// </summary>
public static class LegalTime
{
    /// <summary>Beijing time, UTC+08:00.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The legal date on which an instant falls, whatever offset it is written with.</summary>
    public static DateOnly DateOf(DateTimeOffset instant) =>
        DateOnly.FromDayNumber((int)((instant.UtcTicks + Offset.Ticks) / TimeSpan.TicksPerDay));

    /// <summary>00:00 +08:00 of a legal date.</summary>
    public static DateTimeOffset StartOf(DateOnly date) =>
        new(date.DayNumber * TimeSpan.TicksPerDay, Offset);

    /// <summary>24:00 +08:00 of a legal date, which is 00:00 of the next: the first instant after the date.</summary>
    public static DateTimeOffset EndOf(DateOnly date) =>
        new((date.DayNumber + 1L) * TimeSpan.TicksPerDay, Offset);

    /// <summary>The instant of these UTC ticks, as legal time writes it.</summary>
    public static DateTimeOffset OfUtcTicks(long utcTicks) => new(utcTicks + Offset.Ticks, Offset);
}

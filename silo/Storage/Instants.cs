namespace Cluster.Storage;

/// <summary>Instants and dates as the databases keep them.</summary>
internal static class Instants
{
    // Asia/Shanghai. Instants whose own offset is not kept are answered in legal time.
    private static readonly TimeSpan Legal = TimeSpan.FromHours(8);

    public static int OffsetMinutes(this DateTimeOffset instant) => (int)instant.Offset.TotalMinutes;

    public static DateTimeOffset FromTicks(long utcTicks) => FromTicks(utcTicks, (int)Legal.TotalMinutes);

    public static DateTimeOffset FromTicks(long utcTicks, int offsetMinutes)
    {
        var utc = new DateTimeOffset(utcTicks, TimeSpan.Zero);
        var offset = TimeSpan.FromMinutes(offsetMinutes);
        // At the ends of time there is no room for an offset.
        return offset > DateTimeOffset.MaxValue - utc || -offset > utc - DateTimeOffset.MinValue ? utc : utc.ToOffset(offset);
    }

    public static DateTimeOffset? FromTicks(long? utcTicks) => utcTicks is { } ticks ? FromTicks(ticks) : null;
}

namespace Cluster.Api.Tests.World;

internal static class TestClock
{
    public static DateTimeOffset Start { get; } = new(2026, 2, 9, 9, 30, 0, TimeSpan.FromHours(8));
}

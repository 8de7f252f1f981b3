namespace Grains.Tests.Clustered;

internal static class Eventually
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>How long silos may take to agree on who is there and what lives where.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    /// <summary>Waits until it does.</summary>
    public static async Task Holds(string what, Func<Task<bool>> condition)
    {
        var start = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Look, TimeProvider.System);
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Bound, $"not within {Bound}: {what}");
            await timer.WaitForNextTickAsync();
        }
    }
}

using System.Diagnostics.CodeAnalysis;

namespace Cluster.Crash;

/// <summary>What must be true was not.</summary>
internal sealed class BrokenClaim(string claim) : Exception(claim);

internal static class Claim
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <exception cref="BrokenClaim">It is not true.</exception>
    public static void Holds([DoesNotReturnIf(false)] bool claim, Func<string> what)
    {
        if (!claim) throw new BrokenClaim(what());
    }

    /// <summary>Waits until something is true: wakes, deliveries and screens follow a commit within moments.</summary>
    /// <exception cref="BrokenClaim">It is still not true; the last reason is the message.</exception>
    public static async Task Comes(TimeSpan patience, Func<Task> claim)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await claim();
                return;
            }
            catch (BrokenClaim) when (TimeProvider.System.GetElapsedTime(start) < patience)
            {
                await Task.Delay(Look, TimeProvider.System);
            }
        }
    }
}

using Orleans.Configuration;

namespace Cluster.Silo.Clustered;

/// <summary>
/// How soon a silo is given up. One that is killed closes its connections, and its neighbours find it dead at the next probe. One that hangs misses two probes of at most
/// 1.5 s; nobody votes against it within three seconds (their product) of the last message it sent, so a pause of two seconds, or a machine under full load, does not cost
/// it its cases.
/// </summary>
internal static class Membership
{
    /// <summary>What is not answered by then is asked again: the silo, or the one through which it was asked, may hang and not be known to.</summary>
    public static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(4);

    /// <summary>How soon a client learns of silos that come and go.</summary>
    public static readonly TimeSpan GatewayRefresh = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public static void Set(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = TimeSpan.FromSeconds(1);
        options.MaxProbeTimeout = TimeSpan.FromSeconds(1.5);
        options.NumMissedProbesLimit = 2;
        options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
    }

    /// <summary>A client that starts before the first silo waits for it.</summary>
    public static async Task<bool> ConnectAgain(Exception failure, CancellationToken stopping)
    {
        await Task.Delay(Pause, TimeProvider.System, stopping);
        return true;
    }
}

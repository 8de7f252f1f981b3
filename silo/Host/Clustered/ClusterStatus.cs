using Cluster.Contracts.Operations;
using Cluster.Silo.Operations;
using Orleans;
using Orleans.Runtime;

namespace Cluster.Silo.Clustered;

/// <summary>How the silos are doing, and this process.</summary>
internal sealed class ClusterStatus(IClusterClient cluster, NodeMeters own, IOperationalAlerts board) : IClusterStatus
{
    // A silo that hangs must not make the page hang that is to say so.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async Task<IReadOnlyList<NodeStatus>> Nodes(CancellationToken cancellation)
    {
        var silos = await Silos(cancellation);
        var followers = Followers(silos, cancellation);
        var answers = await Task.WhenAll(silos.Select(silo => Ask(silo, grain => grain.Report(), cancellation)));
        return [.. silos.Zip(answers, (silo, answer) => answer?.Status ?? Silent(silo)).Concat((await followers).Select(f => f.Status)).Append(own.Status()).OrderBy(n => n.Name, StringComparer.Ordinal)];
    }

    public async Task<IReadOnlyList<OperationalAlert>> Alerts(CancellationToken cancellation)
    {
        var silos = await Silos(cancellation);
        var followers = Followers(silos, cancellation);
        var answers = await Task.WhenAll(silos.Select(silo => Ask(silo, grain => grain.Report(), cancellation)));
        return [.. answers.OfType<NodeReport>().Concat(await followers).SelectMany(r => r.Alerts).Concat(board.Open).OrderBy(a => a.Since).ThenBy(a => a.Kind, StringComparer.Ordinal)];
    }

    // Each follows every silo; whoever one of them does not hear of is known to another.
    private async Task<IEnumerable<NodeReport>> Followers(SiloAddress[] silos, CancellationToken cancellation)
    {
        var answers = await Task.WhenAll(silos.Select(silo => Ask(silo, grain => grain.Followers(), cancellation)));
        return answers.SelectMany(a => a ?? []).Where(f => f.Status.Name != own.Identity.Name).DistinctBy(f => f.Status.Name);
    }

    private async Task<SiloAddress[]> Silos(CancellationToken cancellation) =>
        [.. (await cluster.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true).WaitAsync(cancellation)).Keys];

    private async Task<T?> Ask<T>(SiloAddress silo, Func<INodeGrain, Task<T>> ask, CancellationToken cancellation) where T : class
    {
        try
        {
            return await ask(cluster.GetGrain<INodeGrain>(silo.ToParsableString())).WaitAsync(Patience, cancellation);
        }
        catch (Exception e) when (e is TimeoutException or OrleansException)
        {
            return null;
        }
    }

    private static NodeStatus Silent(SiloAddress silo)
    {
        var none = new LatencySummary(null, null, 0);
        return new NodeStatus(silo.Endpoint.ToString(), "silo", "", DateTimeOffset.UnixEpoch, NodeState.Silent, [], 0, 0, [], none, none, none, none, 0, [], 0);
    }
}

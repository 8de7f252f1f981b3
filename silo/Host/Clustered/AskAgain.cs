using System.Data.Common;
using System.Diagnostics;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Orleans;
using Orleans.Runtime;

namespace Cluster.Silo.Clustered;

/// <summary>
/// Asks again where a call found no silo to answer it, until the cluster has moved the grain. Nobody knows whether the first call was carried out; it may be repeated, for
/// an event is recorded once by its id, a draw is given again, and a definition is the same twice.
/// </summary>
internal sealed class AskAgain : IOutgoingGrainCallFilter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(400);

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        var start = Stopwatch.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await context.Invoke();
                return;
            }
            catch (Exception e) when (e is not StoreUnavailableException && IsOfDatabase(e))
            {
                // A grain that could not read its state.
                throw new StoreUnavailableException(e);
            }
            catch (Exception e) when (e is TimeoutException or OrleansException and not LimitExceededException)
            {
                if (!MayRepeat(context) || Stopwatch.GetElapsedTime(start) > Patience) throw e as SiloUnavailableException ?? new SiloUnavailableException(e.Message, e);
            }

            await Task.Delay(pause, TimeProvider.System);
        }
    }

    // Orleans wraps what its storage threw.
    private static bool IsOfDatabase(Exception? e) => e is DbException || (e is not null && IsOfDatabase(e.InnerException));

    private static bool MayRepeat(IGrainCallContext context) =>
        context.Grain is ICaseGrain or IDepartmentGrain or IProsecutorGrain or IProcuratorateGrain or INodeGrain or IShardGrain;
}

using Cluster.Contracts.Storage;
using Cluster.Silo.Due;
using Cluster.Silo.Rules;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Cluster.Silo.Clustered;

/// <summary>Into how many parts the cases fall that silos look after.</summary>
internal sealed record ShardCount(int Value)
{
    /// <summary>Enough for them to spread evenly over a few silos.</summary>
    public const int Default = 16;
}

/// <summary>Looks after one part of the cases: wakes those that are due, tells again what is owed, has them assessed by new rules.</summary>
[Alias("cluster.shard")]
public interface IShardGrain : IGrainWithIntegerKey
{
    /// <summary>Has it live somewhere.</summary>
    [Alias("keep"), AlwaysInterleave]
    Task Keep();

    /// <summary>Tells of commits of its cases.</summary>
    [Alias("changed"), AlwaysInterleave]
    Task Changed(ShardChange[] changes);

    /// <summary>Commits may have been lost with a silo: what is due is read anew.</summary>
    [Alias("look-again"), AlwaysInterleave]
    Task LookAgain();
}

/// <summary>When a case is to be woken; null: not at all.</summary>
[GenerateSerializer, Immutable, Alias("cluster.shard-change")]
public sealed record ShardChange([property: Id(0)] string Case, [property: Id(1)] DateTimeOffset? At);

/// <summary>
/// One part of the cases. Wherever it lives it does the same from what the store says, and to wake a case twice changes nothing: so it does not matter when it dies,
/// or whether for a moment there are two of it.
/// </summary>
[KeepAlive, ShardPlacement]
internal sealed class ShardGrain(IServiceProvider services, IDueIndex due, IRuleIndex rules, ShardCount count, ISiloStatusOracle silos) : Grain, IShardGrain, IRemindable
{
    private const string Reminder = "keep";

    // The shortest that there is. It matters only when every silo has gone: while there is one, it asks much oftener.
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    // Silos learn of one another at different times; until they agree nothing is to be gained.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    private long? _elsewhereSince;
    private DueService _due = null!;
    private Recovery _recovery = null!;
    private Reassessment _reassessment = null!;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var shard = new CaseShard((int)this.GetPrimaryKeyLong(), count.Value);
        var index = due.Of(shard);
        _due = ActivatorUtilities.CreateInstance<DueService>(services, index);
        _recovery = ActivatorUtilities.CreateInstance<Recovery>(services, index);
        _reassessment = ActivatorUtilities.CreateInstance<Reassessment>(services, rules.Of(shard));
        await this.RegisterOrUpdateReminder(Reminder, Period, Period);
        await _due.StartAsync(cancellationToken);
        await _reassessment.StartAsync(cancellationToken);
        _ = _recovery.StartAsync(CancellationToken.None);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_due is null) return;
        await Task.WhenAll(_due.StopAsync(cancellationToken), _recovery.StopAsync(cancellationToken), _reassessment.StopAsync(cancellationToken));
        _due.Dispose();
        _recovery.Dispose();
        _reassessment.Dispose();
    }

    public Task Keep()
    {
        var belongs = ShardPlacement.Of(this.GetPrimaryKeyLong(), silos.GetApproximateSiloStatuses(onlyActive: true).Keys.DefaultIfEmpty(silos.SiloAddress));
        if (belongs.Equals(silos.SiloAddress)) _elsewhereSince = null;
        else if (_elsewhereSince is null) _elsewhereSince = TimeProvider.System.GetTimestamp();
        // To end and be asked again would not do: whoever remembers where it was would have it begin there.
        else if (TimeProvider.System.GetElapsedTime(_elsewhereSince.Value) > Settling) MigrateOnIdle();
        return Task.CompletedTask;
    }

    public Task Changed(ShardChange[] changes)
    {
        _due.Committed([], Array.ConvertAll(changes, c => new DueChange(c.Case, c.At)));
        return Task.CompletedTask;
    }

    public Task LookAgain()
    {
        _due.LookAgain();
        return Task.CompletedTask;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;
}

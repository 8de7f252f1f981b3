using Cluster.Api.Units;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Microsoft.Extensions.Options;

namespace Cluster.Api.Live;

/// <summary>What every live connection works with.</summary>
internal sealed class LiveServices(
    FeedBroadcaster broadcaster, IFeedStore feeds, ICaseIndex cases, UnitDirectory units, Snapshots snapshots, Farewell farewell, LiveMeters meters, TimeProvider clock,
    IOptions<LiveOptions> options, ILogger<LiveConnection> logger)
{
    public FeedBroadcaster Broadcaster { get; } = broadcaster;

    public IFeedStore Feeds { get; } = feeds;

    public UnitDirectory Units { get; } = units;

    public Snapshots Snapshots { get; } = snapshots;

    public Farewell Farewell { get; } = farewell;

    public LiveMeters Meters { get; } = meters;

    public TimeProvider Clock { get; } = clock;

    public LiveOptions Options { get; } = options.Value;

    public ILogger Logger { get; } = logger;

    /// <summary>Whose the case of a scope is; null for other scopes and cases nobody reported.</summary>
    public async ValueTask<CaseScope?> OwnerOf(WatchScope scope, CancellationToken cancellation) =>
        scope.Kind == WatchKind.Case && await cases.Find(scope.Id, cancellation) is { } row
            ? new CaseScope(row.Procuratorate, row.Department, row.Prosecutor)
            : null;

    /// <summary>Items as one client gets them. In a scope wider than its rights, what it may not see is withheld in its place.</summary>
    public async ValueTask<IReadOnlyList<FeedMessage>> Describe(
        IReadOnlyList<FeedItem> items, WatchScope scope, Rights rights, CancellationToken cancellation)
    {
        if (rights.Masked) return [.. items.Select(FeedMessage.Masked)];
        if (!rights.MustFilter(scope)) return [.. items.Select(FeedMessage.Of)];
        UnitTree tree = await Units.Tree(cancellation);
        return [.. items.Select(item => rights.CanSee(PayloadScope.Of(item.Payload, tree)) ? FeedMessage.Of(item) : FeedMessage.Withheld(item))];
    }
}

using System.Text.Json;
using Cluster.Api.Hosting;
using Cluster.Api.Units;
using Cluster.Contracts;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Live;

/// <summary>What every live connection works with.</summary>
internal sealed class LiveServices(
    FeedBroadcaster broadcaster, IFeedStore feeds, ICaseIndex cases, UnitDirectory units, Snapshots snapshots, WallClock clock, ILogger<LiveConnection> logger)
{
    public FeedBroadcaster Broadcaster { get; } = broadcaster;

    public IFeedStore Feeds { get; } = feeds;

    public UnitDirectory Units { get; } = units;

    public Snapshots Snapshots { get; } = snapshots;

    public WallClock Clock { get; } = clock;

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
        if (!rights.MustFilter(scope)) return [.. items.Select(FeedMessage.Of)];
        UnitTree tree = await Units.Tree(cancellation);
        return [.. items.Select(item => rights.CanSee(ScopeOf(item.Payload, tree)) ? FeedMessage.Of(item) : FeedMessage.Withheld(item))];
    }

    /// <summary>Whom a payload concerns, by the fields that every kind of payload names it with.</summary>
    private static CaseScope ScopeOf(byte[] payload, UnitTree tree)
    {
        string? procuratorate = null, department = null, prosecutor = null;
        var reader = new Utf8JsonReader(payload);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1) continue;
            if (reader.ValueTextEquals("procuratorate")) procuratorate = Value(ref reader);
            else if (reader.ValueTextEquals("department")) department = Value(ref reader);
            else if (reader.ValueTextEquals("prosecutor")) prosecutor = Value(ref reader);
        }
        if (department is not null) procuratorate ??= tree.ProcuratorateOf(department);
        return new CaseScope(procuratorate, department, prosecutor);
    }

    private static string? Value(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
    }
}

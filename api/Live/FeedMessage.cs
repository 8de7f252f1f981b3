using System.Text.Json.Serialization;
using Cluster.Api.Hosting;
using Cluster.Api.Wall;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Live;

/// <summary>An item as clients get it (contract chapter 8).</summary>
internal sealed record FeedMessage(string Scope, long Sequence, string Kind, DateTimeOffset At, RawJson Payload)
{
    public static FeedMessage Of(FeedItem item) => new(item.Scope, item.Sequence, item.Kind, item.At, new RawJson(item.Payload));

    /// <summary>The item as a screen gets it that nobody sits at.</summary>
    public static FeedMessage Masked(FeedItem item) => new(item.Scope, item.Sequence, item.Kind, item.At, new RawJson(MaskedPayload.Of(item.Kind, item.Payload)));

    /// <summary>What stands for an item that this client may not see: its place in the sequence and nothing of it.</summary>
    public static FeedMessage Withheld(FeedItem item) => new(item.Scope, item.Sequence, "case", item.At, RawJson.Null);
}

/// <summary>The answer to <c>Watch</c>: a snapshot, or what was missed.</summary>
internal sealed class WatchAnswer(long sequence, RawJson? snapshot, IReadOnlyList<FeedMessage>? missed, Action written) : IJsonOnSerialized
{
    public long Sequence { get; } = sequence;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RawJson? Snapshot { get; } = snapshot;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FeedMessage>? Missed { get; } = missed;

    // The hub writes an answer under the connection's write lock, so whatever is sent from here on follows it on the wire:
    // a client never gets an item of a scope before it has the answer that the item continues.
    public void Written() => written();

    void IJsonOnSerialized.OnSerialized() => Written();
}

using Cluster.Api.Hosting;
using MessagePack;
using MessagePack.Formatters;

namespace Cluster.Api.Live.Packed;

/// <summary>Items of the feed, as JSON names their fields.</summary>
/// <typeparam name="T">However the items are held.</typeparam>
internal sealed class PackedFeed<T> : OneWay<T>
    where T : IReadOnlyList<FeedMessage>
{
    public override void Serialize(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options) => Write(ref writer, value);

    public static void Write(ref MessagePackWriter writer, IReadOnlyList<FeedMessage> items)
    {
        writer.WriteArrayHeader(items.Count);
        foreach (FeedMessage item in items)
        {
            writer.WriteMapHeader(5);
            writer.WriteString("scope"u8);
            writer.Write(item.Scope);
            writer.WriteString("sequence"u8);
            writer.Write(item.Sequence);
            writer.WriteString("kind"u8);
            writer.Write(item.Kind);
            writer.WriteString("at"u8);
            writer.Write(item.At.Text());
            writer.WriteString("payload"u8);
            PackedPayloads.Write(ref writer, item.Payload.Utf8);
        }
    }
}

/// <summary>The answer to <c>Watch</c>.</summary>
internal sealed class PackedAnswer : OneWay<WatchAnswer>
{
    public override void Serialize(ref MessagePackWriter writer, WatchAnswer value, MessagePackSerializerOptions options)
    {
        writer.WriteMapHeader(1 + (value.Snapshot is null ? 0 : 1) + (value.Missed is null ? 0 : 1));
        writer.WriteString("sequence"u8);
        writer.Write(value.Sequence);
        if (value.Snapshot is { } snapshot)
        {
            writer.WriteString("snapshot"u8);
            PackedJson.Write(ref writer, snapshot.Utf8.Span);
        }
        if (value.Missed is { } missed)
        {
            writer.WriteString("missed"u8);
            PackedFeed<IReadOnlyList<FeedMessage>>.Write(ref writer, missed);
        }
        value.Written();
    }
}

/// <summary>What the server says and never hears.</summary>
internal abstract class OneWay<T> : IMessagePackFormatter<T>
{
    public abstract void Serialize(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options);

    public T Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => throw new NotSupportedException();
}

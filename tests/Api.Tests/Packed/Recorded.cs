using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Cluster.Api.Tests.Packed;

/// <summary>What the hub of a server with the demo once sent, as it was on the wire: snapshots of every kind and 1,000 consecutive items of every kind.</summary>
internal static class Recorded
{
    private static readonly List<JsonElement> Messages = Read();

    /// <summary>JSON of the snapshots by the kind of their scopes.</summary>
    public static IReadOnlyDictionary<string, string> Snapshots { get; } = Messages
        .Where(m => m.TryGetProperty("result", out JsonElement result) && result.TryGetProperty("snapshot", out _))
        .ToDictionary(m => m.GetProperty("invocationId").GetString()!, m => m.GetProperty("result").GetProperty("snapshot").GetRawText());

    /// <summary>Kinds and JSON of the payloads.</summary>
    public static IReadOnlyList<(string Kind, string Payload)> Items { get; } =
        [.. Messages.SelectMany(ItemsOf).Take(1_000).Select(i => (i.GetProperty("kind").GetString()!, i.GetProperty("payload").GetRawText()))];

    private static IEnumerable<JsonElement> ItemsOf(JsonElement message) =>
        message.TryGetProperty("arguments", out JsonElement arguments) ? arguments[0].EnumerateArray()
        : message.GetProperty("result").TryGetProperty("missed", out JsonElement missed) ? missed.EnumerateArray()
        : [];

    private static List<JsonElement> Read()
    {
        using Stream file = typeof(Recorded).Assembly.GetManifestResourceStream("demo-hub.jsonl.gz")!;
        using var lines = new StreamReader(new GZipStream(file, CompressionMode.Decompress), Encoding.UTF8);
        var read = new List<JsonElement>();
        while (lines.ReadLine() is { } line) read.Add(JsonDocument.Parse(line).RootElement);
        return read;
    }
}

using System.IO.Compression;
using System.Text.Json;

namespace Cluster.Api.Demo;

/// <summary>The real case timelines that ship inside this assembly.</summary>
internal static class TimelineArchive
{
    private const string Resource = "Cluster.Api.Demo.Data.real-timelines.jsonl.gz";

    /// <summary>Every timeline, in the order of the indictment dates.</summary>
    /// <exception cref="InvalidOperationException">The assembly was built without the data.</exception>
    public static IReadOnlyList<Timeline> Read()
    {
        using var packed = typeof(TimelineArchive).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The demo data {Resource} is not in this assembly.");
        using var lines = new StreamReader(new GZipStream(packed, CompressionMode.Decompress));
        var timelines = new List<Timeline>(1400);
        while (lines.ReadLine() is { } line)
            timelines.Add(JsonSerializer.Deserialize<Timeline>(line)!);
        return timelines;
    }
}

using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cluster.Fuzz;

/// <summary>Steps that belong together: they name the same cases, and no other episode names these.</summary>
/// <param name="Kind">Which generator made it.</param>
/// <param name="Mark">Stands in every name of the episode; another mark of the same length makes it another episode.</param>
/// <param name="Steps">In order.</param>
internal sealed record Episode(string Kind, string Mark, IReadOnlyList<Step> Steps)
{
    public const int MarkLength = 9;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>What it found, in a sentence; of corpus files.</summary>
    public string? Found { get; init; }

    [JsonIgnore]
    public int Inputs => Steps.Sum(s => s.Inputs);

    public static string MarkOf(long number) => "zq" + number.ToString("x7");

    public static Episode Read(string json) => JsonSerializer.Deserialize<Episode>(json, Format)!;

    public string Write() => JsonSerializer.Serialize(this, Format);

    /// <summary>The same steps about other cases.</summary>
    public Episode Marked(string mark)
    {
        byte[] from = Encoding.ASCII.GetBytes(Mark), to = Encoding.ASCII.GetBytes(mark);
        string Text(string text) => text.Replace(Mark, mark, StringComparison.Ordinal);
        return this with
        {
            Mark = mark,
            Steps = [.. Steps.Select(s => s with
            {
                Target = Text(s.Target),
                Body = Replace(s.Body, from, to),
                Frames = s.Frames?.Select(Text).ToList(),
                Headers = s.Headers?.ToDictionary(h => h.Key, h => Text(h.Value)),
            })],
        };
    }

    private static byte[] Replace(byte[] body, byte[] from, byte[] to)
    {
        if (body.AsSpan().IndexOf(from) < 0) return body;
        byte[] changed = [.. body];
        for (int at = 0; changed.AsSpan(at).IndexOf(from) is >= 0 and var found; at += found + from.Length) to.CopyTo(changed, at + found);
        return changed;
    }
}

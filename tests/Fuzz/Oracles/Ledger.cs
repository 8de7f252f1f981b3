using System.Text.Json;
using Cluster.Fuzz.Serving;

namespace Cluster.Fuzz.Oracles;

/// <summary>An event the server said it took.</summary>
internal sealed record Taken(string Source, string Id, string Json);

/// <summary>What one episode's cases must hold: exactly what was accepted, by the server's own answers.</summary>
internal sealed class Ledger(string mark)
{
    // Beyond it even a blank line is refused and not passed over: nobody looks at all of it.
    private const int LongestLine = 300 * 1024;

    private readonly HashSet<(string, string)> taken = [];

    /// <summary>The accepted events of each case that is this episode's alone.</summary>
    public Dictionary<string, List<Taken>> Cases { get; } = [];

    /// <summary>Events that were answered one by one.</summary>
    public int Events { get; private set; }

    /// <summary>Cases that were named in vain so far.</summary>
    public HashSet<string> Named { get; } = [];

    /// <summary>Books the answer to a request with events.</summary>
    public Fault? Book(Step step, Answer answer)
    {
        List<JsonElement?> sent = EventsIn(step);
        foreach (JsonElement? one in sent)
        {
            if (one is { } e && Text(e, "subject") is { } subject && IsOwn(subject)) Named.Add(subject);
        }
        if (answer.Status != 200) return null;
        using JsonDocument document = JsonDocument.Parse(answer.Body);
        JsonElement[] results = [.. document.RootElement.GetProperty("results").EnumerateArray()];
        if (results.Length != sent.Count) return new Fault("results-count", $"{sent.Count} events, {results.Length} results: {answer.Text}");
        Events += results.Length;
        for (int i = 0; i < results.Length; i++)
        {
            if (Book(sent[i], results[i]) is { } fault) return fault;
        }
        return null;
    }

    private Fault? Book(JsonElement? sent, JsonElement result)
    {
        string status = result.GetProperty("status").GetString()!;
        if (status == "rejected")
        {
            JsonElement error = result.GetProperty("error");
            if (error.GetProperty("status").GetInt32() >= 500) return new Fault("event-failed", $"{result} for {sent}");
            return error.GetProperty("code").GetString() is { Length: > 0 } ? null : new Fault("no-problem", result.ToString());
        }
        if (sent is not { } e || Text(e, "subject") is not { } subject || Text(e, "source") is not { } source || Text(e, "id") is not { } id)
            return new Fault("accepted-unreadable", $"{result} for {sent}");
        if (result.GetProperty("id").GetString() != id) return new Fault("result-id", $"{result} for {sent}");
        if (!IsOwn(subject) || !IsOwn(source + id)) return null;
        if (taken.Contains((source, id)) == (status == "accepted"))
            return new Fault(status == "accepted" ? "accepted-twice" : "duplicate-of-nothing", $"{result} for {sent}");
        if (status != "accepted") return null;
        taken.Add((source, id));
        if (!Cases.TryGetValue(subject, out List<Taken>? events)) Cases[subject] = events = [];
        events.Add(new Taken(source, id, e.GetRawText()));
        return null;
    }

    private bool IsOwn(string name) => name.Contains(mark, StringComparison.Ordinal);

    /// <summary>The events in a body as its reader must count them; null for one that cannot be read.</summary>
    private static List<JsonElement?> EventsIn(Step step)
    {
        try
        {
            byte[] body = step.Body.AsSpan().StartsWith("\uFEFF"u8) ? step.Body[3..] : step.Body;
            if (step.ContentType?.Contains("ndjson", StringComparison.OrdinalIgnoreCase) == true) return [.. Lines(body).Select(Parse)];
            return Parse(body) is not { } root ? [] : root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray().Select(e => (JsonElement?)e)] : [root];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static IEnumerable<byte[]> Lines(byte[] body)
    {
        for (int start = 0; start <= body.Length;)
        {
            int end = Array.IndexOf(body, (byte)'\n', start);
            if (end < 0) end = body.Length;
            byte[] line = body[start..end];
            if (line.Length > LongestLine || line.AsSpan().ContainsAnyExcept(" \t\r"u8)) yield return line;
            start = end + 1;
        }
    }

    private static JsonElement? Parse(byte[] json)
    {
        try
        {
            return JsonDocument.Parse(json).RootElement;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // The last of several with the same name counts, as for the server.
    private static string? Text(JsonElement e, string name)
    {
        try
        {
            return e.ValueKind == JsonValueKind.Object && e.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}

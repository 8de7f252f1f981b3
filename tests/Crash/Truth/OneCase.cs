using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Crash.Load;

namespace Cluster.Crash.Truth;

/// <summary>What must be true of a single case, whatever happened.</summary>
internal static class OneCase
{
    /// <summary>Characters shown on each side of a difference.</summary>
    private const int Context = 150;

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);
    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] Handling = ["status", "detectedAt", "retractedAt", "acts"];

    /// <summary>Every acknowledged event is there once, nothing else is, and the case is what its events say.</summary>
    /// <returns>The case as the server shows it.</returns>
    /// <exception cref="BrokenClaim"/>
    public static async Task<JsonNode> Check(Office office, Ledger ledger, string id)
    {
        JsonNode shown = await office.Case(id);
        JsonArray history = shown["history"]!.AsArray();
        DateTimeOffset now = DateTimeOffset.Parse((string)shown["asOf"]!, CultureInfo.InvariantCulture);
        IReadOnlyList<Sent> sent = ledger.Of(id);

        string[] there = [.. history.Select(e => $"{e!["source"]} {e["id"]}")];
        Claim.Holds(there.Distinct().Count() == there.Length, () => $"{id} holds each event once: {string.Join(", ", there)}");
        var ids = history.Where(e => !IsOwn(e!)).Select(e => (string)e!["id"]!).ToHashSet(StringComparer.Ordinal);
        foreach (string stored in ids) Claim.Holds(ledger.Find(stored)?.Event.Subject == id, () => $"{stored} was sent to {id}");
        foreach (Sent one in sent) Claim.Holds(!one.Acknowledged || one.Event.Time > now || ids.Contains(one.Event.Id), () => $"{one.Event.Id} was acknowledged and is in {id}");

        JsonNode[] events =
        [
            .. sent.Where(s => s.Acknowledged || ids.Contains(s.Event.Id)).Select(s => JsonSerializer.SerializeToNode(s.Event, Web)!),
            .. history.Where(e => IsOwn(e!)).Select(e => Own(e!, id)),
        ];
        bool whole = sent.All(s => s.Acknowledged);
        JsonNode assessed = await office.Call(HttpMethod.Post, "/api/assess", new JsonObject { ["events"] = new JsonArray(events), ["asOf"] = (string)shown["asOf"]! });
        (string isShown, string said) = (Plain(shown, whole), Plain(assessed, whole));
        Claim.Holds(isShown == said, () => $"{id} is what its events say; it differs at …{Difference(isShown, said)}");
        return shown;
    }

    /// <summary>The draws that a case has recorded, by their name.</summary>
    public static IEnumerable<(string Name, string Prosecutor)> Draws(JsonNode shown) =>
        shown["history"]!.AsArray().Where(e => (string?)e!["source"] == "/cluster/draw").Select(e => ((string)e!["id"]!, (string)e["data"]!["prosecutor"]!));

    private static bool IsOwn(JsonNode e) => ((string)e["source"]!).StartsWith("/cluster/", StringComparison.Ordinal);

    private static JsonObject Own(JsonNode e, string id) => new()
    {
        ["specversion"] = "1.0",
        ["id"] = (string?)e["id"],
        ["source"] = (string?)e["source"],
        ["type"] = (string?)e["type"],
        ["subject"] = id,
        ["time"] = (string?)e["time"],
        ["data"] = e["data"]!.DeepClone(),
    };

    private static string Difference(string one, string other)
    {
        int at = one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        int from = Math.Max(0, at - Context);
        return $"{one[from..Math.Min(one.Length, at + Context)]}… instead of …{other[from..Math.Min(other.Length, at + Context)]}";
    }

    private static string Plain(JsonNode one, bool whole)
    {
        JsonNode copy = one.DeepClone();
        if (!whole) copy.AsObject().Remove("version");
        foreach (JsonNode? alert in copy["alerts"]!.AsArray())
        {
            foreach (string field in Handling) alert!.AsObject().Remove(field);
        }
        return copy.ToJsonString(Readable);
    }
}

using System.Text;
using System.Text.Json;
using Cluster.Contracts.Storage;
using Cluster.Fuzz.Grammar;
using Cluster.Fuzz.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace Cluster.Fuzz.Oracles;

/// <summary>What holds of the cases of an episode when all of its inputs were answered.</summary>
internal static class CaseOracle
{
    // System events: draws, and what linked cases tell each other.
    private const string OwnSource = "/cluster/";

    private static readonly string[] Instants = ["2026-03-20T12:00:00+08:00", "2100-12-30T00:00:00+08:00", "2026-02-09T09:30:00+08:00", "2018-01-01T00:00:00Z"];

    public static async Task<Fault?> Check(World world, Ledger ledger, string mark, TimeSpan patience)
    {
        var index = world.Services.GetRequiredService<ICaseIndex>();
        foreach (string vain in ledger.Named.Where(n => !ledger.Cases.ContainsKey(n)))
        {
            if (await index.Find(vain) is not null && !ledger.Cases.Values.Any(events => events.Exists(e => e.Json.Contains("previousCase", StringComparison.Ordinal))))
                return new Fault("half-written", $"nothing of case '{vain}' was accepted, and there it is");
        }
        foreach ((string subject, List<Taken> events) in ledger.Cases)
        {
            for (int i = 0; ; i++)
            {
                long? before = (await index.Find(subject))?.Version;
                if (await CheckCase(world, index, subject, events, mark, patience) is not { } fault) break;
                // What a linked case has to say comes when it comes; then the readings were of two moments.
                if (i == 2 || (await index.Find(subject))?.Version == before) return fault;
            }
        }
        return null;
    }

    private static async Task<Fault?> CheckCase(World world, ICaseIndex index, string subject, List<Taken> events, string mark, TimeSpan patience)
    {
        string target = "/api/cases/" + Uri.EscapeDataString(subject);
        Answer now = await world.Send(new Step { Target = target, Template = "/api/cases/{id}" }, patience);
        if (now.Status != 200) return new Fault("case-lost", $"GET {target}: {now.Status} {now.Text}");
        (string Source, string Id)[] history = History(now.Body);
        (string, string)[] reported = [.. history.Where(h => !h.Source.StartsWith(OwnSource, StringComparison.Ordinal))];
        // What lies at most a day ahead is kept and shown when it comes.
        Answer latest = await world.Send(new Step { Target = target + "?asOf=" + Instants[1].Replace("+", "%2B", StringComparison.Ordinal) }, patience);
        (string Source, string Id)[] all = History(latest.Body);
        (string, string)[] kept = [.. all.Where(h => !h.Source.StartsWith(OwnSource, StringComparison.Ordinal))];
        if (kept.Length != events.Count || !kept.ToHashSet().SetEquals(events.Select(e => (e.Source, e.Id))))
            return new Fault("history", $"accepted {string.Join(' ', events.Select(e => e.Id))}, kept {string.Join(' ', kept.Select(k => k.Item2))}");
        if (!reported.All(kept.Contains)) return new Fault("history", "now shows what a later reading does not");
        if (await index.Find(subject) is not { } row || row.Version < all.Length) return new Fault("index", $"{all.Length} events, but the index has another version of '{subject}'");
        if (await CheckFeed(world, subject) is { } gap) return gap;
        return all.Length == kept.Length && row.Version == all.Length
            ? await CheckAssessment(world, subject, events, mark, now, patience)
            : await CompareStored(world, subject, patience);
    }

    /// <summary>The assessment of the same events in any order, some of them twice, equals the stored case's.</summary>
    private static async Task<Fault?> CheckAssessment(World world, string subject, List<Taken> events, string mark, Answer now, TimeSpan patience)
    {
        var dice = Dice.Of(mark + subject);
        List<string> sent = [.. events.Select(e => e.Json)];
        dice.Shuffle(sent);
        for (int i = Math.Min(3, sent.Count); i > 0 && sent.Count < 9_000; i--) sent.Add(dice.One(sent));
        string body = $$"""{"events":[{{string.Join(',', sent)}}]""";

        foreach (string instant in (string[])[Instants[0], dice.One(Instants)])
        {
            Answer read = await world.Send(new Step { Target = $"/api/cases/{Uri.EscapeDataString(subject)}?asOf={Uri.EscapeDataString(instant)}" }, patience);
            Answer assessed = await Assess(world, body + $$""","asOf":"{{instant}}"}""", patience);
            if (Difference(read, assessed) is { } then) return new Fault("differential", $"as of {instant}: {then}");
        }
        Answer live = await Assess(world, body + "}", patience);
        return Difference(WithoutHandling(now), WithoutHandling(live)) is { } difference ? new Fault("differential-now", difference) : null;
    }

    private static async Task<Fault?> CompareStored(World world, string subject, TimeSpan patience)
    {
        Answer read = await world.Send(new Step { Target = $"/api/cases/{Uri.EscapeDataString(subject)}?asOf={Uri.EscapeDataString(Instants[0])}" }, patience);
        Answer assessed = await Assess(world, $$"""{"case":{{Node.Quoted(subject)}},"asOf":"{{Instants[0]}}"}""", patience);
        return Difference(read, assessed) is { } difference ? new Fault("differential-stored", difference) : null;
    }

    private static async Task<Fault?> CheckFeed(World world, string subject)
    {
        var feed = world.Services.GetRequiredService<IFeedStore>();
        string scope = "case:" + subject;
        IReadOnlyList<FeedItem>? items = await feed.After(scope, 0, 20_000);
        long last = await feed.Last(scope);
        return items is not null && items.Count == last && items.Select((item, i) => item.Sequence == i + 1).All(gapless => gapless)
            ? null
            : new Fault("feed", $"{items?.Count} items up to {last} in {scope}");
    }

    private static Task<Answer> Assess(World world, string body, TimeSpan patience) => world.Send(
        new Step { Method = "POST", Target = "/api/assess", Template = "/api/assess", ContentType = "application/json", Body = Encoding.UTF8.GetBytes(body) }, patience);

    private static string? Difference(Answer read, Answer assessed)
    {
        if (read.Status != 200 || assessed.Status != 200) return $"{read.Status} {(read.Status == 200 ? "" : read.Text)}, {assessed.Status} {(assessed.Status == 200 ? "" : assessed.Text)}";
        return read.Body.AsSpan().SequenceEqual(assessed.Body) ? null : Difference(read.Text, assessed.Text);
    }

    private static string? Difference(string one, string other)
    {
        if (one == other) return null;
        int at = 0;
        while (at < one.Length && at < other.Length && one[at] == other[at]) at++;
        string Around(string text) => text[Math.Max(0, at - 200)..Math.Min(text.Length, at + 200)];
        return $"stored …{Around(one)}…, assessed …{Around(other)}…";
    }

    private static (string, string)[] History(byte[] body)
    {
        using JsonDocument document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 128 });
        return [.. document.RootElement.GetProperty("history").EnumerateArray().Select(h => (h.GetProperty("source").GetString()!, h.GetProperty("id").GetString()!))];
    }

    private static string WithoutHandling(Answer answer)
    {
        if (answer.Status != 200) return $"{answer.Status} {answer.Text}";
        using JsonDocument document = JsonDocument.Parse(answer.Body, new JsonDocumentOptions { MaxDepth = 128 });
        var text = new StringBuilder();
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            // The clock stands, but not quite.
            if (property.Name is "asOf") continue;
            if (property.Name != "alerts")
            {
                text.Append(property.Name).Append(property.Value.GetRawText());
                continue;
            }
            foreach (JsonElement alert in property.Value.EnumerateArray())
            {
                foreach (JsonProperty field in alert.EnumerateObject())
                {
                    if (field.Name is not ("status" or "detectedAt" or "acts" or "retractedAt")) text.Append(field.Name).Append(field.Value.GetRawText());
                }
            }
        }
        return text.ToString();
    }
}

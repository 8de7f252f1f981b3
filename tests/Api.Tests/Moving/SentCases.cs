using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Api.Demo;
using Cluster.Api.Tests.Demo;
using Cluster.Api.Tests.World;

namespace Cluster.Api.Tests.Moving;

/// <summary>Arrest cases of the replay, whose senders remember what was acknowledged and send again what was not.</summary>
internal sealed class SentCases
{
    private readonly List<JsonObject[]> batches;
    private int next;

    public SentCases(int cases)
    {
        Cases = [.. Replayed.Arrests.Where(c => c.Events[^1].Time < DemoReplay.Start).Take(cases)];
        batches = [.. Cases.Select(c => c.Events.SelectMany(e => new[] { Slice.CloudEvent(e), Slice.Assigned(e) }.OfType<JsonObject>()).ToArray())];
    }

    public IReadOnlyList<ReplayedCase> Cases { get; }

    /// <summary>Cases all of whose events have been acknowledged.</summary>
    public int Acknowledged { get; private set; }

    public bool IsDone => next == batches.Count;

    /// <summary>Sends the next cases.</summary>
    public async Task Send(HttpClient admin, int cases)
    {
        for (int i = 0; i < cases && !IsDone; i++, Acknowledged++) await Send(admin, batches[next++]);
    }

    /// <summary>Sends everything that was ever sent, from the start.</summary>
    public async Task SendAgain(HttpClient admin)
    {
        foreach (JsonObject[] batch in batches.Take(next)) await Send(admin, batch);
    }

    /// <summary>What the server answers about each case as of a moment, but for when it learnt of it.</summary>
    public async Task<SortedDictionary<string, string>> Answers(HttpClient admin, int cases)
    {
        var answers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (ReplayedCase one in Cases.Take(cases))
        {
            string path = $"/api/cases/{Uri.EscapeDataString(one.Subject)}?asOf=2018-03-01T08%3A30%3A00%2B08%3A00";
            JsonNode answer = JsonNode.Parse(await admin.GetStringAsync(path))!;
            foreach (JsonNode? e in answer["history"]!.AsArray()) e!.AsObject().Remove("recordedAt");
            answers.Add(one.Subject, answer.ToJsonString());
        }
        return answers;
    }

    private static async Task Send(HttpClient admin, JsonObject[] batch)
    {
        JsonElement answer = await (await admin.PostAsync("/api/events", Slice.Batch(batch))).Json();
        Assert.All(answer.Statuses(), status => Assert.True(status is "accepted" or "duplicate", status));
    }
}

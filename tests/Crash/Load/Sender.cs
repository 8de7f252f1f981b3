using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Simulation;

namespace Cluster.Crash.Load;

/// <summary>
/// One sending system as the contract wants it: it sends what was not acknowledged again with the same ids, in batches or one by one, until it is.
/// </summary>
internal sealed class Sender(HttpClient http, Ledger ledger, Answers answers, Dice dice)
{
    /// <summary>Kinds of answers: nobody took the connection; somebody took it and died; the server asks to come later.</summary>
    public const string Refused = "refused", CutOff = "cut off", Unavailable = "503";

    private const int LargestBatch = 60;

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);
    private static readonly MediaTypeHeaderValue One = new("application/cloudevents+json");
    private static readonly MediaTypeHeaderValue Batch = new("application/cloudevents-batch+json");
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20);

    /// <summary>Sends until it is told to stop. Without a server, and where it is told to come later, it takes a breath.</summary>
    public async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            List<Sent> events = ledger.Draw(dice.Chance(0.3) ? 1 : 1 + dice.Below(LargestBatch), dice);
            try
            {
                if (events.Count == 0 || !await Send(events)) await Task.Delay(Breath, TimeProvider.System, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                answers.Broke(e);
                return;
            }
        }
    }

    /// <returns>Whether the server took it.</returns>
    private async Task<bool> Send(List<Sent> events)
    {
        long start = Stopwatch.GetTimestamp();
        HttpResponseMessage answer;
        string body;
        try
        {
            using JsonContent content = events.Count == 1 ? JsonContent.Create(events[0].Event, One, Web) : JsonContent.Create(events.Select(e => e.Event), Batch, Web);
            answer = await http.PostAsync("/api/events", content);
            body = await answer.Content.ReadAsStringAsync();
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // No answer, no promise.
            answers.Add(e is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } ? Refused : CutOff, Stopwatch.GetElapsedTime(start));
            return false;
        }
        catch (TaskCanceledException)
        {
            throw new BrokenClaim($"A POST of {events.Count} events hung for {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s.");
        }
        using HttpResponseMessage owned = answer;
        answers.Add(((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture), Stopwatch.GetElapsedTime(start));
        if (answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests or HttpStatusCode.InsufficientStorage)
        {
            Claim.Holds(answer.Content.Headers.ContentType?.MediaType == "application/problem+json", () => $"A {(int)answer.StatusCode} is a problem, not {answer.Content.Headers.ContentType}");
            Claim.Holds(answer.Headers.RetryAfter is not null, () => $"A {(int)answer.StatusCode} says when to try again: {body}");
            return false;
        }
        Claim.Holds(answer.StatusCode == HttpStatusCode.OK, () => $"Events are taken or the sender is told to come later, not {(int)answer.StatusCode}: {body}");
        JsonArray results = JsonNode.Parse(body)!["results"]!.AsArray();
        Claim.Holds(results.Count == events.Count, () => $"{events.Count} events have {results.Count} results");
        for (int i = 0; i < events.Count; i++)
        {
            Claim.Holds((string?)results[i]!["id"] == events[i].Event.Id, () => $"results come in the order sent: {results[i]!.ToJsonString()}");
            ledger.Answered(events[i], (string)results[i]!["status"]!, results[i]!["error"]?.ToJsonString());
        }
        return true;
    }
}

using System.Text.Json;
using Cluster.Api.Audit;
using Cluster.Api.Hosting;
using Cluster.Api.Login;
using Cluster.Contracts;

namespace Cluster.Api.Ingest;

/// <summary>Contract chapter 4.</summary>
internal static class EventEndpoints
{
    private const int LargestBatch = 1_000;

    // Attributes and a little data: few events are shorter.
    private const int LikelyBytes = 400;

    private const string One = "application/cloudevents+json";
    private const string Batch = "application/cloudevents-batch+json";
    private const string Lines = "application/x-ndjson";

    public static void MapEvents(this IEndpointRouteBuilder api) =>
        api.MapPost("/api/events", Take).ForRoles(Role.Sender).AuditedAfterwards(AuditAction.EventsPosted).WithTags("Events")
            .WithSummary("Record events")
            .WithDescription($"CloudEvents 1.0 in HTTP structured mode. A batch has at most {LargestBatch} events and 16 MiB, a line of a stream at most "
                + $"{EventLines.LongestLine / 1024} KiB; streams are unlimited, blank lines are ignored, and a line that is no event is rejected while the rest goes on. "
                + "Results come in the order sent, only after every accepted event is durable. `source` and `id` identify an event for ever: sending it again, in the same request "
                + "too, answers `duplicate`. On 429, which may come before the body is read, and 503 send the whole request again after Retry-After: what was recorded then answers `duplicate`. "
                + "An event that names a procuratorate outside the account's, or a case of one, is rejected; a sender's procuratorates are its own and those below.")
            .TakesEvents(One, Batch, Lines)
            .Produces<EventResults>().Problems(400, 401, 403, 413, 415, 422, 429, 503);

    private static async Task<IResult> Take(HttpContext context, Caller caller, Admission admission, EventIntake intake, EventStream stream, IntakeMeters meters, LegalClock clock)
    {
        long arrived = meters.Arrived();
        string? mediaType = RequestBody.MediaType(context.Request);
        if (mediaType == Lines)
        {
            await stream.Take(context, caller.User, caller.Rights);
            return TypedResults.Empty;
        }
        if (mediaType is not (One or Batch))
            throw new ProblemException(Problem.Of(415, "unsupported-media-type", $"Send {One}, {Batch} or {Lines} in UTF-8."));

        long? length = context.Request.ContentLength;
        using Admission.Ticket ticket = admission.Enter(caller.User, mediaType == Batch ? Guess(length) : 1, length ?? 0);
        using JsonDocument document = await RequestBody.ReadJson(context, RequestBody.Events, ticket.NeedBytes);
        if (mediaType == Batch && document.RootElement is { ValueKind: JsonValueKind.Array } array) ticket.NeedEvents(Math.Min(array.GetArrayLength(), LargestBatch));
        SentEvent[] events = Read(document.RootElement, mediaType == Batch, clock.GetUtcNow());
        EventResult[] results = await intake.Record(events, caller.Rights, context.RequestAborted);
        ticket.Recorded();
        meters.Answered(arrived, results);
        AuditTrail.Of(context).Count(results);
        return new JsonAnswer(JsonSerializer.SerializeToUtf8Bytes(new EventResults(results), Json.Options));
    }

    // A batch is refused before it is read if there is no room for as many events as it probably has.
    private static int Guess(long? length) => (int)Math.Clamp((length ?? 0) / LikelyBytes, 1, LargestBatch);

    private static SentEvent[] Read(JsonElement body, bool batch, DateTimeOffset now)
    {
        if (!batch)
        {
            return body.ValueKind == JsonValueKind.Object
                ? [SentEvent.Read(body, now)]
                : throw new ProblemException(Problem.Of(400, "not-an-event", $"{One} is one event, an object."));
        }
        if (body.ValueKind != JsonValueKind.Array)
            throw new ProblemException(Problem.Of(400, "not-a-batch", $"{Batch} is an array of events."));
        int count = body.GetArrayLength();
        if (count > LargestBatch)
            throw new ProblemException(Problem.Of(413, "batch-too-large", $"{count} events; a batch has at most {LargestBatch}. Send several, or a stream ({Lines})."));
        return [.. body.EnumerateArray().Select(e => SentEvent.Read(e, now))];
    }
}

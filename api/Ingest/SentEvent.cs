using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Cluster.Api.Hosting;
using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Contracts;

namespace Cluster.Api.Ingest;

/// <summary>One event as it was sent: the message for its case, or why there is none.</summary>
/// <param name="Id">Its id as far as it could be read.</param>
/// <param name="Subject">The case; empty with a problem.</param>
/// <param name="Message">What its case records; null with a problem.</param>
/// <param name="Procuratorates">Procuratorates it refers to.</param>
/// <param name="Problem">Why it is refused.</param>
internal sealed record SentEvent(string? Id, string Subject, EventMessage? Message, IReadOnlyList<string> Procuratorates, Problem? Problem)
{
    // Draws, links between cases and the streams of units: whoever wrote such an event from outside could take its place for ever.
    private const string OwnSource = "/cluster/";

    public static SentEvent Read(JsonElement cloudEvent, DateTimeOffset now)
    {
        EventReading reading = SafeReading.Read(cloudEvent, now);
        if (reading is not { Event: { } read, Subject: { } subject })
        {
            EventProblem why = reading.Problem ?? new EventProblem("invalid-event", "", "This is no event.");
            return Refuse(reading.Id, Problem.Of(422, why.Code, why.Detail, why.Pointer));
        }
        if (read.Source.StartsWith(OwnSource, StringComparison.Ordinal))
            return Refuse(read.Id, Problem.Of(422, "reserved-source", $"What comes from {OwnSource} this system writes itself.", "/source"));
        if (EventTypes.IsOwn(read.Type))
            return Refuse(read.Id, Problem.Of(422, "reserved-type", "Events of this type this system writes itself, when people act on alerts.", "/type"));
        if (read.Type is "event.corrected" or "event.voided" && read.Data["source"].Text == AlertActs.Source)
            return Refuse(read.Id, Problem.Of(422, "reserved-source", "What people did about alerts nobody takes back.", "/data/source"));
        var message = new EventMessage(
            read.Source, read.Id, read.Type, read.Time, read.RecordedTime == read.Time ? null : read.RecordedTime, read.Raw);
        return new(read.Id, subject, message, ProcuratoratesOf(read.Type, cloudEvent), null);
    }

    /// <summary>Reads a line of a stream.</summary>
    public static SentEvent Read(ReadOnlySequence<byte> line, DateTimeOffset now)
    {
        byte[]? copy = line.IsSingleSegment ? null : line.ToArray();
        if (!Utf8.IsValid(copy ?? line.FirstSpan)) return Refuse(null, Problem.Of(400, "not-json", "The line is not UTF-8."));
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return Read(document.RootElement, now);
        }
        catch (JsonException e)
        {
            return Refuse(null, Problem.Of(400, "not-json", $"The line is not JSON: byte {e.BytePositionInLine + 1}."));
        }
    }

    public static SentEvent Refuse(string? id, Problem problem) => new(id, "", null, [], problem);

    private static IReadOnlyList<string> ProcuratoratesOf(string type, JsonElement cloudEvent)
    {
        if (!cloudEvent.TryGetProperty("data", out JsonElement data)) return [];
        return type switch
        {
            "case.accepted" => Procuratorate(data),
            // A correction of an acceptance may move the case, so it is a reference like the acceptance itself.
            "event.corrected" when data.TryGetProperty("data", out JsonElement corrected) => Procuratorate(corrected),
            _ => [],
        };
    }

    private static IReadOnlyList<string> Procuratorate(JsonElement data) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty("procuratorate", out JsonElement code) && code.ValueKind == JsonValueKind.String
            ? [code.GetString()!]
            : [];
}

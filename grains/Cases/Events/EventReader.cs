using System.Runtime.InteropServices;
using System.Text.Json;

namespace Cluster.Cases.Events;

/// <summary>Reads CloudEvents into case events and says what is wrong with those that are not.</summary>
public static class EventReader
{
    private const int MaxDataBytes = 256 * 1024;
    private static readonly TimeSpan MostAhead = TimeSpan.FromHours(24);

    /// <summary>Reads one CloudEvent in structured mode. Never throws on bad input.</summary>
    /// <param name="cloudEvent">The JSON of one event.</param>
    /// <param name="now">The server's clock: an event more than 24 h ahead is refused.</param>
    public static EventReading Read(JsonElement cloudEvent, DateTimeOffset now)
    {
        if (cloudEvent.ValueKind != JsonValueKind.Object)
        {
            return new(null, null, null, new("invalid-event", "", "An event is a JSON object."));
        }

        if (!JsonText.IsWellFormed(JsonMarshal.GetRawUtf8Value(cloudEvent)))
        {
            return new(null, null, null, new("invalid-event", "", FormattableString.Invariant(
                $"It holds a text that is not well-formed Unicode, or is nested deeper than {JsonText.MaxDepth} levels.")));
        }

        var attributes = new EventAttributes();
        if ((attributes.Read(cloudEvent) ?? Check(attributes, now)) is { } problem)
        {
            return new(attributes.Id, attributes.Subject, null, problem);
        }

        var raw = "{}"u8;
        var data = EventData.Empty;
        if (attributes.Data.ValueKind != JsonValueKind.Undefined)
        {
            raw = JsonMarshal.GetRawUtf8Value(attributes.Data);
            (var read, problem) = raw.Length > MaxDataBytes
                ? (null, new("too-long", "", "It must have at most 256 KiB."))
                : DataReader.Read(attributes.Type!.Shape, attributes.Data);
            if (read is null)
            {
                return new(attributes.Id, attributes.Subject, null, problem!.Under("data"));
            }

            data = read;
        }

        return new(attributes.Id, attributes.Subject, new CaseEvent
        {
            Source = attributes.Source!,
            Id = attributes.Id!,
            Type = attributes.Type!.Name,
            Time = attributes.Time,
            RecordedTime = attributes.RecordedTime ?? attributes.Time,
            Raw = raw.ToArray(),
            Data = data,
        }, null);
    }

    /// <summary>Reads data of a known type, as a correction carries it. Never throws on bad input.</summary>
    /// <returns>The data, or the problem; its pointer begins with <c>/data</c>.</returns>
    public static (EventData? Data, EventProblem? Problem) ReadData(string type, JsonElement data)
    {
        if (EventTypes.Find(type) is not { } known)
        {
            return (null, UnknownType);
        }

        var (read, problem) = DataReader.Read(known.Shape, data);
        return (read, problem?.Under("data"));
    }

    /// <summary>Reads stored data back. Throws on data that was never validated.</summary>
    /// <exception cref="InvalidDataException">The type is unknown or the data breaks its schema.</exception>
    /// <exception cref="JsonException">The data is not JSON.</exception>
    public static CaseEvent Restore(string source, string id, string type, DateTimeOffset time, DateTimeOffset? recordedTime, byte[] data)
    {
        var e = RestoreLater(source, id, type, time, recordedTime, data);
        _ = e.Data;
        return e;
    }

    /// <summary>Takes stored data back and reads it when somebody asks for it; only then the exceptions of <see cref="Restore"/> come.</summary>
    /// <exception cref="InvalidDataException">The type is unknown.</exception>
    public static CaseEvent RestoreLater(string source, string id, string type, DateTimeOffset time, DateTimeOffset? recordedTime, byte[] data) => new()
    {
        Source = source,
        Id = id,
        Type = (EventTypes.Find(type) ?? throw new InvalidDataException("Unknown event type in the store.")).Name,
        Time = time,
        RecordedTime = recordedTime ?? time,
        Raw = data,
        Data = null!,
    };

    internal static EventData ReadStored(string type, byte[] data)
    {
        using var document = JsonDocument.Parse(data);
        var (read, problem) = DataReader.Read(EventTypes.Find(type)!.Shape, document.RootElement);
        return read ?? throw new InvalidDataException($"Stored {type} breaks its schema at {problem!.Pointer} ({problem.Code}).");
    }

    internal static EventProblem UnknownType { get; } = new("unknown-type", "/type", "No event type of the contract has this name.");

    private static EventProblem? Check(in EventAttributes attributes, DateTimeOffset now)
    {
        if (attributes.Time - now > MostAhead)
        {
            return new("too-far-ahead", "/time", "It is more than 24 hours ahead of the server's clock.");
        }

        return attributes.Data.ValueKind == JsonValueKind.Undefined && attributes.Type!.Shape.Required != 0
            ? new("missing-attribute", "/data", "It is required for this type.")
            : null;
    }
}

using System.Text;
using System.Text.Json;

namespace Cluster.Cases.Events;

/// <summary>The attributes of one CloudEvent (CloudEvents 1.0, JSON format). Extensions it does not know are ignored.</summary>
internal struct EventAttributes
{
    private const int MaxIdentity = 256;
    private const int MaxSubject = 128;

    public string? Id { get; private set; }
    public string? Source { get; private set; }
    public string? Subject { get; private set; }
    public EventType? Type { get; private set; }
    public DateTimeOffset Time { get; private set; }
    public DateTimeOffset? RecordedTime { get; private set; }

    /// <summary>Undefined if absent.</summary>
    public JsonElement Data { get; private set; }

    /// <summary>Reads what is there; returns the first problem. The id is read first: the answer names it.</summary>
    public EventProblem? Read(JsonElement cloudEvent)
    {
        JsonElement specVersion = default, id = default, source = default, type = default, subject = default, time = default,
            recordedTime = default, contentType = default;
        foreach (var property in cloudEvent.EnumerateObject())
        {
            var value = property.Value.ValueKind == JsonValueKind.Null ? default : property.Value;
            var name = JsonText.Name(property);
            if (name.SequenceEqual("data"u8))
            {
                Data = value;
            }
            else if (name.SequenceEqual("id"u8))
            {
                id = value;
            }
            else if (name.SequenceEqual("source"u8))
            {
                source = value;
            }
            else if (name.SequenceEqual("type"u8))
            {
                type = value;
            }
            else if (name.SequenceEqual("subject"u8))
            {
                subject = value;
            }
            else if (name.SequenceEqual("time"u8))
            {
                time = value;
            }
            else if (name.SequenceEqual("recordedtime"u8))
            {
                recordedTime = value;
            }
            else if (name.SequenceEqual("specversion"u8))
            {
                specVersion = value;
            }
            else if (name.SequenceEqual("datacontenttype"u8))
            {
                contentType = value;
            }
            else if (name.SequenceEqual("data_base64"u8) && value.ValueKind != JsonValueKind.Undefined)
            {
                return new("unsupported-content", "/data_base64", "Data is JSON, given as data.");
            }
        }

        return ReadId(id)
            ?? ReadSubject(subject)
            ?? CheckVersion(specVersion)
            ?? ReadSource(source)
            ?? ReadType(type)
            ?? ReadTimes(time, recordedTime)
            ?? CheckContentType(contentType);
    }

    private EventProblem? ReadId(JsonElement value)
    {
        var problem = ReadText(value, "id", MaxIdentity, out var text);
        Id = text;
        return problem;
    }

    private EventProblem? ReadSubject(JsonElement value)
    {
        var problem = ReadText(value, "subject", MaxSubject, out var text);
        Subject = text;
        // It names a case, and nobody can tell one blank from another.
        return problem ?? (string.IsNullOrWhiteSpace(text) ? Invalid("subject", "It must not be blank.") : null);
    }

    private static EventProblem? CheckVersion(JsonElement value) =>
        ReadBytes(value, "specversion", out var text)
        ?? (text.SequenceEqual("1.0"u8) ? null : Invalid("specversion", "It must be 1.0."));

    private EventProblem? ReadSource(JsonElement value)
    {
        var problem = ReadText(value, "source", MaxIdentity, out var text);
        Source = text;
        // A URI reference (RFC 3986) holds none of these; letters beyond ASCII are taken as in an IRI.
        return problem ?? (text!.AsSpan().ContainsAny(" <>\"{}|\\^`") ? Invalid("source", "It must be a URI reference.") : null);
    }

    private EventProblem? ReadType(JsonElement value)
    {
        if (ReadBytes(value, "type", out var text) is { } problem)
        {
            return problem;
        }

        Type = EventTypes.Find(text);
        return Type is null ? EventReader.UnknownType : null;
    }

    private EventProblem? ReadTimes(JsonElement time, JsonElement recordedTime)
    {
        if (ReadInstant(time, "time", out var happened) is { } problem)
        {
            return problem;
        }

        Time = happened;
        if (recordedTime.ValueKind == JsonValueKind.Undefined)
        {
            return null;
        }

        problem = ReadInstant(recordedTime, "recordedtime", out var recorded);
        RecordedTime = recorded;
        return problem;
    }

    private static EventProblem? CheckContentType(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            return null;
        }

        if (ReadBytes(value, "datacontenttype", out var text) is { } problem)
        {
            return problem;
        }

        var parameters = text.IndexOf((byte)';');
        var mediaType = parameters < 0 ? text : text[..parameters].TrimEnd((byte)' ');
        return Ascii.EqualsIgnoreCase(mediaType, "application/json"u8)
            ? null
            : new("unsupported-content", "/datacontenttype", "Data must be application/json.");
    }

    private static EventProblem? ReadInstant(JsonElement value, string name, out DateTimeOffset instant)
    {
        instant = default;
        return ReadBytes(value, name, out var text)
            ?? (Rfc3339.TryInstant(text, out instant) ? null : Invalid(name, "It must be an RFC 3339 instant with offset."));
    }

    private static EventProblem? ReadBytes(JsonElement value, string name, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (value.ValueKind != JsonValueKind.String)
        {
            return MissingOrWrong(value, name);
        }

        text = JsonText.Bytes(value);
        return null;
    }

    private static EventProblem? ReadText(JsonElement value, string name, int maxLength, out string? text)
    {
        text = null;
        if (value.ValueKind != JsonValueKind.String)
        {
            return MissingOrWrong(value, name);
        }

        var read = JsonText.Read(value, maxLength);
        if (read is null)
        {
            return DataReader.TooLong(maxLength).Under(name);
        }

        // CloudEvents 1.0, type String: no control characters.
        if (read.Length == 0 || read.AsSpan().ContainsAnyInRange('\0', '\u001f') || read.AsSpan().ContainsAnyInRange('\u007f', '\u009f'))
        {
            return Invalid(name, "It must not be empty nor hold control characters.");
        }

        text = read;
        return null;
    }

    private static EventProblem MissingOrWrong(JsonElement value, string name) => value.ValueKind == JsonValueKind.Undefined
        ? new("missing-attribute", "/" + name, "It is required.")
        : Invalid(name, "It must be a text.");

    private static EventProblem Invalid(string name, string detail) => new("invalid-attribute", "/" + name, detail);
}

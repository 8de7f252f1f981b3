using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cluster.Cases.Assessment;

/// <summary>One thing that somebody did about an alert, as the case's history has it.</summary>
/// <param name="Id">Of the event.</param>
/// <param name="Act">Of <see cref="AlertActs"/>.</param>
/// <param name="Alert">The alert.</param>
/// <param name="By">The account.</param>
/// <param name="Number">Which act of the case it is, from 1; what was done in one instant was done in this order.</param>
/// <param name="Notice">Which written notice of the case it is, from 1; null for anything else.</param>
/// <param name="Data">The event's data.</param>
public sealed record RecordedAct(string Id, string Act, string Alert, string By, DateTimeOffset At, int Number, int? Notice, byte[] Data)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What the event tells besides what the act is shown with.</summary>
    private static readonly string[] Envelope = ["alert", "by", "number"];

    /// <summary>The act as it is shown.</summary>
    public byte[] Json()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Options)) Write(json);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A text field of the data; null if absent.</summary>
    public string? Text(string name)
    {
        using var data = JsonDocument.Parse(Data);
        return data.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id", Id);
        json.WriteString("act", Act);
        json.WriteString("by", By);
        json.WriteString("at", CaseJson.InstantText(At));
        if (Notice is { } notice) json.WriteNumber("notice", notice);
        using var data = JsonDocument.Parse(Data);
        foreach (var field in data.RootElement.EnumerateObject())
        {
            if (Array.IndexOf(Envelope, field.Name) < 0) field.WriteTo(json);
        }

        json.WriteEndObject();
    }
}

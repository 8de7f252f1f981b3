using System.Buffers;
using System.Text.Json;
using Cluster.Api.Cases;
using Cluster.Api.Hosting;
using Cluster.Cases.Assessment;

namespace Cluster.Api.Alerts;

/// <summary>The fields of an act, checked and written as its event will have them.</summary>
internal static class ActFields
{
    /// <summary>Characters of a note or a reason, and of a notice or its answer.</summary>
    public const int LongestNote = 500, LongestText = 2_000;

    private const int MostEvidence = 50, LongestEvidence = 256;

    private static readonly string[] Targets = ["quality-review", "inspection", "department"];

    /// <summary>Writes the fields that an act has.</summary>
    /// <exception cref="ProblemException">422 with the pointer to a field that is missing, wrong, or not of this act.</exception>
    public static byte[] Write(string act, ActsRequest fields)
    {
        var data = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(data, new JsonWriterOptions { Encoder = Json.Options.Encoder }))
        {
            json.WriteStartObject();
            switch (act)
            {
                case AlertActs.Acknowledge or AlertActs.Close:
                    Take(fields, note: true);
                    if (fields.Note is not null) json.WriteString("note", Wording(fields.Note, "/note", LongestNote));
                    break;
                case AlertActs.Dismiss:
                    Take(fields, reason: true);
                    json.WriteString("reason", Wording(fields.Reason, "/reason", LongestNote));
                    break;
                case AlertActs.Notice:
                    Take(fields, kind: true, text: true);
                    json.WriteString("kind", Field.OneOf(fields.Kind, "/kind", [.. AlertActs.Notices]));
                    json.WriteString("text", Wording(fields.Text, "/text", LongestText));
                    break;
                case AlertActs.Reply:
                    Take(fields, text: true, evidence: true);
                    json.WriteString("text", Wording(fields.Text, "/text", LongestText));
                    if (fields.Evidence is { ValueKind: not JsonValueKind.Null } evidence) WriteEvidence(json, evidence);
                    break;
                case AlertActs.Refer:
                    Take(fields, to: true, reason: true);
                    json.WriteString("to", Field.OneOf(fields.To, "/to", Targets));
                    json.WriteString("reason", Wording(fields.Reason, "/reason", LongestNote));
                    break;
            }

            json.WriteEndObject();
        }

        return data.WrittenSpan.ToArray();
    }

    // What an act does not take was meant for another.
    private static void Take(ActsRequest fields, bool note = false, bool reason = false, bool kind = false, bool text = false, bool evidence = false, bool to = false)
    {
        ReadOnlySpan<(bool Taken, bool Given, string Pointer)> all =
        [
            (note, fields.Note is not null, "/note"), (reason, fields.Reason is not null, "/reason"), (kind, fields.Kind is not null, "/kind"),
            (text, fields.Text is not null, "/text"), (evidence, fields.Evidence is not null, "/evidence"), (to, fields.To is not null, "/to"),
        ];
        foreach ((bool taken, bool given, string pointer) in all)
        {
            if (given && !taken) throw Field.Wrong("This act takes no such field.", pointer);
        }
    }

    private static string Wording(string? value, string pointer, int longest)
    {
        if (value is null) throw Field.Wrong("This field is required.", pointer);
        string text = value.Replace("\r\n", "\n", StringComparison.Ordinal);
        if (string.IsNullOrWhiteSpace(text) || CaseId.Characters(text) > longest || text.Any(c => char.IsControl(c) && c is not ('\n' or '\t')))
            throw Field.Wrong($"A text of 1 to {longest} characters, not only spaces, without control characters but line breaks.", pointer);
        return text;
    }

    private static void WriteEvidence(Utf8JsonWriter json, JsonElement evidence)
    {
        json.WritePropertyName("evidence");
        if (evidence.ValueKind == JsonValueKind.String)
        {
            json.WriteStringValue(Wording(evidence.GetString(), "/evidence", LongestText));
            return;
        }

        if (evidence.ValueKind != JsonValueKind.Array || evidence.GetArrayLength() > MostEvidence) throw Field.Wrong($"A text, or a list of at most {MostEvidence} texts and events.", "/evidence");
        json.WriteStartArray();
        int at = 0;
        foreach (JsonElement item in evidence.EnumerateArray()) WriteItem(json, item, $"/evidence/{at++}");
        json.WriteEndArray();
    }

    private static void WriteItem(Utf8JsonWriter json, JsonElement item, string pointer)
    {
        if (item.ValueKind == JsonValueKind.String)
        {
            json.WriteStringValue(Wording(item.GetString(), pointer, LongestEvidence));
            return;
        }

        EventReference reference = item.ValueKind == JsonValueKind.Object && Part(item, "source") is { } source && Part(item, "id") is { } id && item.EnumerateObject().Count() == 2
            ? new EventReference(source, id)
            : throw Field.Wrong("A text, or an event by `source` and `id`.", pointer);
        json.WriteStartObject();
        json.WriteString("source", Field.Text(reference.Source, pointer + "/source", LongestEvidence));
        json.WriteString("id", Field.Text(reference.Id, pointer + "/id", LongestEvidence));
        json.WriteEndObject();
    }

    private static string? Part(JsonElement item, string name) =>
        item.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

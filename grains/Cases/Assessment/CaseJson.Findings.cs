using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cluster.Cases.Assessment;

/// <summary>What people and the system did about a finding.</summary>
/// <param name="Status">open, acknowledged, noticed, replied, closed or dismissed.</param>
/// <param name="DetectedAt">When the system first had it; null where nothing is stored.</param>
/// <param name="RetractedAt">When a correction took its ground away.</param>
public sealed record Handling(string Status, DateTimeOffset? DetectedAt, DateTimeOffset? RetractedAt)
{
    public static Handling None { get; } = new("open", null, null);

    /// <summary>What people did, in the order they did it.</summary>
    public IReadOnlyList<RecordedAct> Acts { get; init; } = [];
}

public static partial class CaseJson
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The id of the one alert of (case, rule, subject, instance).</summary>
    public static string AlertId(string caseId, string rule, string subject, string instance) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{caseId}\n{rule}\n{subject}\n{instance}")).AsSpan(0, 16));

    /// <summary>The body of one finding.</summary>
    /// <param name="index">Of <see cref="FindingView"/>.</param>
    public static byte[] Finding(string caseId, CaseAssessment assessment, int index, Handling handling)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Options)) WriteFinding(json, caseId, assessment, index, handling);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The body of a finding whose ground is gone: the same, marked as retracted.</summary>
    public static byte[] Retract(byte[] finding, DateTimeOffset at)
    {
        var body = JsonNode.Parse(finding)!.AsObject();
        body["status"] = "closed";
        body["retractedAt"] = InstantText(at);
        return JsonSerializer.SerializeToUtf8Bytes(body, Plain);
    }

    /// <summary>The body of a finding about which people did more: the same with that, and what it makes the status.</summary>
    public static byte[] Handled(byte[] finding, string status, IReadOnlyList<RecordedAct> acts)
    {
        var body = JsonNode.Parse(finding)!.AsObject();
        body["status"] = status;
        body["acts"] = new JsonArray([.. acts.Select(act => JsonNode.Parse(act.Json()))]);
        return JsonSerializer.SerializeToUtf8Bytes(body, Plain);
    }

    /// <summary>When the finding of a body became more than a warning; null while it is one.</summary>
    public static DateTimeOffset? ViolatedAt(byte[] finding)
    {
        using var body = JsonDocument.Parse(finding);
        if (!body.RootElement.TryGetProperty("steps", out var steps)) return null;
        foreach (var step in steps.EnumerateArray())
        {
            if (!AlertStatus.IsWarning(step.GetProperty("level").GetString()!)) return step.GetProperty("at").GetDateTimeOffset();
        }

        return null;
    }

    private static void WriteFinding(Utf8JsonWriter json, string caseId, CaseAssessment assessment, int index, Handling handling)
    {
        var finding = assessment.Findings[index];
        var rule = finding.Rule;
        json.WriteStartObject();
        json.WriteString("id", AlertId(caseId, rule.Id, finding.Subject, finding.Instance));
        json.WriteString("rule", rule.Id);
        WriteText(json, "name", rule.Name);
        json.WriteString("instance", finding.Instance);
        json.WriteString("case", caseId);
        json.WriteString("caseName", assessment.Name);
        json.WriteString("subject", finding.Subject);
        json.WriteString("level", finding.Level);
        json.WriteBoolean("blocking", rule.Blocking);
        if (rule.Refer) json.WriteBoolean("refer", true);
        json.WriteStartArray("steps");
        foreach (var step in finding.Steps)
        {
            json.WriteStartObject();
            json.WriteString("level", step.Level);
            json.WriteString("at", InstantText(step.At));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("category", rule.Category);
        json.WriteString("raisedAt", InstantText(finding.RaisedAt));
        json.WriteString("clearedAt", finding.ClearedAt is { } cleared ? InstantText(cleared) : null);
        var due = finding.Due ?? default;
        json.WriteString("dueOn", finding.Clock is { } c ? DueText(c.Clock, due) : null);
        if (finding.Clock is not null) json.WriteString("expiresAt", InstantText(due.ExpiresAt));
        if (finding.Clock?.Binding.Limit is { } limit) json.WriteString("limit", limit.Id);
        var message = FindingText.Of(finding);
        WriteText(json, "message", message);
        json.WriteString("basis", rule.Basis);
        json.WriteStartArray("evidence");
        foreach (var e in finding.Evidence)
        {
            json.WriteStartObject();
            json.WriteString("source", e.Source);
            json.WriteString("id", e.Id);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("prosecutor", assessment.Prosecutor);
        json.WriteString("department", assessment.Department);
        json.WriteString("procuratorate", assessment.Procuratorate);
        json.WriteString("status", handling.Status);
        if (handling.DetectedAt is { } detected)
        {
            json.WriteString("detectedAt", InstantText(detected));
            json.WriteString("retractedAt", handling.RetractedAt is { } retracted ? InstantText(retracted) : null);
            json.WriteStartArray("acts");
            foreach (var act in handling.Acts) act.Write(json);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}

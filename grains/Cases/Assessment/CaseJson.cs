using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cluster.Cases.Assignment;
using Cluster.Law;

namespace Cluster.Cases.Assessment;

/// <summary>The JSON bodies of the public contract that follow from the law and a history alone.</summary>
public static partial class CaseJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The case of contract chapter 5.</summary>
    /// <param name="handling">What became of each alert, by its id; the finding that goes with it is given too.</param>
    public static byte[] Case(string caseId, CaseHistory history, CaseAssessment assessment, Func<string, FindingView, Handling> handling)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("id", caseId);
            json.WriteString("caseType", assessment.CaseType.Length == 0 ? null : assessment.CaseType);
            json.WriteString("name", assessment.Name);
            json.WriteString("stage", assessment.Stage);
            json.WriteString("procuratorate", assessment.Procuratorate);
            json.WriteString("department", assessment.Department);
            json.WriteString("prosecutor", assessment.Prosecutor);
            json.WriteString("acceptedOn", DateText(assessment.AcceptedOn));
            json.WriteNumber("weight", assessment.Weight.Value);
            WriteWeight(json, assessment);
            json.WriteBoolean("custody", assessment.Custody);
            json.WriteBoolean("open", assessment.Open);
            json.WriteNumber("version", history.All.Count);
            json.WriteString("asOf", InstantText(assessment.Now));
            WriteSuspects(json, assessment);
            json.WriteStartArray("deadlines");
            foreach (var clock in assessment.Clocks) WriteDeadline(json, clock, assessment);
            json.WriteEndArray();
            json.WriteStartArray("alerts");
            foreach (var view in assessment.Views)
            {
                WriteFinding(json, caseId, assessment, view.Index, handling(AlertId(caseId, view.Rule, view.Subject, view.Instance), view));
            }

            json.WriteEndArray();
            json.WriteStartArray("documents");
            foreach (var document in assessment.Documents)
            {
                json.WriteStartObject();
                json.WriteString("code", document.Code);
                json.WriteString("name", document.Code);
                json.WriteBoolean("required", document.Required);
                json.WriteString("state", document.State);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteHistory(json, history, assessment.Now);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteText(Utf8JsonWriter json, string name, LocalizedText text)
    {
        json.WriteStartObject(name);
        json.WriteString("zh", text.Zh);
        json.WriteString("en", text.En);
        json.WriteEndObject();
    }

    /// <summary>What the weight follows from.</summary>
    private static void WriteWeight(Utf8JsonWriter json, CaseAssessment assessment)
    {
        var weight = assessment.Weight;
        json.WriteStartObject("weighed");
        json.WriteString("version", weight.Version);
        json.WriteNumber("base", weight.Base);
        json.WriteStartArray("factors");
        foreach (var factor in weight.Factors)
        {
            json.WriteStartObject();
            json.WriteString("name", factor.Name);
            json.WriteNumber("value", factor.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("left", weight.Left);
        var stage = Stages.Names.TryGetValue(assessment.Stage, out var named) ? named : new LocalizedText(assessment.Stage, assessment.Stage);
        var text = WeightText.Of(weight, stage.Zh, stage.En);
        WriteText(json, "text", new(text.Zh, text.En));
        json.WriteEndObject();
    }

    private static void WriteSuspects(Utf8JsonWriter json, CaseAssessment assessment)
    {
        json.WriteStartArray("suspects");
        foreach (var suspect in assessment.State.Suspects)
        {
            json.WriteStartObject();
            json.WriteString("suspect", suspect.Number);
            json.WriteString("name", suspect.Entry?["name"].Text);
            json.WriteString("sex", suspect.Entry?["sex"].Text);
            json.WriteString("birthDate", DateText(suspect.BirthDate));
            json.WriteString("nationality", suspect.Entry?["nationality"].Text);
            json.WriteString("disability", suspect.Entry?["disability"].Text);
            json.WriteBoolean("unit", suspect.IsUnit);
            json.WriteBoolean("minor", suspect.IsMinorOn(LegalTime.DateOf(assessment.Now)));
            json.WriteBoolean("custody", suspect.InCustodyAt(assessment.Now));
            json.WriteBoolean("defended", suspect.DefendedFrom <= assessment.Now);
            json.WriteStartArray("charges");
            foreach (var charge in suspect.Entry?.Objects("charges") ?? []) json.WriteStringValue(charge["name"].Text);
            json.WriteEndArray();
            json.WriteStartArray("measures");
            foreach (var measure in suspect.Measures)
            {
                json.WriteStartObject();
                json.WriteString("kind", measure.Kind);
                json.WriteString("from", InstantText(measure.From));
                json.WriteString("organ", measure.Organ);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteHistory(Utf8JsonWriter json, CaseHistory history, DateTimeOffset now)
    {
        json.WriteStartArray("history");
        foreach (var e in history.All)
        {
            if (e.Time > now) break;
            json.WriteStartObject();
            json.WriteString("source", e.Source);
            json.WriteString("id", e.Id);
            json.WriteString("type", e.Type);
            json.WriteString("time", InstantText(e.Time));
            json.WriteString("recordedAt", InstantText(e.RecordedTime));
            json.WriteString("summary", EventSummary.Of(e));
            json.WritePropertyName("data");
            json.WriteRawValue(EventSummary.Masked(e));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>A limit's due date, or due instant for hour limits.</summary>
    internal static string DueText(Clock clock, Due due) => clock == Clock.Hours ? InstantText(due.DueAt) : DateText(due.DueOn)!;

    internal static string? DateText(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>RFC 3339 at +08:00.</summary>
    internal static string InstantText(DateTimeOffset instant) =>
        instant.ToOffset(LegalTime.Offset).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);
}

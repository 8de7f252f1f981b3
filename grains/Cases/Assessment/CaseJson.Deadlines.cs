using System.Text.Json;
using Cluster.Law;

namespace Cluster.Cases.Assessment;

public static partial class CaseJson
{
    private static void WriteDeadline(Utf8JsonWriter json, ClockInstance clock, CaseAssessment assessment)
    {
        json.WriteStartObject();
        WriteLimit(json, clock.Binding.Limit!, clock.Instance, clock.Subject);
        json.WriteString("startedOn", clock.Clock == Clock.Hours ? InstantText(clock.Start) : DateText(LegalTime.DateOf(clock.Start)));
        WriteDue(json, clock.Clock, clock.Due);
        json.WriteString("expiresAt", InstantText(clock.Due.ExpiresAt));
        json.WriteStartArray("extendedBy");
        foreach (var extension in clock.Term.Extensions) json.WriteStringValue(extension.ToString());
        json.WriteEndArray();
        var ended = clock.EndedAt is { } at && at <= assessment.Now ? clock.EndedAt : null;
        json.WriteString("status", StatusOf(clock, ended, assessment.Now));
        json.WriteString("endedOn", ended is not { } end ? null : clock.Clock == Clock.Hours ? InstantText(end) : DateText(LegalTime.DateOf(end)));
        json.WriteBoolean("provisional", clock.Due.Provisional);
        WriteProof(json, clock.Binding.Limit!, LimitClock.Prove(clock.Term, assessment.Calendar), clock);
        json.WriteEndObject();
    }

    private static string StatusOf(ClockInstance clock, DateTimeOffset? ended, DateTimeOffset now)
    {
        if (ended is null) return now < clock.Due.ExpiresAt ? "running" : "missed";
        if (ended >= clock.Due.ExpiresAt) return "missed";
        return clock.Stopped ? "stopped" : "met";
    }

    private static void WriteLimit(Utf8JsonWriter json, Limit limit, string instance, string subject)
    {
        json.WriteString("id", limit.Id);
        json.WriteString("instance", instance);
        json.WriteString("subject", subject);
        WriteText(json, "name", limit.Name);
        json.WriteString("basis", limit.Basis);
    }

    private static void WriteDue(Utf8JsonWriter json, Clock clock, Due due)
    {
        json.WriteString("dueOn", DueText(clock, due));
        json.WriteString("computedOn", clock == Clock.Hours ? InstantText(due.DueAt) : DateText(due.ComputedOn));
        json.WriteString("clock", clock.Name());
    }

    private static void WriteProof(Utf8JsonWriter json, Limit limit, Proof proof, ClockInstance? clock)
    {
        json.WriteStartObject("proof");
        if (clock is not null)
        {
            json.WriteStartObject("trigger");
            json.WriteString("source", clock.Trigger.Source);
            json.WriteString("id", clock.Trigger.Id);
            json.WriteString("type", clock.Trigger.Type);
            json.WriteEndObject();
            if (clock.Extensions.Length > 0)
            {
                json.WriteStartObject("extension");
                json.WriteString("source", clock.Extensions[^1].Event.Source);
                json.WriteString("id", clock.Extensions[^1].Event.Id);
                json.WriteEndObject();
            }
        }

        WriteText(json, "article", limit.Article);
        json.WriteStartArray("steps");
        foreach (var step in proof.Steps)
        {
            json.WriteStartObject();
            json.WriteString("kind", step.Kind);
            json.WriteString("from", DateText(step.From));
            json.WriteString("to", DateText(step.To));
            json.WriteNumber("days", step.Days);
            WriteText(json, "text", step.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("calendar", proof.CalendarVersion);
        json.WriteEndObject();
    }
}

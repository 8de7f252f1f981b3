using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Cases.Rules;

namespace Cases.Tests.Assessment;

/// <summary>A case told event by event, in an office that reports everything unless asked otherwise.</summary>
internal sealed class Told
{
    private readonly List<CaseEvent> _events = [];

    private Told()
    {
    }

    /// <summary>A case of a type, received on a day.</summary>
    public static Told Case(string type, string received, string more = "{}")
    {
        var data = (JsonObject)JsonNode.Parse(more)!;
        data["caseType"] = type;
        data["procuratorate"] = "422826";
        data["receivedOn"] = received;
        data["registeredOn"] ??= received;
        data["suspects"] ??= new JsonArray();
        return new Told().Then(received, "case.accepted", data.ToJsonString());
    }

    public Told Then(string at, string type, string data = "{}")
    {
        _events.Add(EventReader.Restore("/test", $"e-{_events.Count + 1}", type, At(at), null, JsonSerializer.SerializeToUtf8Bytes(JsonNode.Parse(data))));
        return this;
    }

    public Told Step(string at, string step) => Then(at, "step.recorded", $$"""{"step":"{{step}}"}""");

    public CaseAssessment Assess(string at, Observability? reports = null) =>
        Assessor.Default.Assess(CaseHistory.Of(_events), At(at), reports ?? Observability.Full);

    /// <summary>The only run of a limit.</summary>
    public ClockInstance Clock(string limit, string at) => Assert.Single(Assess(at).Clocks, c => c.Binding.Id == limit);

    /// <summary>A day means 09:00 of it.</summary>
    public static DateTimeOffset At(string text) => DateTimeOffset.Parse(
        text.Contains('T', StringComparison.Ordinal) ? text + ":00+08:00" : text + "T09:00:00+08:00", CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Contracts;

namespace Grains.Tests.Silo;

/// <summary>Events as a sender makes them.</summary>
internal static class Sent
{
    public const string Source = "/422826/tyyw";

    public static EventMessage Event(string id, string type, DateTimeOffset time, JsonObject data) =>
        new(Source, id, type, time, null, JsonSerializer.SerializeToUtf8Bytes(data));

    /// <summary>An arrest case with one suspect in detention: to be decided by the seventh day.</summary>
    public static EventMessage Arrest(string id, DateTimeOffset time, string? department = null) => Accepted(id, "ARR", time, "detention", department);

    /// <summary>A case for prosecution with one suspect under arrest.</summary>
    public static EventMessage Prosecution(string id, DateTimeOffset time, string? department = null, string? previousCase = null) =>
        Accepted(id, "PRO", time, "arrest", department, previousCase);

    public static EventMessage Accepted(string id, string caseType, DateTimeOffset time, string measure, string? department, string? previousCase = null)
    {
        var data = new JsonObject
        {
            ["caseType"] = caseType,
            ["procuratorate"] = "422826",
            ["name"] = "张某盗窃案",
            ["receivedOn"] = Day(time),
            ["registeredOn"] = Day(time),
            ["suspects"] = new JsonArray(new JsonObject
            {
                ["suspect"] = "1",
                ["birthDate"] = "1990-05-05",
                ["measure"] = new JsonObject { ["kind"] = measure, ["from"] = Day(time.AddDays(-10)), ["organ"] = "公安" },
            }),
        };
        if (department is not null) data["department"] = department;
        if (previousCase is not null) data["previousCase"] = previousCase;
        return Event(id, "case.accepted", time, data);
    }

    public static EventMessage Assigned(string id, DateTimeOffset time, string prosecutor) =>
        Event(id, "case.assigned", time, new JsonObject { ["prosecutor"] = prosecutor, ["mode"] = "designated" });

    public static EventMessage Reassigned(string id, DateTimeOffset time, string prosecutor) =>
        Event(id, "case.reassigned", time, new JsonObject { ["prosecutor"] = prosecutor, ["reason"] = "调整" });

    public static EventMessage Decided(string id, DateTimeOffset time, string kind) => Event(id, "decision.made", time, new JsonObject { ["kind"] = kind });

    public static EventMessage Measure(string id, DateTimeOffset time, string kind) =>
        Event(id, "measure.taken", time, new JsonObject { ["suspect"] = "1", ["kind"] = kind, ["from"] = Day(time) });

    public static EventMessage Rights(string id, DateTimeOffset time) =>
        Event(id, "rights.notified", time, new JsonObject { ["who"] = "suspect", ["suspect"] = "1" });

    public static EventMessage Voided(string id, DateTimeOffset time, string target) =>
        Event(id, "event.voided", time, new JsonObject { ["source"] = Source, ["id"] = target, ["reason"] = "录入错误" });

    public static EventMessage Corrected(string id, DateTimeOffset time, string target, JsonObject data) =>
        Event(id, "event.corrected", time, new JsonObject { ["source"] = Source, ["id"] = target, ["data"] = data });

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

using System.Text;
using System.Text.Json.Nodes;
using Cluster.Api.Demo;

namespace Cluster.Api.Tests.Moving;

/// <summary>Some cases of the shipped replay, as their senders send them.</summary>
internal static class Slice
{
    private static readonly PastAssignments Roster = new(DemoOffice.Prosecutors());

    public static JsonObject CloudEvent(DemoEvent e) => CloudEvent(e.Source, e.Id, e.Type, e.Subject, e.Time, e.Data);

    /// <summary>The assignment that the sender's own system made.</summary>
    public static JsonObject? Assigned(DemoEvent e) => e.Type == "case.accepted" && Roster.Next(e) is { } assigned
        ? CloudEvent(assigned.Source, assigned.Id, assigned.Type, e.Subject, assigned.Time, JsonNode.Parse(assigned.Data)!)
        : null;

    public static HttpContent Batch(IEnumerable<JsonObject> events) =>
        new StringContent(new JsonArray([.. events.Select(e => e.DeepClone())]).ToJsonString(), Encoding.UTF8, "application/cloudevents-batch+json");

    public static async Task DefineOffice(HttpClient admin)
    {
        async Task Put(string path, JsonObject body) =>
            (await admin.PutAsync(path, new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"))).EnsureSuccessStatusCode();
        foreach (DemoProcuratorate office in DemoOffice.Procuratorates()) await Put("/api/procuratorates/" + office.Code, office.Body);
        foreach (DemoDepartment department in DemoOffice.Departments()) await Put("/api/departments/" + department.Id, department.Body);
        foreach (DemoProsecutor prosecutor in DemoOffice.Prosecutors()) await Put("/api/prosecutors/" + prosecutor.Id, prosecutor.Body);
        foreach (DemoUser user in DemoOffice.Users().Where(u => u.Name != "admin")) await Put("/api/users/" + user.Name, user.Body);
    }

    private static JsonObject CloudEvent(string source, string id, string type, string subject, DateTimeOffset time, JsonNode data) => new()
    {
        ["specversion"] = "1.0",
        ["id"] = id,
        ["source"] = source,
        ["type"] = type,
        ["subject"] = subject,
        ["time"] = time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture),
        ["data"] = data.DeepClone(),
    };
}

using System.Text;
using System.Text.Json.Nodes;
using Cluster.Cases.Assessment;

namespace Grains.Tests.Silo;

/// <summary>What a stored case answers must be what its events say, handling aside.</summary>
internal static class SameAsAssessed
{
    public static async Task ShouldBeAsAssessed(this SiloUnderTest silo, string caseId, DateTimeOffset? asOf = null)
    {
        var answer = await silo.Case(caseId).Read(asOf);
        Assert.NotNull(answer);
        var assessed = CaseJson.Assess(caseId, await silo.History(caseId), asOf ?? silo.Time.GetUtcNow());
        Assert.Equal(Plain(assessed), Plain(answer.Json));
    }

    private static string Plain(byte[] json)
    {
        var body = JsonNode.Parse(Encoding.UTF8.GetString(json))!.AsObject();
        foreach (var alert in body["alerts"]!.AsArray())
        {
            foreach (var handling in (string[])["status", "detectedAt", "retractedAt", "acts"]) alert!.AsObject().Remove(handling);
        }

        return body.ToJsonString();
    }
}

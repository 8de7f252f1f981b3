using System.Text;
using System.Text.Json.Nodes;
using Cluster.Cases.Assessment;
using Cluster.Contracts.Storage;

namespace Simulation.Truths;

/// <summary>Invariants 2, 3 and 4: a case is what its events say, with one alert for each finding, and is due when it changes.</summary>
internal static class CaseTruth
{
    private static readonly string[] Handling = ["status", "detectedAt", "retractedAt", "acts"];

    public static void Check(Stored stored, LawInForce law, string caseId, Expected expected, byte[] answer, IReadOnlyList<AlertRow> alerts)
    {
        var assessment = expected.Assessment;
        var row = stored.Cases[caseId];
        var scratch = CaseJson.Case(caseId, expected.History, assessment, static (_, _) => Cluster.Cases.Assessment.Handling.None);
        Claim.Same("case", Plain(scratch), Plain(answer), () => $"{caseId} as read is as assessed from scratch");
        Claim.Same(
            "row",
            $"{assessment.Stage} {assessment.Procuratorate} {assessment.Department} {assessment.Prosecutor} {assessment.Open} {assessment.CaseType} {assessment.Weight.Value} {expected.History.All.Count}",
            $"{row.Stage} {row.Procuratorate} {row.Department} {row.Prosecutor} {row.Open} {row.CaseType} {row.Weight} {row.Version}",
            () => $"the row of {caseId}");

        Claim.Holds("alerts", alerts.Select(a => (a.Rule, a.Subject, a.Instance)).Distinct().Count() == alerts.Count, () => $"one alert for each finding of {caseId}");
        Claim.Holds("alerts", alerts.All(a => a.DetectedAt >= a.RaisedAt), () => $"no alert of {caseId} came early");
        // A case that is over is judged by rules that came later only where they touch what it has.
        var isBehind = !row.Open && stored.AssessedBy.GetValueOrDefault(caseId) < law.Revision;
        var skipped = isBehind ? law.Touched : [];
        var standing = alerts.Where(a => a.RetractedAt is null && !skipped.Contains(a.Rule)).Select(a => Stripped(JsonNode.Parse(a.Json)!)).Order(StringComparer.Ordinal);
        var found = JsonNode.Parse(scratch)!["alerts"]!.AsArray().Where(a => !skipped.Contains((string)a!["rule"]!)).Select(a => Stripped(a!)).Order(StringComparer.Ordinal);
        Claim.Same("alerts", string.Join('\n', found), string.Join('\n', standing), () => $"the alerts of {caseId} are its findings");
        if (isBehind) return;

        var due = stored.Due.TryGetValue(caseId, out var at) ? at : (DateTimeOffset?)null;
        Claim.Holds("due", assessment.NextChange is null || due <= assessment.NextChange, () => $"{caseId} changes at {assessment.NextChange:O} and is due at {due:O}");
        var waits = assessment is { Open: true, Prosecutor: null } && assessment.CaseType.Length > 0 && !string.IsNullOrWhiteSpace(assessment.Department);
        Claim.Holds("due", waits || due == assessment.NextChange, () => $"{caseId} changes at {assessment.NextChange:O} and is due at {due:O}");
    }

    private static string Plain(byte[] json)
    {
        var body = JsonNode.Parse(Encoding.UTF8.GetString(json))!.AsObject();
        foreach (var alert in body["alerts"]!.AsArray()) Strip(alert!);
        return body.ToJsonString();
    }

    private static string Stripped(JsonNode alert)
    {
        Strip(alert);
        return alert.ToJsonString();
    }

    private static void Strip(JsonNode alert)
    {
        foreach (var name in Handling) alert.AsObject().Remove(name);
    }
}

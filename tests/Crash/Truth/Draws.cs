using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Cases.Assignment;
using Cluster.Crash.Load;

namespace Cluster.Crash.Truth;

/// <summary>What must be true of the draws: anybody can recompute them, and each was for one case, which has it once.</summary>
internal static class Draws
{
    /// <param name="recorded">The draws that each case has recorded.</param>
    public static async Task Check(Office office, Ledger ledger, IReadOnlyDictionary<string, List<(string Name, string Prosecutor)>> recorded)
    {
        var published = new Dictionary<string, (string Case, string? Chosen)>(StringComparer.Ordinal);
        string from = Day(Office.ClockStart.AddDays(-1)), until = Day(office.Now.AddDays(1));
        foreach (string department in Office.Departments)
        {
            foreach (JsonNode? day in (await office.Get($"/api/departments/{department}/draws?from={from}&until={until}")).AsArray())
            {
                if (day!["secret"] is not null)
                {
                    IReadOnlyList<DrawFault> faults = DrawVerifier.Verify(day.ToJsonString());
                    Claim.Holds(faults.Count == 0, () => $"the draws of {department} on {day["date"]} can be recomputed: {string.Join(' ', faults)}");
                }
                foreach (JsonNode? draw in day["draws"]!.AsArray())
                    Claim.Holds(published.TryAdd($"{department}/{day["date"]}/{draw!["number"]}", ((string)draw["case"]!, (string?)draw["chosen"])), () => $"draw {draw["number"]} of {day["date"]} is published once");
            }
        }

        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string caseId, List<(string Name, string Prosecutor)> draws) in recorded)
        {
            Claim.Holds(draws.Count <= 1, () => $"{caseId} was drawn for once: {string.Join(' ', draws)}");
            foreach ((string name, string prosecutor) in draws)
            {
                Claim.Holds(published.TryGetValue(name, out var draw) && draw == (caseId, prosecutor), () => $"{caseId} has {name} for {prosecutor}, published as {published.GetValueOrDefault(name)}");
                Claim.Holds(used.Add(name), () => $"{name} burdens one case");
            }
        }
        foreach ((string name, (string caseId, _)) in published)
        {
            // A draw whose case was killed before it could record it is used when the case comes again, unless that comes with its end or with somebody the office chose.
            bool superfluous = ledger.Of(caseId).Any(s => s.Event.Type is "case.reassigned" or "case.closed") || IsDecidedReview(ledger.Of(caseId));
            Claim.Holds(used.Contains(name) || superfluous || ledger.Of(caseId).Any(s => !s.Acknowledged), () => $"{name} was drawn for {caseId} and is recorded there");
        }
    }

    // A decision ends an arrest review; a prosecution goes on after it.
    private static bool IsDecidedReview(IReadOnlyList<Sent> sent) =>
        sent.Any(s => s.Event.Type == "decision.made") && sent.Any(s => s.Event.Type == "case.accepted" && JsonSerializer.SerializeToNode(s.Event.Data)!["caseType"]!.GetValue<string>() == "ARR");

    private static string Day(DateTimeOffset time) => time.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

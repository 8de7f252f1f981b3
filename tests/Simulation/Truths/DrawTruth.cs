using System.Text.Json.Nodes;
using Cluster.Cases.Assessment;
using Cluster.Cases.Assignment;
using Cluster.Contracts;
using Cluster.Law;
using Simulation.Living;

namespace Simulation.Truths;

/// <summary>Draws can be recomputed by anybody, are committed to before and told after, and are what the cases record.</summary>
internal sealed class DrawTruth(Office office, Staff staff)
{
    private readonly Dictionary<string, string> _commitments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _told = new(StringComparer.Ordinal);
    private NotTrueException? _wrong;

    /// <summary>A department published its draws; what it told is remembered.</summary>
    public void See(string department, byte[] json)
    {
        try
        {
            foreach (var day in JsonNode.Parse(json)!.AsArray()) See(department, day!);
        }
        catch (NotTrueException e)
        {
            _wrong ??= e;
        }
    }

    public void Check(Stored stored)
    {
        if (_wrong is not null) throw _wrong;
        var today = LegalTime.DateOf(office.Now);
        foreach (var department in staff.Departments)
        {
            var days = JsonNode.Parse(office.Ask(silo => silo.Grains.GetGrain<IDepartmentGrain>(department).Draws(today.AddDays(-60), today)))!.AsArray();
            foreach (var day in days)
            {
                See(department, day!);
                var isOver = string.CompareOrdinal((string?)day!["date"], today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)) < 0;
                Claim.Holds("draws", (string?)day["secret"] is not null == isOver, () => $"the secret of {department} on {day["date"]} is told when the day is over");
                if (!isOver) continue;
                var faults = DrawVerifier.Verify(day.ToJsonString());
                Claim.Holds("draws", faults.Count == 0, () => $"the draws of {department} on {day["date"]} can be recomputed: {string.Join(' ', faults)}");
            }

            AreRecorded(stored, department, today.AddDays(-60), days);
        }
    }

    private static void AreRecorded(Stored stored, string department, DateOnly from, JsonArray days)
    {
        var chosen = days.SelectMany(d => d!["draws"]!.AsArray().Select(w => ($"{department}/{d["date"]}/{w!["number"]}", ((string?)w["case"], (string?)w["chosen"])))).ToDictionary();
        foreach (var (stream, events) in stored.Streams)
        {
            foreach (var e in events.Where(e => e.Event.Source == CaseOwnership.DrawSource && e.Event.Id.StartsWith(department + "/", StringComparison.Ordinal)))
            {
                if (LegalTime.DateOf(e.Event.Time) <= from) continue;
                var prosecutor = (string?)JsonNode.Parse(e.Event.Data)!["prosecutor"];
                Claim.Holds(
                    "draws", chosen.GetValueOrDefault(e.Event.Id) == (stream["case:".Length..], prosecutor),
                    () => $"{e.Event.Id} gave {stream} to {prosecutor}, and is published as {chosen.GetValueOrDefault(e.Event.Id)}");
            }
        }
    }

    private void See(string department, JsonNode day)
    {
        var key = $"{department} on {day["date"]}";
        var commitment = (string)day["commitment"]!;
        _commitments.TryAdd(key, commitment);
        Claim.Same("draws", _commitments[key], commitment, () => $"the commitment of {key} never changes");
        if ((string?)day["secret"] is null)
        {
            Claim.Holds("draws", !_told.ContainsKey(key), () => $"the secret of {key} was told before the day was over");
            return;
        }

        // Whoever knows the secret must not find a draw that came after it.
        var draws = day["draws"]!.ToJsonString();
        _told.TryAdd(key, draws);
        Claim.Same("draws", _told[key], draws, () => $"nothing is drawn by {key} once its secret is told");
    }
}

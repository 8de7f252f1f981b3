using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Contracts;
using Simulation.Running;

namespace Simulation.Living;

/// <summary>Cases of an orderly office, which come through the year, are handled in time as a rule, and end.</summary>
internal sealed class CourseOfCases
{
    private const string Source = "/422826/tyyw";

    private readonly Dice _dice;
    private readonly List<(DateTimeOffset At, string Case, EventMessage Event)> _plan = [];
    private int _events;
    private int _next;

    public CourseOfCases(Dice dice, DateTimeOffset start, int days, int cases, IReadOnlyList<string> departments, IReadOnlyList<string> prosecutors)
    {
        _dice = dice;
        for (var i = 0; i < cases; i++)
        {
            // The last ones are begun early enough to keep somebody busy to the end.
            var begun = start.AddMinutes((double)i / cases * days * 24 * 60).AddMinutes(dice.Below(600));
            Plan(string.Create(CultureInfo.InvariantCulture, $"咸检起诉受[2026]{i + 1}号"), begun, departments, prosecutors);
        }

        _plan.Sort((a, b) => a.At.CompareTo(b.At));
    }

    /// <summary>What is reported until an instant, message by message.</summary>
    public IEnumerable<(DateTimeOffset At, string Case, EventMessage[] Events)> Until(DateTimeOffset instant)
    {
        while (_next < _plan.Count && _plan[_next].At <= instant)
        {
            var (at, caseId, e) = _plan[_next++];
            var events = new List<EventMessage> { e };
            while (_next < _plan.Count && _plan[_next].Case == caseId && _plan[_next].At - at < TimeSpan.FromMinutes(30)) events.Add(_plan[_next++].Event);
            yield return (at, caseId, [.. events]);
        }
    }

    private void Plan(string caseId, DateTimeOffset at, IReadOnlyList<string> departments, IReadOnlyList<string> prosecutors)
    {
        var arrest = _dice.Chance(0.3);
        var data = new JsonObject
        {
            ["caseType"] = arrest ? "ARR" : "PRO",
            ["procuratorate"] = "422826",
            ["department"] = _dice.One(departments),
            ["receivedOn"] = Day(at),
            ["registeredOn"] = Day(at),
            ["volumes"] = 1 + _dice.Below(12),
            ["suspects"] = new JsonArray(new JsonObject
            {
                ["suspect"] = "1",
                ["birthDate"] = _dice.One("1990-05-05", "1985-01-30", "2009-03-01"),
                ["measure"] = new JsonObject { ["kind"] = arrest ? "detention" : _dice.One("arrest", "bail", "bail"), ["from"] = Day(at.AddDays(-_dice.Below(6))), ["organ"] = "公安" },
            }),
        };
        Add(caseId, at, "case.accepted", data);
        var hour = (double days) => at.AddMinutes((days * 24 * 60) + _dice.Below(400));
        if (_dice.Chance(0.9)) Add(caseId, hour(0.5 + _dice.Below(4)), "rights.notified", new JsonObject { ["who"] = "suspect", ["suspect"] = "1" });
        Add(caseId, hour(2 + _dice.Below(3)), "suspect.interrogated", new JsonObject { ["suspect"] = "1", ["staff"] = 2 });
        if (_dice.Chance(0.5)) Add(caseId, hour(3 + _dice.Below(3)), "opinion.heard", new JsonObject { ["who"] = "defender", ["suspect"] = "1" });
        if (_dice.Chance(0.08)) Add(caseId, hour(3), "case.reassigned", new JsonObject { ["prosecutor"] = _dice.One(prosecutors), ["reason"] = "调整" });
        var length = arrest ? 5d : 12 + _dice.Below(14);
        if (!arrest && _dice.Chance(0.25))
        {
            Add(caseId, hour(length), "supplement.returned", new JsonObject { ["to"] = "police", ["outline"] = true });
            length += 10 + _dice.Below(20);
            Add(caseId, hour(length), "supplement.resubmitted", new JsonObject { ["receivedOn"] = Day(at.AddDays(length)) });
            length += 8;
        }

        Add(caseId, hour(length), "decision.made", new JsonObject { ["kind"] = arrest ? _dice.One("approve-arrest", "refuse-arrest") : _dice.One("prosecute", "prosecute", "np-discretionary") });
        Add(caseId, hour(length + 1), "case.closed", []);
        if (_dice.Chance(0.8)) Add(caseId, hour(length + 20), "case.archived", []);
    }

    // Entered within two days.
    private void Add(string caseId, DateTimeOffset time, string type, JsonObject data)
    {
        time = new DateTimeOffset(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), time.Offset);
        _plan.Add((time.AddMinutes(_dice.Chance(0.9) ? _dice.Below(300) : _dice.Below(3_000)), caseId, new EventMessage(Source, $"e-{++_events}", type, time, null, JsonSerializer.SerializeToUtf8Bytes(data))));
    }

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

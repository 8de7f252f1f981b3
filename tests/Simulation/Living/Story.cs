using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Contracts;
using Simulation.Running;

namespace Simulation.Living;

/// <summary>What the senders of an office report: plausible cases, then anything, late, early, repeated, under the wrong case, corrected and voided.</summary>
internal sealed class Story(Dice dice, int mostCases)
{
    private const string Source = "/422826/tyyw";

    private readonly List<(string Case, EventMessage Event)> _told = [];
    private readonly List<string> _cases = [];
    private int _events;

    /// <summary>The next thing somebody reports.</summary>
    public (string Case, EventMessage[] Events) Next(DateTimeOffset now, IReadOnlyList<string> departments, IReadOnlyList<string> prosecutors, IReadOnlyCollection<(string Case, EventMessage Event)> own)
    {
        if (_told.Count > 3 && dice.Chance(0.12)) return Again();
        var caseId = _cases.Count == 0 || (_cases.Count < mostCases && dice.Chance(0.3)) ? Open() : dice.One(_cases);
        var events = new List<EventMessage>();
        if (!_told.Exists(t => t.Case == caseId && t.Event.Type == "case.accepted") && (events.Count == 0 || dice.Chance(0.8))) events.Add(Accepted(now, departments));
        for (var more = dice.Below(3); more > 0 || events.Count == 0; more--) events.Add(Something(caseId, now, departments, prosecutors, own));
        // Sometimes the beginning comes last, in another message.
        if (events is [{ Type: "case.accepted" }, ..] && events.Count > 1 && dice.Chance(0.2)) events.RemoveAt(0);
        foreach (var e in events) _told.Add((caseId, e));
        events = dice.Shuffled(events);
        if (dice.Chance(0.1)) events.Add(dice.One(events));
        // A sender who does not know how far the last message got sends some of it again, with what is new.
        if (dice.Chance(0.15)) events.AddRange(_told.Where(t => t.Case == caseId).Select(t => t.Event).TakeLast(1 + dice.Below(6)));
        return (caseId, [.. events]);
    }

    private string Open()
    {
        var id = $"案{_cases.Count + 1}号";
        _cases.Add(id);
        return id;
    }

    private (string Case, EventMessage[] Events) Again()
    {
        var (caseId, e) = dice.One(_told);
        // A mistake of the sender: the same event under another case.
        return (dice.Chance(0.2) ? dice.One(_cases) : caseId, [e]);
    }

    private EventMessage Accepted(DateTimeOffset now, IReadOnlyList<string> departments)
    {
        var time = now.AddHours(-dice.Below(40));
        var type = dice.One("ARR", "ARR", "PRO", "PRO", "PRO", "EXT");
        var data = new JsonObject
        {
            ["caseType"] = type,
            ["procuratorate"] = "422826",
            ["receivedOn"] = Day(time),
            ["registeredOn"] = Day(time),
            ["fastTrack"] = dice.Chance(0.2),
            ["volumes"] = dice.Below(30),
            ["suspects"] = new JsonArray(new JsonObject
            {
                ["suspect"] = "1",
                ["birthDate"] = dice.One("1990-05-05", "2009-03-01"),
                ["measure"] = new JsonObject { ["kind"] = dice.One("detention", "arrest", "bail"), ["from"] = Day(time.AddDays(-dice.Below(20))), ["organ"] = "公安" },
            }),
        };
        if (dice.Chance(0.93)) data["department"] = dice.One(departments);
        if (_cases.Count > 1 && dice.Chance(0.4)) data["previousCase"] = dice.One(_cases);
        return Event("case.accepted", time, data);
    }

    private EventMessage Something(
        string caseId, DateTimeOffset now, IReadOnlyList<string> departments, IReadOnlyList<string> prosecutors, IReadOnlyCollection<(string Case, EventMessage Event)> own)
    {
        var time = dice.Chance(0.1) ? now.AddHours(dice.Below(20)) : now.AddHours(-dice.Below(60));
        EventMessage[] mine = [.. _told.Where(t => t.Case == caseId).Select(t => t.Event), .. own.Where(o => o.Case == caseId).Select(o => o.Event)];
        return dice.Below(13) switch
        {
            0 => Event("case.assigned", time, new JsonObject { ["prosecutor"] = dice.One(prosecutors), ["mode"] = "designated" }),
            1 => Event("case.reassigned", time, new JsonObject { ["prosecutor"] = dice.One(prosecutors), ["reason"] = "调整" }),
            2 or 3 => Event("rights.notified", time, new JsonObject { ["who"] = "suspect", ["suspect"] = "1" }),
            4 => Event("suspect.interrogated", time, new JsonObject { ["suspect"] = "1", ["staff"] = dice.One(2, 2, 1) }),
            5 => Event("measure.taken", time, new JsonObject { ["suspect"] = "1", ["kind"] = dice.One("arrest", "bail", "release"), ["from"] = Day(time) }),
            6 => Event("decision.made", time, new JsonObject { ["kind"] = dice.One("approve-arrest", "refuse-arrest", "prosecute", "np-doubt", "approve") }),
            7 => Event("supplement.returned", time, new JsonObject { ["to"] = "police", ["outline"] = dice.Chance(0.5) }),
            8 => Event("supplement.resubmitted", time, new JsonObject { ["receivedOn"] = Day(time) }),
            9 => Event(dice.One("case.closed", "case.archived"), time, []),
            10 => Event("recusal.decided", time, new JsonObject { ["prosecutor"] = dice.One(prosecutors), ["granted"] = true }),
            11 when mine.Length > 0 => Voided(dice.One(mine), time),
            12 when mine.Length > 0 => Corrected(dice.One(mine), time, now, departments, prosecutors),
            _ => Event("opinion.heard", time, new JsonObject { ["who"] = "defender", ["suspect"] = "1" }),
        };
    }

    private EventMessage Voided(EventMessage target, DateTimeOffset time) =>
        Event("event.voided", time, new JsonObject { ["source"] = target.Source, ["id"] = target.Id, ["reason"] = "录入错误" });

    private EventMessage Corrected(EventMessage target, DateTimeOffset time, DateTimeOffset now, IReadOnlyList<string> departments, IReadOnlyList<string> prosecutors)
    {
        var correction = new JsonObject { ["source"] = target.Source, ["id"] = target.Id };
        if (dice.Chance(0.3)) correction["time"] = now.AddHours(-dice.Below(100)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        correction["data"] = target.Type switch
        {
            "case.accepted" => dice.Below(4) switch
            {
                0 => new JsonObject { ["department"] = dice.One(departments) },
                1 => new JsonObject { ["receivedOn"] = Day(now.AddDays(-dice.Below(10))) },
                2 => new JsonObject { ["procuratorate"] = dice.One("422826", "422800") },
                _ => new JsonObject { ["name"] = $"案名{dice.Below(100)}", ["volumes"] = dice.Below(60) },
            },
            "case.assigned" or "case.reassigned" => new JsonObject { ["prosecutor"] = dice.One(prosecutors) },
            _ => new JsonObject { ["remark"] = "更正" },
        };
        return Event("event.corrected", time, correction);
    }

    private EventMessage Event(string type, DateTimeOffset time, JsonObject data)
    {
        // Whole seconds, as senders have them.
        time = new DateTimeOffset(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), time.Offset);
        return new EventMessage(Source, $"e-{++_events}", type, time, null, JsonSerializer.SerializeToUtf8Bytes(data));
    }

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Cases.Events;

namespace Cases.Tests.Assessment;

/// <summary>Makes histories of all kinds: plausible beginnings, then anything in any order, late, repeated, corrected, voided.</summary>
internal sealed class Histories(ulong seed)
{
    public static readonly DateTimeOffset Start = new(2026, 2, 2, 9, 0, 0, TimeSpan.FromHours(8));

    private ulong _state = seed;

    public int Below(int bound)
    {
        // SplitMix64: a test must be repeatable from its seed alone.
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)((z ^ (z >> 31)) % (ulong)bound);
    }

    public T One<T>(params T[] of) => of[Below(of.Length)];

    public bool Chance(int percent) => Below(100) < percent;

    /// <summary>Some at the same instants, as from senders that know only the day.</summary>
    public DateTimeOffset Instant() => Chance(20) ? Start.AddDays(1 + Below(8)) : Start.AddHours(Below(24 * 120)).AddMinutes(Below(60));

    public List<CaseEvent> Make(int length)
    {
        var events = new List<CaseEvent>();
        var suspects = 1 + Below(3);
        if (Chance(95)) events.Add(Event(0, "case.accepted", Start.AddHours(Below(48)), Accepted(suspects)));
        while (events.Count < length)
        {
            var number = events.Count + 1;
            if (events.Count > 1 && Chance(8))
            {
                var target = events[Below(events.Count)];
                events.Add(Chance(50)
                    ? Event(number, "event.voided", Instant(), new JsonObject { ["source"] = target.Source, ["id"] = target.Id, ["reason"] = "录入错误" })
                    : Event(number, "event.corrected", Instant(), new JsonObject { ["source"] = target.Source, ["id"] = target.Id, ["time"] = Text(Instant()) }));
                continue;
            }

            var (type, data) = Something((1 + Below(suspects)).ToString(CultureInfo.InvariantCulture));
            events.Add(Event(number, type, Instant(), data));
        }

        return events;
    }

    public List<T> Shuffled<T>(IEnumerable<T> items)
    {
        var list = items.ToList();
        for (var i = list.Count - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (list[i], list[j]) = (list[j], list[i]);
        }

        return list;
    }

    /// <summary>The same event with every date in it that of its own day.</summary>
    public static CaseEvent ToldOnTheDay(CaseEvent e)
    {
        if (e.Type == "case.accepted") return e;
        var data = (JsonObject)JsonNode.Parse(e.Raw)!;
        foreach (var field in (string[])["from", "receivedOn", "approvedOn", "otherReceivedOn"])
        {
            if (data.ContainsKey(field)) data[field] = DateOnly.FromDateTime(e.Time.DateTime).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        return EventReader.Restore(e.Source, e.Id, e.Type, e.Time, null, JsonSerializer.SerializeToUtf8Bytes(data));
    }

    private JsonObject Accepted(int suspects)
    {
        var list = new JsonArray();
        for (var i = 1; i <= suspects; i++)
        {
            list.Add(new JsonObject
            {
                ["suspect"] = i.ToString(CultureInfo.InvariantCulture),
                ["birthDate"] = One("1990-05-05", "2009-03-01", "2008-02-29"),
                ["measure"] = new JsonObject { ["kind"] = One("detention", "arrest", "bail", "residential", "none"), ["from"] = One("2025-12-28", "2026-01-20", "2026-02-01"), ["organ"] = "公安" },
            });
        }

        return new JsonObject
        {
            ["caseType"] = One("ARR", "PRO", "PRO", "PRO", "PRO-M", "ARR-D", "ARR-S", "OWN"),
            ["procuratorate"] = "422826",
            ["receivedOn"] = One("2026-02-02", "2026-02-03"),
            ["registeredOn"] = One("2026-02-03", "2026-02-05"),
            ["victims"] = Below(2),
            ["fastTrack"] = Chance(15),
            ["complex"] = Chance(20),
            ["suspects"] = list,
        };
    }

    private (string Type, JsonObject Data) Something(string suspect) => Below(19) switch
    {
        0 => ("case.assigned", new JsonObject { ["prosecutor"] = One("p1", "p2"), ["mode"] = "random" }),
        1 => ("rights.notified", new JsonObject { ["who"] = One("suspect", "victim", "plea"), ["suspect"] = suspect }),
        2 => ("suspect.interrogated", new JsonObject { ["suspect"] = suspect, ["staff"] = 2, ["guardianPresent"] = Chance(50) }),
        3 => ("opinion.heard", new JsonObject { ["who"] = One("defender", "victim", "suspect"), ["suspect"] = suspect }),
        4 or 5 => ("measure.taken", new JsonObject { ["suspect"] = suspect, ["kind"] = One("detention", "arrest", "bail", "residential", "release"), ["from"] = Day() }),
        6 => ("supplement.returned", new JsonObject { ["to"] = "police", ["outline"] = Chance(60) }),
        7 => ("supplement.resubmitted", new JsonObject { ["receivedOn"] = Day() }),
        8 => ("review.extended", new JsonObject { ["approvedOn"] = Day(), ["reason"] = One("重大复杂", "") }),
        9 => ("decision.made", new JsonObject { ["kind"] = One("prosecute", "np-doubt", "approve-arrest", "refuse-arrest"), ["suspects"] = Chance(40) ? new JsonArray(suspect) : [] }),
        10 => ("custody.transferred", new JsonObject { ["suspect"] = suspect }),
        11 => ("card.filled", new JsonObject { ["suspect"] = suspect, ["fields"] = new JsonObject { ["认罪认罚"] = One("是", "否"), ["审结处理结果"] = One("起诉", "相对不起诉") } }),
        12 => ("card.filled", new JsonObject { ["fields"] = new JsonObject { ["认罪认罚"] = One("是", "否") } }),
        13 => ("case.merged", new JsonObject { ["other"] = "o", ["dutyCrimeJoined"] = Chance(50), ["otherReceivedOn"] = Day() }),
        14 => (One("appraisal.started", "appraisal.ended"), new JsonObject { ["suspect"] = suspect }),
        15 or 16 or 17 => Property(),
        _ => ("plea.signed", new JsonObject { ["suspect"] = suspect, ["lawyerPresent"] = Chance(80) }),
    };

    private (string Type, JsonObject Data) Property() => (
        One("property.received", "property.stored", "property.moved", "property.disposed"),
        new JsonObject
        {
            ["item"] = One("1", "2", "3"),
            ["kind"] = One("物品", "款", "账户"),
            ["how"] = One("扣押", "冻结", "借用", "返还", "移送法院", "盘点"),
            ["listed"] = Below(3),
            ["counted"] = Below(3),
            ["account"] = One("6222", "6223"),
            ["until"] = Chance(50) ? Day() : null,
            ["relation"] = One("违法所得", "无关", "证据"),
        });

    private string Day() => DateOnly.FromDateTime(Instant().DateTime).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static CaseEvent Event(int number, string type, DateTimeOffset time, JsonObject data) =>
        EventReader.Restore("/test", $"e-{number}", type, time, null, JsonSerializer.SerializeToUtf8Bytes(data));
}

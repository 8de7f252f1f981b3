using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Cases.Rules;

namespace Cases.Tests.Assessment;

/// <summary>What must hold of every assessment, over histories of all case types with every step and the papers that limits wait for.</summary>
public sealed class AllCaseTypesPropertyTests
{
    private static readonly string[] Types =
        ["TRIAL1", "JUDGREV", "APPEAL2", "RETRIAL", "DEATH", "LIAN", "ZHEN", "SHEN", "JIYA", "OWN", "EXEC", "PETC", "CIVS", "ADMS", "PILA", "PILC", "CONF", "MEDI", "REV", "SUGG", "PRO", "PRO-M", "ARR"];

    private static readonly string[] Steps = [.. StepCodes.All.Keys];

    private static readonly string[] Papers =
        ["要求说明不立案理由通知书", "通知立案书", "通知撤销案件书", "纠正违法通知书", "立案监督案件催办函", "检察建议书", "再审检察建议书", "不支持监督申请决定书", "受理通知书", "阅卷笔录", "公告", "国家赔偿决定书", "答复", "监督申请书副本", "民事抗诉书", "公益诉讼起诉书", "立案决定书", "起诉意见书"];

    private static readonly string[] Decisions = ["prosecute", "np-doubt", "protest", "retrial-suggestion", "suggestion", "no-support", "terminate", "file", "suggest", "sue", "refuse", "maintain", "change", "refuse-arrest"];

    [Fact]
    public void Arrival_order_does_not_matter()
    {
        foreach (var (events, now, made) in Many(600))
        {
            var expected = Body(CaseHistory.Of(events), now);
            var history = CaseHistory.Empty;
            foreach (var e in made.Shuffled(events)) history = history.Add([e]);
            Assert.Equal(expected, Body(history, now));
        }
    }

    [Fact]
    public void Nothing_changes_before_the_next_change()
    {
        var found = new HashSet<string>();
        foreach (var (events, now, made) in Many(600))
        {
            var history = CaseHistory.Of(events);
            var assessment = Assess(history, now);
            var end = assessment.NextChange ?? now.AddDays(400);
            Assert.True(end > now);
            var between = now + ((end - now) * (made.Below(1000) / 1000.0));
            Assert.Equal(Keys(assessment), Keys(Assess(history, between)));
            Assert.Equal(Keys(assessment), Keys(Assess(history, end.AddTicks(-1))));
            foreach (var finding in assessment.Findings) found.Add(finding.Rule.Id);
        }

        // The histories reach the rules of these limits.
        string[] reached = ["QX-032", "QX-033", "QX-034", "QX-046", "QX-047", "QX-048", "QX-051", "QX-052", "QX-054", "QX-055", "QX-056", "QX-057", "QX-060", "QX-063", "QX-065"];
        Assert.Empty(reached.Except(found));
    }

    [Fact]
    public void Findings_and_deadlines_have_names_of_their_own_and_proofs_of_their_dates()
    {
        foreach (var (events, now, _) in Many(600))
        {
            var assessment = Assess(CaseHistory.Of(events), now);
            var findings = assessment.Findings.Select(f => (f.Rule.Id, f.Subject, f.Instance)).ToList();
            Assert.Equal(findings.Count, findings.Distinct().Count());
            var clocks = assessment.Clocks.Select(c => (c.Binding.Id, c.Subject, c.Instance)).ToList();
            Assert.Equal(clocks.Count, clocks.Distinct().Count());
            Assert.All(assessment.Findings, f => Assert.True(f.RaisedAt <= now && (f.ClearedAt is null || f.ClearedAt >= f.RaisedAt)));
            Assert.All(assessment.Clocks, c => Assert.Equal(c.Due, Cluster.Law.LimitClock.Prove(c.Term, Cluster.Law.HolidayCalendar.Default).Due));
        }
    }

    private static IEnumerable<(List<CaseEvent> Events, DateTimeOffset Now, Histories Made)> Many(int count)
    {
        for (ulong seed = 50_001; seed <= 50_000 + (ulong)count; seed++)
        {
            var made = new Histories(seed);
            yield return (Events(made, 4 + made.Below(24)), made.Instant().AddDays(made.Below(150)), made);
        }
    }

    private static List<CaseEvent> Events(Histories made, int length)
    {
        var type = made.One(Types);
        var events = new List<CaseEvent> { Event(0, "case.accepted", Histories.Start.AddHours(made.Below(48)), Accepted(made, type)) };
        while (events.Count < length)
        {
            var (name, data) = Something(made);
            events.Add(Event(events.Count, name, made.Instant(), data));
        }

        return events;
    }

    private static JsonObject Accepted(Histories made, string type)
    {
        var data = new JsonObject
        {
            ["caseType"] = type,
            ["procuratorate"] = "422826",
            ["receivedOn"] = made.One("2026-02-02", "2026-02-03"),
            ["registeredOn"] = made.One("2026-02-03", "2026-02-05"),
            ["complex"] = made.Chance(20),
            ["suspects"] = made.Chance(60) ? new JsonArray(new JsonObject { ["suspect"] = "1", ["measure"] = new JsonObject { ["kind"] = made.One("arrest", "bail"), ["from"] = "2026-01-20" } }) : [],
        };
        if (made.Chance(60)) data["sentBy"] = new JsonObject { ["kind"] = made.One("citizen", "police", "own", "court") };
        if (type == "PETC" && made.Chance(70)) data["petition"] = made.One("letter", "compensation", "compensation", "criminal-petition", "relief", "article-117", "obstruction");
        if (made.Chance(20)) data["rulingOn"] = "2025-06-01";
        return data;
    }

    private static (string Type, JsonObject Data) Something(Histories made) => made.Below(12) switch
    {
        0 or 1 or 2 => ("step.recorded", new JsonObject { ["step"] = made.One(Steps) }),
        3 => ("step.recorded", new JsonObject { ["step"] = made.One("review-suspended", "review-resumed", "exclusion-started", "exclusion-ended", "trial-suspended", "trial-resumed", "pre-suit-notice") }),
        4 or 5 => (made.One("document.issued", "document.served", "document.served"), new JsonObject { ["doc"] = new JsonObject { ["code"] = made.Chance(30) ? "检察建议书" : made.One(Papers) }, ["urgent"] = made.Chance(20) }),
        6 => ("decision.made", new JsonObject { ["kind"] = made.One(Decisions) }),
        7 => ("judgment.received", new JsonObject { ["kind"] = made.One("judgment", "ruling"), ["judgedOn"] = Day(made) }),
        8 => (made.One("court.accepted", "court.adjourned", "court.resumed", "judgment.effective"), []),
        9 => (made.One("protest.requested", "protest.answered", "protest.filed", "judgment.reviewed"), new JsonObject { ["conclusion"] = made.One("同意", "拟抗诉") }),
        10 => (made.One("supervision.noticed", "supervision.replied"), new JsonObject { ["alert"] = made.One("a", "b"), ["kind"] = made.One("oral", "written") }),
        _ => (made.One("review.extended", "reconsideration.requested"), new JsonObject { ["approvedOn"] = Day(made), ["of"] = made.One("通知撤销案件", "赔偿"), ["level"] = made.One("same", "superior") }),
    };

    private static string Day(Histories made) => DateOnly.FromDateTime(made.Instant().DateTime).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static CaseEvent Event(int number, string type, DateTimeOffset time, JsonObject data) =>
        EventReader.Restore("/test", $"e-{number}", type, time, null, JsonSerializer.SerializeToUtf8Bytes(data));

    private static CaseAssessment Assess(CaseHistory history, DateTimeOffset now) => Assessor.Default.Assess(history, now, Observability.Full);

    private static List<string> Keys(CaseAssessment assessment) =>
        [.. assessment.Findings.Select(f => $"{f.Rule.Id}/{f.Subject}/{f.Instance}/{f.Level}/{f.RaisedAt:O}/{f.ClearedAt:O}").Order(StringComparer.Ordinal)];

    private static string Body(CaseHistory history, DateTimeOffset now) =>
        Encoding.UTF8.GetString(CaseJson.Case("c", history, Assess(history, now), static (_, _) => Handling.None));
}

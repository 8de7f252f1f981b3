using System.Text.Json;
using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Cases.Rules;

namespace Cases.Tests.Rules;

public sealed class RightsRuleTests
{
    private const string Accepted = """{"caseType":"PRO","procuratorate":"422826","receivedOn":"2026-03-02","victims":1,"suspects":[{"suspect":"1"},{"suspect":"2","unit":true},{"suspect":"3","defender":{"name":"律师","kind":"lawyer"}}],"sentBy":{"kind":"police"}}""";

    [Theory]
    [InlineData("/cluster/draw", 0)]
    [InlineData("/office", 4)]
    public void What_the_system_drew_itself_sets_off_no_rule_of_assignment(string source, int expected)
    {
        var findings = Assess(
            "2026-03-02T18:00:00+08:00",
            Event("case.accepted", "2026-03-02T09:00:00+08:00", Accepted),
            Event("case.assigned", "2026-03-02T10:00:00+08:00", """{"prosecutor":"p1","mode":"designated","conflict":"relation","handler":{"status":"leave"},"linked":{"case":"c","prosecutor":"p2"}}""", source));
        Assert.Equal(expected, findings.Count(f => f.Rule.Id is "FA-001" or "FA-003" or "FA-004" or "FA-007" or "FA-010"));
    }

    [Fact]
    public void A_non_prosecution_is_owed_to_each_addressee_the_suspect_has_and_to_no_other()
    {
        var findings = Assess(
            "2026-03-20T09:00:00+08:00",
            Event("case.accepted", "2026-03-02T09:00:00+08:00", Accepted),
            Event("decision.made", "2026-03-04T09:00:00+08:00", """{"kind":"np-doubt"}"""),
            Event("decision.served", "2026-03-05T09:00:00+08:00", """{"to":"police"}"""),
            Event("decision.served", "2026-03-05T10:00:00+08:00", """{"to":"suspect","suspect":"1"}"""),
            Event("decision.served", "2026-03-05T11:00:00+08:00", """{"to":"victim","suspect":"3","remediesTold":true}"""));
        Assert.Equal(
            ["1 被害人/1", "2 被不起诉单位/1", "2 被害人/1", "3 被不起诉人/1", "3 辩护人/1"],
            findings.Where(f => f.Rule.Id == "SQ-025").Select(f => $"{f.Subject} {f.Instance}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_the_suspects_decided_on_are_owed_anything()
    {
        var findings = Assess(
            "2026-03-20T09:00:00+08:00",
            Event("case.accepted", "2026-03-02T09:00:00+08:00", Accepted),
            Event("decision.made", "2026-03-04T09:00:00+08:00", """{"kind":"np-discretionary","suspects":["1"]}"""),
            Event("decision.made", "2026-03-04T10:00:00+08:00", """{"kind":"prosecute","suspects":["2","3"]}"""));
        Assert.All(findings.Where(f => f.Rule.Id is "SQ-024" or "SQ-025"), f => Assert.Equal("1", f.Subject));
        Assert.Equal("3", Assert.Single(findings, f => f.Rule.Id == "SQ-020").Subject);
    }

    [Fact]
    public void Two_events_of_different_types_that_break_one_rule_are_two_findings()
    {
        var findings = Assess(
            "2026-03-20T09:00:00+08:00",
            Event("case.accepted", "2026-03-02T09:00:00+08:00", Accepted),
            Event("suspect.interrogated", "2026-03-04T09:00:00+08:00", """{"suspect":"1","staff":1}"""),
            Event("step.recorded", "2026-03-04T10:00:00+08:00", """{"step":"witness-questioned","suspect":"1","staff":1}"""));
        Assert.Equal(["1", "step.recorded/1"], findings.Where(f => f.Rule.Id == "SQ-016").Select(f => f.Instance));
    }

    [Fact]
    public void A_list_given_empty_is_told_from_one_not_given()
    {
        Assert.True(Event("defender.registered", "2026-03-04T09:00:00+08:00", """{"suspect":"1","name":"a","kind":"lawyer","papers":[]}""").Data.HasList("papers"));
        Assert.False(Event("defender.registered", "2026-03-04T09:00:00+08:00", """{"suspect":"1","name":"a","kind":"lawyer"}""").Data.HasList("papers"));
    }

    private static int next;

    private static CaseEvent Event(string type, string time, string data, string source = "/office")
    {
        using var document = JsonDocument.Parse(
            $$"""{"specversion":"1.0","id":"r-{{Interlocked.Increment(ref next)}}","source":"{{source}}","type":"{{type}}","subject":"c","time":"{{time}}","data":{{data}}}""");
        var reading = EventReader.Read(document.RootElement, DateTimeOffset.Parse("2026-12-31T00:00:00+08:00", System.Globalization.CultureInfo.InvariantCulture));
        return reading.Event ?? throw new InvalidOperationException($"{reading.Problem}: {data}");
    }

    private static IReadOnlyList<Finding> Assess(string at, params CaseEvent[] events) => Assessor.Default
        .Assess(CaseHistory.Of(events), DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture), Observability.Full).Findings;
}

using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Cases.Rules;

namespace Cases.Tests.Rules;

/// <summary>Rules that look at each item of property for itself.</summary>
public sealed class ItemTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 20, 9, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void Each_item_has_a_finding_of_its_own_that_names_it()
    {
        var findings = Assess(
            Event("a", "case.accepted", "2026-03-02T09:00:00+08:00", """{"caseType":"PRO","procuratorate":"422826","receivedOn":"2026-03-02","suspects":[{"suspect":"1"}]}"""),
            Event("b", "property.received", "2026-03-02T10:00:00+08:00", """{"item":"手机1","kind":"物品"}"""),
            Event("c", "property.received", "2026-03-02T10:00:00+08:00", """{"item":"手机2","kind":"物品"}"""),
            Event("d", "property.received", "2026-03-02T10:00:00+08:00", """{"item":"手机3","kind":"物品"}"""),
            Event("e", "property.stored", "2026-03-03T10:00:00+08:00", """{"item":"手机2"}""")).Findings.Where(f => f.Rule.Id == "CW-002").ToList();

        Assert.Equal(["手机1", "手机3"], findings.Select(f => f.Instance));
        Assert.All(findings, f => Assert.Equal(("case", f.Instance), (f.Subject, f.Detail)));
    }

    [Fact]
    public void A_step_that_names_no_item_concerns_every_item()
    {
        var findings = Assess(
            Event("a", "case.accepted", "2026-03-02T09:00:00+08:00", """{"caseType":"PRO","procuratorate":"422826","receivedOn":"2026-03-02","suspects":[{"suspect":"1"}]}"""),
            Event("b", "property.received", "2026-03-02T10:00:00+08:00", """{"item":"1","kind":"物品"}"""),
            Event("c", "property.received", "2026-03-02T10:00:00+08:00", """{"item":"2","kind":"物品"}"""),
            Event("d", "step.recorded", "2026-03-03T10:00:00+08:00", """{"step":"property-kept-outside"}""")).Findings;

        Assert.DoesNotContain(findings, f => f.Rule.Id == "CW-002");
    }

    [Fact]
    public void The_next_change_is_when_the_first_item_is_due()
    {
        var at = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.FromHours(8));
        var assessment = Assessor.Default.Assess(
            CaseHistory.Of(
            [
                Event("a", "case.accepted", "2026-03-02T09:00:00+08:00", """{"caseType":"SUGG","procuratorate":"422826","receivedOn":"2026-03-02","suspects":[]}"""),
                Event("a2", "case.assigned", "2026-03-02T09:00:00+08:00", """{"prosecutor":"p1","mode":"random"}"""),
                Event("b", "property.received", "2026-03-02T10:00:00+08:00", """{"item":"1","kind":"物品"}"""),
            ]),
            at);

        Assert.True(assessment.NextChange <= new DateTimeOffset(2026, 3, 4, 0, 0, 0, TimeSpan.FromHours(8)));
    }

    [Fact]
    public void The_number_of_a_frozen_account_is_masked_in_the_history()
    {
        var e = Event("b", "property.received", "2026-03-02T10:00:00+08:00", """{"item":"1","kind":"账户","account":"6222000011112222333"}""");

        Assert.DoesNotContain("00001111", EventSummary.Masked(e), StringComparison.Ordinal);
        Assert.DoesNotContain("6222", EventSummary.Of(e), StringComparison.Ordinal);
    }

    private static CaseAssessment Assess(params CaseEvent[] events) => Assessor.Default.Assess(CaseHistory.Of(events), Now, Observability.Full);

    private static CaseEvent Event(string id, string type, string time, string data) =>
        EventReader.Restore("/test", id, type, DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture), null, System.Text.Encoding.UTF8.GetBytes(data));
}

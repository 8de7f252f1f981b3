using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Cases.Rules;
using Cluster.Law;

namespace Cases.Tests.Authoring;

/// <summary>Rules that are silent where another has found the same, when one of the two changes.</summary>
public sealed class ComparisonTests
{
    private static readonly DateTimeOffset Later = new(2026, 3, 20, 9, 0, 0, TimeSpan.FromHours(8));

    /// <summary>An arrest review that took eight days by its events and by its card.</summary>
    private static readonly CaseHistory TooLong = CaseHistory.Of(
    [
        Event("a", "case.accepted", "2026-03-02", """{"caseType":"ARR","procuratorate":"422826","receivedOn":"2026-03-02","suspects":[{"suspect":"1","measure":{"kind":"detention","from":"2026-02-25"}}]}"""),
        Event("d", "decision.made", "2026-03-10", """{"kind":"approve-arrest"}"""),
        Event("c", "card.filled", "2026-03-11", """{"suspect":"1","fields":{"受理日期":"2026-03-02","审结日期":"2026-03-10"}}"""),
    ]);

    [Fact]
    public void Without_the_rule_it_yields_to_a_card_check_speaks_and_a_backtest_tells()
    {
        Assert.DoesNotContain(Assessor.Default.Assess(TooLong, Later, Observability.Full).Findings, f => f.Rule.Id == "K-009");
        var draft = OfficeRules.Restore(Catalogue.Default.Rules.Single(r => r.Id == "QX-001").Yaml.Replace("  category:", "  until: 2013-01-01\n  category:", StringComparison.Ordinal), Catalogue.Default);
        var tally = new ComparisonTally();
        Assert.True(new RuleComparison(Catalogue.Default, draft, null, HolidayCalendar.Default, Later).Compare("c", TooLong, _ => Observability.Full, tally));
        Assert.Equal((1L, 0L), (tally.Rules["QX-001"].Removed, tally.Rules["QX-001"].Added));
        Assert.Equal((0L, 1L), (tally.Rules["K-009"].Removed, tally.Rules["K-009"].Added));
        Assert.Equal(2, tally.ChangesTotal);
    }

    [Fact]
    public void A_card_check_yields_on_trial_and_in_a_version_of_an_office_too()
    {
        var same = OfficeRules.Restore(Catalogue.Default.Rules.Single(r => r.Id == "K-009").Yaml, Catalogue.Default);
        var tried = new Assessor(Catalogue.Default.With([], [new RuleTrial(same, "t", null)]), HolidayCalendar.Default).Assess(TooLong, Later, Observability.Full);
        Assert.Empty(Assert.Single(tried.Tried).Findings);

        var limit = OfficeRules.Restore(Catalogue.Default.Rules.Single(r => r.Id == "QX-001").Yaml, Catalogue.Default);
        var published = new RulePublication(limit, 1, null, new DateOnly(2026, 1, 1), "leader", Later);
        var found = new Assessor(Catalogue.Default.With([published], []), HolidayCalendar.Default).Assess(TooLong, Later, Observability.Full).Findings;
        Assert.Equal(["QX-001"], found.Where(f => f.Rule.Id is "QX-001" or "K-009").Select(f => f.Rule.Id));
    }

    private static CaseEvent Event(string id, string type, string day, string data) =>
        EventReader.Restore("/test", id, type, new DateTimeOffset(DateOnly.Parse(day), new TimeOnly(9, 0), TimeSpan.FromHours(8)), null, JsonSerializer.SerializeToUtf8Bytes(JsonNode.Parse(data)));
}

using Cluster.Cases.Rules;

namespace Cases.Tests.Rules;

public sealed class ObservabilityTests
{
    [Fact]
    public void The_end_of_investigative_custody_is_watched_unless_the_office_does_not_link_its_cases()
    {
        var rule = Catalogue.Default.Rules.Single(r => r.Id == "QX-024");
        Assert.False(Catalogue.Default.IsUnobservable(rule, Observability.Default));
        Assert.True(Catalogue.Default.IsUnobservable(rule, Observability.Of([], ["transferred-for-prosecution"])));
    }

    [Fact]
    public void A_rule_stays_silent_where_none_of_its_evidence_is_reported()
    {
        var rule = Catalogue.Default.Rules.Single(r => r.Id == "SQ-001");
        Assert.False(Catalogue.Default.IsUnobservable(rule, Observability.Default));
        Assert.True(Catalogue.Default.IsUnobservable(rule, Observability.Of([], ["rights.notified"])));
    }

    [Theory]
    [InlineData("SQ-020", "defender-told")]
    [InlineData("SQ-023", "handler-told")]
    [InlineData("SQ-030", "party-heard")]
    [InlineData("SQ-031", "defender-chosen")]
    [InlineData("GK-001", "document-published")]
    [InlineData("GK-004", "information-pushed")]
    [InlineData("AK-003", "card-unlocked")]
    public void A_duty_that_only_a_step_tells_is_watched_only_where_the_step_is_declared(string id, string step)
    {
        var rule = Catalogue.Default.Rules.Single(r => r.Id == id);
        Assert.True(Catalogue.Default.IsUnobservable(rule, Observability.Default));
        Assert.False(Catalogue.Default.IsUnobservable(rule, Observability.Of([step], [])));
    }

    [Theory]
    [InlineData("SQ-025", "decision.served")]
    [InlineData("SQ-027", "opinion.heard")]
    [InlineData("AK-002", "card.filled")]
    public void A_duty_told_by_events_is_watched_unless_they_are_switched_off(string id, string type)
    {
        var rule = Catalogue.Default.Rules.Single(r => r.Id == id);
        Assert.False(Catalogue.Default.IsUnobservable(rule, Observability.Default));
        string[] types = [.. rule.Template.Evidence.Where(t => t.Step is null).Select(t => t.Type).Distinct()];
        Assert.Contains(type, types);
        Assert.True(Catalogue.Default.IsUnobservable(rule, Observability.Of([], types)));
    }
}

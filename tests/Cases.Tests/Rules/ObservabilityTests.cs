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
}

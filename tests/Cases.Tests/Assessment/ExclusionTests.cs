using Cluster.Law;

namespace Cases.Tests.Assessment;

/// <summary>While time is left out of a limit the limit stands still; when that is over its days are added.</summary>
public sealed class ExclusionTests
{
    private static Told Civil => Told.Case("CIVS", "2026-03-02");

    private static Told Review(params string[] suspects) => Told.Case(
        "PRO", "2026-02-09", $$"""{"suspects":[{{string.Join(',', suspects.Select(s => $$"""{"suspect":"{{s}}","measure":{"kind":"arrest","from":"2026-01-10"} }"""))}}]}""");

    [Fact]
    public void While_it_lasts_the_limit_is_stopped_and_nothing_changes_by_time()
    {
        var told = Civil.Step("2026-03-03", "acceptance-told").Step("2026-04-01", "review-suspended");
        var clock = told.Clock("T-D25", "2026-09-01");
        Assert.True(clock.Stopped);
        Assert.Equal(Told.At("2026-04-01"), clock.EndedAt);
        Assert.Equal(new DateOnly(2026, 6, 2), clock.Due.DueOn);
        Assert.Equal("review-suspended", clock.EndEvent?.Data["step"].Text);
        Assert.Null(told.Assess("2026-09-01").NextDue);
        Assert.Equal(clock.Due, told.Clock("T-D25", "2026-12-01").Due);
    }

    [Fact]
    public void When_it_is_over_the_days_are_added_and_proved()
    {
        var clock = Civil.Step("2026-04-01", "review-suspended").Step("2026-05-01", "review-resumed").Clock("T-D25", "2026-05-10");
        Assert.False(clock.Stopped);
        Assert.Null(clock.EndedAt);
        Assert.Equal(new DateOnly(2026, 7, 2), clock.Due.DueOn);
        var proof = LimitClock.Prove(clock.Term, HolidayCalendar.Default);
        Assert.Equal(clock.Due, proof.Due);
        Assert.Equal(30, proof.Steps.Single(step => step.Kind == ProofStep.Excluded).Days);
    }

    [Fact]
    public void What_was_warned_of_is_cleared_while_the_limit_stands_still()
    {
        var told = Civil.Step("2026-05-20", "review-suspended");
        var finding = Assert.Single(told.Assess("2026-06-20").Findings, f => f.Rule.Id == "QX-054");
        Assert.Equal(("W1", Told.At("2026-05-20")), (finding.Level, finding.ClearedAt));
    }

    [Fact]
    public void A_decision_while_it_stands_still_meets_it()
    {
        var clock = Civil.Step("2026-04-01", "review-suspended").Then("2026-08-01", "decision.made", """{"kind":"terminate"}""").Clock("T-D25", "2026-09-01");
        Assert.False(clock.Stopped);
        Assert.Equal(Told.At("2026-08-01"), clock.EndedAt);
        Assert.True(clock.EndedAt < clock.Due.ExpiresAt);
    }

    [Fact]
    public void An_expired_limit_does_not_stand_still_any_more()
    {
        var told = Civil.Step("2026-06-10", "review-suspended");
        Assert.Null(told.Clock("T-D25", "2026-07-01").EndedAt);
        Assert.Equal("L2", Assert.Single(told.Assess("2026-07-01").Findings, f => f.Rule.Id == "QX-054").Level);
    }

    [Fact]
    public void Time_that_overlaps_is_left_out_once()
    {
        var clock = Civil
            .Step("2026-04-01", "review-suspended").Step("2026-04-10", "exclusion-started")
            .Step("2026-04-21", "exclusion-ended").Step("2026-05-01", "review-resumed").Clock("T-D25", "2026-05-10");
        Assert.Equal(new DateOnly(2026, 7, 2), clock.Due.DueOn);
    }

    [Fact]
    public void A_review_leaves_out_what_all_suspects_have_left_out()
    {
        var told = Review("1", "2")
            .Then("2026-02-12", "appraisal.started", """{"suspect":"1"}""")
            .Then("2026-02-14", "appraisal.started", """{"suspect":"2"}""")
            .Then("2026-02-22", "appraisal.ended", """{"suspect":"2"}""")
            .Then("2026-02-26", "appraisal.ended", """{"suspect":"1"}""");
        Assert.Equal(new DateOnly(2026, 3, 17), told.Clock("T-B05", "2026-03-01").Due.DueOn);
    }

    [Fact]
    public void A_review_goes_on_while_one_of_its_suspects_is_not_under_appraisal() =>
        Assert.Null(Review("1", "2").Then("2026-02-12", "appraisal.started", """{"suspect":"1"}""").Clock("T-B05", "2026-03-01").EndedAt);

    [Fact]
    public void A_review_stands_still_once_every_suspect_is_under_appraisal()
    {
        var clock = Review("1", "2")
            .Then("2026-02-12", "appraisal.started", """{"suspect":"1"}""")
            .Then("2026-02-14", "appraisal.started", """{"suspect":"2"}""").Clock("T-B05", "2026-04-01");
        Assert.Equal((Told.At("2026-02-14"), true), (clock.EndedAt, clock.Stopped));
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Law;

namespace Cases.Tests.Assessment;

public sealed class ExtensionTests
{
    private int _number;

    [Fact]
    public void Custody_for_investigation_is_prolonged_by_one_two_and_two_months()
    {
        var history = Arrested("2026-03-06", Extended("2026-05-04"), Extended("2026-06-03"), Extended("2026-08-04"), Extended("2026-10-05"));
        var clock = Assert.Single(Assess(history, "2026-10-06").Clocks, c => c.Binding.Id == "T-A17");
        Assert.Equal(["2026-05-06", "2026-06-06", "2026-08-06", "2026-10-06"], Enumerable.Range(0, clock.PhaseCount).Select(i => clock.Phase(i).Due.DueOn.ToString("yyyy-MM-dd")));
        Assert.Equal(clock.Due, LimitClock.Prove(clock.Term, HolidayCalendar.Default).Due);
    }

    [Fact]
    public void A_prolongation_after_the_end_changes_nothing_and_does_not_stand_in_the_way_of_none()
    {
        var clock = Assert.Single(Assess(Arrested("2026-03-06", Extended("2026-05-07")), "2026-06-01").Clocks, c => c.Binding.Id == "T-A17");
        Assert.Equal(new DateOnly(2026, 5, 6), clock.Due.DueOn);
        Assert.Empty(clock.Extensions);
    }

    [Theory]
    [InlineData("QX-024", "1", "1/extended-1")]
    [InlineData("QZ-001", "T-A17/1", "T-A17/1/extended-1")]
    public void What_was_warned_of_before_an_extension_is_cleared_by_it_and_not_forgotten(string rule, string before, string after)
    {
        var history = Arrested("2026-03-06", Extended("2026-05-05"));
        var warned = Assert.Single(Assess(history, "2026-05-05T08:59").Findings, f => f.Rule.Id == rule && f.Instance == before);
        var cleared = Assert.Single(Assess(history, "2026-05-20").Findings, f => f.Rule.Id == rule && f.Instance == before);
        Assert.Null(warned.ClearedAt);
        Assert.Equal(warned.Steps, cleared.Steps);
        Assert.Equal(At("2026-05-05"), cleared.ClearedAt);
        Assert.Equal("investigative-custody-extended", cleared.Evidence[^1].Data["step"].Text);

        var next = Assert.Single(Assess(history, "2026-06-07").Findings, f => f.Rule.Id == rule && f.Instance == after);
        Assert.Equal("L3", next.Level);
        Assert.Equal(new DateOnly(2026, 6, 6), next.Due?.DueOn);
    }

    [Fact]
    public void Whoever_is_arrested_after_the_transfer_is_not_held_for_investigation()
    {
        var history = Arrested("2026-03-06", Event("2026-03-03", "step.recorded", new() { ["step"] = "transferred-for-prosecution" }));
        Assert.DoesNotContain(Assess(history, "2026-09-01").Findings, f => f.Rule.Id == "QX-024" || f.Instance.StartsWith("T-A17", StringComparison.Ordinal));
    }

    [Fact]
    public void Bail_in_an_arrest_case_ends_for_it_with_the_transfer()
    {
        var history = Arrested(
            "2026-03-06",
            Event("2026-04-01", "measure.taken", new() { ["suspect"] = "1", ["kind"] = "bail", ["from"] = "2026-04-01" }),
            Event("2026-07-01", "step.recorded", new() { ["step"] = "transferred-for-prosecution" }));
        var clock = Assert.Single(Assess(history, "2027-06-01").Clocks, c => c.Binding.Id == "T-A21");
        Assert.Equal(At("2026-07-01"), clock.EndedAt);
        Assert.True(clock.Stopped);
    }

    [Fact]
    public void A_release_shortly_before_the_end_clears_the_warning_of_custody_though_the_limit_now_rolls()
    {
        // The month ends on Saturday 2026-03-14; at large it rolls to Monday.
        var history = CaseHistory.Of(
        [
            Event("2026-02-14", "case.accepted", Accepted("PRO", "2026-02-14", "arrest")),
            Event("2026-03-12", "measure.taken", new() { ["suspect"] = "1", ["kind"] = "bail", ["from"] = "2026-03-12" }),
        ]);
        var warned = Assert.Single(Assess(history, "2026-03-12T08:00").Findings, f => f.Rule.Id == "QZ-001");
        var later = Assess(history, "2026-06-01");
        Assert.Equal(new DateOnly(2026, 3, 16), later.Clocks.Single(c => c.Binding.Id == "T-B05").Due.DueOn);
        var cleared = Assert.Single(later.Findings, f => f.Rule.Id == "QZ-001");
        Assert.Equal(warned.Steps, cleared.Steps);
        Assert.Equal(At("2026-03-12"), cleared.ClearedAt);
    }

    [Fact]
    public void The_detention_after_retention_is_left_out_of_the_review_until_a_measure_is_decided()
    {
        var history = Retained(Event("2026-03-11", "measure.taken", new() { ["suspect"] = "1", ["kind"] = "arrest", ["from"] = "2026-03-11" }));
        Assert.Equal(new DateOnly(2026, 4, 11), Review(history, "2026-03-20").Due.DueOn);
    }

    [Fact]
    public void While_nothing_is_decided_the_review_moves_with_every_day_and_stands_still_after_fourteen()
    {
        var history = Retained();
        Assert.Equal(new DateOnly(2026, 4, 7), Review(history, "2026-03-07").Due.DueOn);
        Assert.Equal(At("2026-03-08T00:00"), Assess(history, "2026-03-07").NextChange);
        Assert.Equal(new DateOnly(2026, 4, 16), Review(history, "2026-03-16").Due.DueOn);
        Assert.Equal(new DateOnly(2026, 4, 16), Review(history, "2026-03-25").Due.DueOn);
    }

    [Fact]
    public void A_limit_whose_end_nobody_reports_is_listed_until_it_has_run_out_but_never_the_next_one()
    {
        var history = CaseHistory.Of(
        [
            Event("2026-02-09", "case.accepted", Accepted("PRO", "2026-02-09", "bail")),
            Event("2026-02-10", "measure.taken", new() { ["suspect"] = "1", ["kind"] = "bail", ["from"] = "2026-02-10", ["deposit"] = 5000 }),
        ]);
        var running = Assess(history, "2026-02-11");
        Assert.Contains(running.Clocks, c => c.Binding.Id == "T-A25");
        Assert.NotEqual("T-A25", running.NextDue?.Limit);
        Assert.DoesNotContain(Assess(history, "2026-03-01").Clocks, c => c.Binding.Id == "T-A25");
    }

    private CaseHistory Arrested(string day, params CaseEvent[] then) => CaseHistory.Of(
    [
        Event("2026-03-02", "case.accepted", Accepted("ARR", "2026-03-02", "detention")),
        Event("2026-03-05", "decision.made", new() { ["kind"] = "approve-arrest" }),
        Event(day, "measure.taken", new() { ["suspect"] = "1", ["kind"] = "arrest", ["from"] = day }),
        .. then,
    ]);

    private CaseHistory Retained(params CaseEvent[] then) => CaseHistory.Of(
    [
        Event("2026-03-02", "case.accepted", Accepted("PRO", "2026-03-02", "retention")),
        Event("2026-03-02T10:00", "measure.taken", new() { ["suspect"] = "1", ["kind"] = "detention", ["from"] = "2026-03-02" }),
        .. then,
    ]);

    private CaseEvent Extended(string day) => Event(day, "step.recorded", new() { ["step"] = "investigative-custody-extended" });

    private static JsonObject Accepted(string type, string received, string measure) => new()
    {
        ["caseType"] = type,
        ["procuratorate"] = "422826",
        ["receivedOn"] = received,
        ["suspects"] = new JsonArray(new JsonObject { ["suspect"] = "1", ["measure"] = new JsonObject { ["kind"] = measure, ["from"] = "2026-01-20" } }),
    };

    private static ClockInstance Review(CaseHistory history, string day) => Assess(history, day).Clocks.Single(c => c.Binding.Id == "T-B05");

    private static CaseAssessment Assess(CaseHistory history, string at) => Assessor.Default.Assess(history, At(at));

    private CaseEvent Event(string at, string type, JsonObject data) =>
        EventReader.Restore("/test", $"e-{++_number}", type, At(at), null, JsonSerializer.SerializeToUtf8Bytes(data));

    /// <summary>A day means 09:00 of it.</summary>
    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(
        text.Contains('T', StringComparison.Ordinal) ? text + ":00+08:00" : text + "T09:00:00+08:00", System.Globalization.CultureInfo.InvariantCulture);
}

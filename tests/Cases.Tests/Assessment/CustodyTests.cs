using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Cases.Rules;
using Cluster.Law;

namespace Cases.Tests.Assessment;

/// <summary>Custody and the other measures of each suspect, where they change on the way.</summary>
public sealed class CustodyTests
{
    private int _number;

    [Fact]
    public void Custody_for_investigation_counts_anew_from_the_discovery_of_another_crime()
    {
        var clocks = Clocks("T-A17", "2026-06-01", "ARR", Measure("2026-03-06", "1", "arrest", "公安"), Step("2026-04-10", "custody-recalculated"));
        Assert.Equal(["1", "2"], clocks.Select(c => c.Instance));
        Assert.True(clocks[0].Stopped);
        Assert.Equal(new DateOnly(2026, 6, 10), clocks[1].Due.DueOn);
    }

    [Fact]
    public void Whoever_is_arrested_again_goes_on_where_custody_left_off()
    {
        // Thirty days served, thirty-one left of the two months that run to 2026-05-06.
        var clocks = Clocks(
            "T-A17", "2026-05-20", "ARR", Measure("2026-03-06", "1", "arrest", "公安"), Measure("2026-04-05", "1", "bail", "公安"), Measure("2026-05-01", "1", "arrest", "公安"));
        Assert.Equal(new DateOnly(2026, 6, 1), clocks[^1].Due.DueOn);
        Assert.Equal(At("2026-05-01"), clocks[^1].AppliesFrom);
        Assert.Equal(clocks[^1].Due, LimitClock.Prove(clocks[^1].Term, HolidayCalendar.Default).Due);
    }

    [Fact]
    public void Custody_of_one_suspect_says_nothing_of_another()
    {
        var clocks = Clocks(
            "T-A17", "2026-05-20", "ARR", Measure("2026-03-06", "1", "arrest", "公安"), Measure("2026-03-20", "2", "arrest", "公安"), Measure("2026-04-05", "1", "bail", "公安"));
        Assert.Equal([("1", true), ("2", false)], clocks.Select(c => (c.Subject, c.EndedAt is not null)));
    }

    [Theory]
    [InlineData("检察院", "检察院", "2027-04-14")]
    [InlineData("检察院", "公安", "2027-06-12")]
    public void Bail_adds_up_within_one_organ_and_starts_anew_with_another(string first, string second, string due)
    {
        // Bail from 02-12, sixty-one days under arrest from 04-12, bail again from 06-12. The twelve months would end on 2027-02-12.
        var clocks = Clocks(
            "T-A21", "2026-07-01", "PRO", Measure("2026-02-12", "1", "bail", first), Measure("2026-04-12", "1", "arrest", "公安"), Measure("2026-06-12", "1", "bail", second));
        Assert.Equal(DateOnly.Parse(due, System.Globalization.CultureInfo.InvariantCulture), clocks[^1].Due.ComputedOn);
    }

    [Theory]
    [InlineData("retention", true)]
    [InlineData("bail", false)]
    public void The_ten_days_of_the_supervisory_case_run_for_whoever_comes_from_retention(string before, bool runs)
    {
        var accepted = Accepted("ARR-S");
        accepted["suspects"]![0]!["measure"] = new JsonObject { ["kind"] = before, ["from"] = "2025-12-01", ["organ"] = "监委" };
        var state = Assess("2026-03-10", Event("2026-02-09", "case.accepted", accepted), Measure("2026-03-03", "1", "detention", "检察院"));
        Assert.Equal(runs, state.Clocks.Any(c => c.Binding.Id == "T-A07"));
    }

    [Fact]
    public void Custody_as_long_as_the_term_is_found_when_its_day_comes_and_not_before()
    {
        var accepted = Accepted("PRO");
        accepted["expectedTermMonths"] = 4;
        accepted["suspects"]![0]!["measure"] = new JsonObject { ["kind"] = "arrest", ["from"] = "2026-01-10" };
        var history = CaseHistory.Of([Event("2026-02-09", "case.accepted", accepted)]);
        var at = At("2026-03-01");
        var levels = new List<string>();
        while (Assessor.Default.Assess(history, at, Observability.Full).NextChange is { } next && next < At("2026-06-01"))
        {
            at = next;
            if (Assessor.Default.Assess(history, at, Observability.Full).Findings.FirstOrDefault(f => f.Rule.Id == "QZ-016") is { } found && found.Steps[^1].At == at) levels.Add($"{at:yyyy-MM-dd} {found.Level}");
        }

        Assert.Equal(["2026-04-16 W3", "2026-05-10 L3"], levels);
    }

    [Fact]
    public void While_an_expert_opinion_is_awaited_the_review_of_custody_stands_still()
    {
        var history = CaseHistory.Of([
            Event("2026-03-02", "case.accepted", Accepted("JIYA")),
            Event("2026-03-05", "appraisal.started", new() { ["suspect"] = "1" }),
            Event("2026-03-05", "appraisal.started", new() { ["suspect"] = "2" }),
        ]);
        var clock = Assessor.Default.Assess(history, At("2026-03-20"), Observability.Full).Clocks.Single(c => c.Binding.Id == "T-A29");
        Assert.Equal((At("2026-03-05"), true), (clock.EndedAt, clock.Stopped));
    }

    [Fact]
    public void Bail_to_be_told_of_counts_back_from_its_end()
    {
        var clock = Assert.Single(Clocks("T-A24", "2026-06-01", "PRO", Measure("2026-02-12", "1", "bail", "检察院"), Event("2026-05-12", "decision.made", new() { ["kind"] = "prosecute" })));
        Assert.Equal(new DateOnly(2027, 1, 28), clock.Due.DueOn);
        Assert.Equal(clock.Due, LimitClock.Prove(clock.Term, HolidayCalendar.Default).Due);
    }

    private List<ClockInstance> Clocks(string limit, string now, string caseType, params CaseEvent[] events) =>
        [.. Assess(now, [Event("2026-02-09", "case.accepted", Accepted(caseType)), .. events]).Clocks.Where(c => c.Binding.Id == limit)];

    private static CaseAssessment Assess(string now, params CaseEvent[] events) => Assessor.Default.Assess(CaseHistory.Of(events), At(now), Observability.Full);

    private static JsonObject Accepted(string caseType) => new()
    {
        ["caseType"] = caseType,
        ["procuratorate"] = "422826",
        ["receivedOn"] = caseType == "JIYA" ? "2026-03-02" : "2026-02-09",
        ["suspects"] = new JsonArray(new JsonObject { ["suspect"] = "1" }, new JsonObject { ["suspect"] = "2" }),
    };

    private CaseEvent Measure(string day, string suspect, string kind, string organ) =>
        Event(day, "measure.taken", new() { ["suspect"] = suspect, ["kind"] = kind, ["from"] = day, ["organ"] = organ });

    private CaseEvent Step(string day, string step) => Event(day, "step.recorded", new() { ["step"] = step });

    private CaseEvent Event(string day, string type, JsonObject data) =>
        EventReader.Restore("/test", $"e-{++_number}", type, At(day), null, JsonSerializer.SerializeToUtf8Bytes(data));

    private static DateTimeOffset At(string day) => LegalTime.StartOf(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));
}

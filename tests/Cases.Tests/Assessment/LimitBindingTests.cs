using System.Text.Json;
using Cluster.Cases.Assessment;
using Cluster.Cases.Rules;
using Cluster.Law;

namespace Cases.Tests.Assessment;

/// <summary>How the limits of the table run in cases.</summary>
public sealed class LimitBindingTests
{
    public static TheoryData<string> Ids => [.. Statutes.Default.All.Select(limit => limit.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_limit_runs_in_some_case_or_the_catalogue_says_why_not(string id)
    {
        var bound = Catalogue.Default.Clocks.Any(c => c.Id == id);
        // The second and third round of T-B05 (T-B10, T-B11) are rounds of T-B05.
        if (id is "T-B10" or "T-B11") Assert.False(bound);
        else Assert.NotEqual(bound, Catalogue.Default.Unbound.ContainsKey(id));
    }

    [Fact]
    public void The_reason_why_a_limit_runs_nowhere_is_told_in_both_languages() =>
        Assert.All(Catalogue.Default.Unbound.Values, note =>
        {
            Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", note.Zh);
            Assert.Matches("^[A-Z]", note.En);
        });

    [Fact]
    public void Two_acts_of_a_limit_in_one_case_type_have_names_of_their_own()
    {
        foreach (var same in Catalogue.Default.Clocks.GroupBy(c => c.Id).Where(g => g.Count() > 1))
        {
            foreach (var type in same.SelectMany(c => c.CaseTypes).Distinct())
            {
                var acts = same.Where(c => c.CaseTypes.Length == 0 || c.CaseTypes.Contains(type)).Select(c => c.Act).ToList();
                Assert.True(acts.Count == acts.Distinct().Count(), $"{same.Key} in {type}");
            }
        }
    }

    [Fact]
    public void The_acts_of_a_limit_count_their_own_lengths_under_their_own_names()
    {
        var clocks = Told.Case("PETC", "2026-03-02", """{"petition":"letter"}""").Assess("2026-03-05").Clocks.Where(c => c.Binding.Id == "T-D11").ToList();
        Assert.Equal([("procedure-1", "7d"), ("result-1", "3m")], clocks.Select(c => (c.Instance, c.Length.ToString())));
    }

    [Fact]
    public void A_deadline_of_an_act_is_told_with_its_name()
    {
        var told = Told.Case("PETC", "2026-03-02", """{"petition":"letter"}""");
        var assessment = told.Assess("2026-03-05");
        var body = JsonDocument.Parse(CaseJson.Case("c", CaseHistory.Of(assessment.State.Events), assessment, static (_, _) => Handling.None)).RootElement;
        Assert.Contains("result-1", body.GetProperty("deadlines").EnumerateArray().Select(d => d.GetProperty("instance").GetString()));
    }

    [Fact]
    public void What_others_owe_is_told_but_is_not_the_next_deadline_of_this_office()
    {
        var told = Told.Case("LIAN", "2026-03-02").Then("2026-03-05", "document.served", """{"doc":{"code":"要求说明不立案理由通知书"},"to":"公安局"}""");
        Assert.Equal(new DateOnly(2026, 3, 12), told.Clock("T-D01", "2026-03-06").Due.DueOn);
        Assert.Null(told.Assess("2026-03-06").NextDue);
    }

    [Fact]
    public void What_others_owe_is_not_told_where_nobody_would_report_that_they_did_it() =>
        Assert.DoesNotContain(
            Told.Case("SUGG", "2026-03-02").Then("2026-03-05", "document.served", """{"doc":{"code":"检察建议书"}}""").Assess("2026-09-01", Observability.Default).Clocks,
            c => c.Binding.Id == "T-D41");

    [Fact]
    public void A_notice_is_answered_by_the_answer_to_it_and_by_no_other()
    {
        var clocks = Told.Case("PRO", "2026-02-09")
            .Then("2026-03-02", "supervision.noticed", """{"alert":"a","kind":"written"}""")
            .Then("2026-03-03", "supervision.noticed", """{"alert":"b","kind":"written"}""")
            .Then("2026-03-05", "supervision.replied", """{"alert":"b"}""")
            .Assess("2026-03-06").Clocks.Where(c => c.Binding.Id == "T-D48").ToList();
        Assert.Equal([null, Told.At("2026-03-05")], clocks.Select(c => c.EndedAt));
        Assert.Equal(new DateOnly(2026, 3, 12), clocks[0].Due.DueOn);
    }

    [Fact]
    public void An_oral_reminder_is_answered_in_three_working_days() =>
        Assert.Equal(
            new DateOnly(2026, 10, 13),
            Told.Case("PRO", "2026-09-01").Then("2026-10-09", "supervision.noticed", """{"alert":"a","kind":"oral"}""").Clock("T-D49", "2026-10-09").Due.DueOn);

    [Fact]
    public void A_limit_that_begins_when_another_period_ends_counts_from_there_and_not_if_it_was_over_before()
    {
        Told told = Told.Case("PILA", "2026-02-09").Then("2026-03-02", "document.served", """{"doc":{"code":"检察建议书"}}""");
        // Two months end on Saturday 2 May, so with the holiday on the 6th.
        Assert.Equal((new DateOnly(2026, 5, 6), new DateOnly(2026, 6, 8)), (LegalTime.DateOf(told.Clock("T-D36", "2026-03-03").Start), told.Clock("T-D36", "2026-03-03").Due.DueOn));
        Assert.DoesNotContain(told.Then("2026-04-20", "decision.made", """{"kind":"terminate"}""").Assess("2026-08-01").Clocks, c => c.Binding.Id == "T-D36");
    }

    [Theory]
    [InlineData("summary", 24, "2026-03-23", "20d")]
    [InlineData("summary", 48, "2026-04-17", "1m")]
    [InlineData("fast-track", 12, "2026-03-12", "10d")]
    [InlineData("fast-track", 13, "2026-03-17", "15d")]
    public void A_summary_or_fast_track_trial_has_its_own_limit_beside_the_outer_one(string procedure, int months, string due, string length)
    {
        var clocks = Told.Case("PRO", "2026-02-09", """{"suspects":[{"suspect":"1","measure":{"kind":"bail","from":"2026-02-09"}}]}""")
            .Then("2026-02-25", "decision.made", $$"""{"kind":"prosecute","procedure":"{{procedure}}","expectedTermMonths":{{months}}}""")
            .Then("2026-03-02", "court.accepted").Assess("2026-03-03").Clocks;
        var own = Assert.Single(clocks, c => c.Binding.Id is "T-C03" or "T-C04");
        Assert.Equal((DateOnly.Parse(due), length), (own.Due.DueOn, own.Length.ToString()));
        Assert.Equal(new DateOnly(2026, 6, 2), Assert.Single(clocks, c => c.Binding.Id == "T-C02").Due.DueOn);
    }

    [Theory]
    [InlineData("2026-02-27", "3d", "2026-02-28")]
    [InlineData("2026-03-04", "7d", "2026-03-04")]
    [InlineData("2026-03-20", "30d", "2026-03-27")]
    public void The_police_have_as_long_to_ask_for_arrest_as_the_detention_paper_says(string until, string length, string due)
    {
        var clock = Told.Case("ARR", "2026-03-02", $$"""{"suspects":[{"suspect":"1","measure":{"kind":"detention","from":"2026-02-25","until":"{{until}}"} }]}""").Clock("T-A01", "2026-03-03");
        Assert.Equal((length, DateOnly.Parse(due)), (clock.Length.ToString(), clock.Due.DueOn));
    }

    [Theory]
    [InlineData("- {limit: T-D17, length: 3m, start: case.accepted}", "has no length '3m'")]
    [InlineData("- {limit: T-Z99, start: case.accepted}", "unknown limit")]
    [InlineData("- {limit: T-D50, note: {zh: 无, en: None.}, start: case.accepted}", "unknown key 'start'")]
    [InlineData("- {limit: T-D25, start: case.accepted, excludes: [{from: case.closed}]}", "'until' is missing")]
    [InlineData("- {limit: T-D36, start: {on: document.served, after: two}}", "a period")]
    public void A_binding_that_is_wrong_is_refused_with_its_line(string yaml, string reason)
    {
        var reader = new CatalogueReader(Statutes.Default, new ExampleReader(Yaml.Load("beginnings.yaml", new StringReader("{}"))), []);
        var file = Yaml.Load("X.yaml", new StringReader(yaml));
        var wrong = Assert.Throws<CatalogueException>(() => (reader.ReadLimits(file), reader.ReadUnbound(file).ToList()));
        Assert.Contains(reason, wrong.Message, StringComparison.Ordinal);
        Assert.Equal(1, wrong.Line);
    }
}

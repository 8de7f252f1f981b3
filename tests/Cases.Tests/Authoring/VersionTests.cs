using System.Text.Json;
using Cases.Tests.Assessment;
using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Cases.Rules;
using Cluster.Law;

namespace Cases.Tests.Authoring;

/// <summary>Versions of rules: what judges which act where.</summary>
public sealed class VersionTests
{
    private static readonly DateTimeOffset Late = new(2026, 12, 1, 9, 0, 0, TimeSpan.FromHours(8));

    private static readonly Observability County = Observability.Default.Within(["422826", "4228", "42"]);

    /// <summary>Interrogated by one: not allowed, whatever else.</summary>
    private static string Alone(string level, string id = "XF-001") => $$$"""
        - id: {{{id}}}
          name: {zh: 一人讯问, en: Interrogated by one}
          category: 程序
          level: {{{level}}}
          basis: CPL 118
          condition: {on: suspect.interrogated, when: {field: staff, lessThan: 2}}
          fires:
            - {title: one, given: pro-arrested, then: [[2026-02-12, suspect.interrogated, {suspect: "1", staff: 1}]], at: 2026-02-13}
          silent:
            - {title: two, given: pro-arrested, then: [[2026-02-12, suspect.interrogated, {suspect: "1", staff: 2}]], at: 2026-02-13}
        """;

    [Fact]
    public void An_act_is_judged_by_the_version_in_force_on_its_day()
    {
        var catalogue = Catalogue.Default.With([Published("L1", 1, "2026-03-01"), Published("L2", 2, "2026-04-01")], []);
        Assert.Equal(
            [("2026-03-01", "L1"), ("2026-03-31", "L1"), ("2026-04-01", "L2"), ("2026-05-01", "L2")],
            Found(catalogue, ["2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01", "2026-05-01"]));
    }

    [Fact]
    public void What_was_published_later_for_the_same_day_replaces_what_was_before() =>
        Assert.Equal([("2026-03-02", "L3")], Found(Catalogue.Default.With([Published("L1", 1, "2026-03-01"), Published("L3", 2, "2026-03-01")], []), ["2026-03-02"]));

    [Theory]
    [InlineData(null, true)]
    [InlineData("42", true)]
    [InlineData("422826", true)]
    [InlineData("422827", false)]
    public void A_rule_looks_at_the_cases_of_its_office_and_those_below(string? scope, bool looks) =>
        Assert.Equal(looks ? 1 : 0, Found(Catalogue.Default.With([Published("L1", 1, "2026-03-01", scope)], []), ["2026-03-02"]).Count);

    [Fact]
    public void A_rule_that_ships_is_replaced_only_where_the_new_one_applies()
    {
        var mine = OfficeRules.Read(Catalogue.Default.Rules.Single(r => r.Id == "QX-001").Yaml.Replace("leads: [3d, 2d, 1d]", "leads: [6d, 2d]", StringComparison.Ordinal), Catalogue.Default);
        var catalogue = Catalogue.Default.With([new RulePublication(mine, 1, "422826", new DateOnly(2026, 3, 1), "leader", Late)], []);
        Assert.Equal(["3d", "2d", "1d"], LeadsInForce(Observability.Default, "2026-03-01"));
        Assert.Equal(["3d", "2d", "1d"], LeadsInForce(County, "2026-02-28"));
        Assert.Equal(["6d", "2d"], LeadsInForce(County, "2026-03-01"));

        string[] LeadsInForce(Observability office, string day)
        {
            var set = catalogue.For("ARR", office);
            return [.. Assert.Single(set.Rules.Concat(set.Office).Select(r => r.Of), r => r.Id == "QX-001" && r.InForceOn(DateOnly.Parse(day))).Leads.Select(l => l.ToString())];
        }
    }

    [Theory]
    [InlineData("2012-01-01")]
    [InlineData("2026-02-15")]
    [InlineData("2026-03-20")]
    public void To_publish_every_rule_again_unchanged_changes_nothing(string from)
    {
        var day = DateOnly.Parse(from);
        var same = ShippedFiles.Rules.Keys.Select(ShippedFiles.WrittenOut).Where(f => !f.Contains(Catalogue.Unaccepted, StringComparison.Ordinal))
            .Select((f, i) => new RulePublication(OfficeRules.Restore(f, Catalogue.Default), i + 1, null, day, "leader", Late)).ToList();
        var assessor = new Assessor(Catalogue.Default.With(same, []), HolidayCalendar.Default);
        var found = 0;
        for (var seed = 1UL; seed <= 150; seed++)
        {
            var made = new Histories(seed);
            var history = CaseHistory.Of(made.Make(25));
            var now = made.Instant();
            var expected = Keys(Assessor.Default.Assess(history, now, Observability.Full));
            found += expected.Count;
            Assert.Equal(expected, Keys(assessor.Assess(history, now, Observability.Full)));
        }

        Assert.NotEqual(0, found);
    }

    [Fact]
    public void A_rule_that_fails_on_a_case_keeps_quiet_and_lets_the_others_speak()
    {
        var rule = Catalogue.Default.Rules.Single(r => r.Id == "QX-001");
        var looking = new Looking(new CaseState(CaseHistory.Empty.CountingAt(Late, out _), Late), HolidayCalendar.Default);
        looking.LookCarefully([new Ground<Rule>(EventSet.Any, rule with { Id = "XF-009", Template = new Failing() })]);
        Assert.Empty(looking.Findings);
        Assert.Equal(["XF-009"], looking.Failed!);
    }

    [Fact]
    public void A_rule_on_trial_is_counted_and_not_listed()
    {
        var rules = OfficeRules.Read(Alone("L1"), Catalogue.Default);
        var catalogue = Catalogue.Default.With([], [new RuleTrial(rules, "d-1/7", "42")]);
        var history = History(["2026-03-02", "2026-03-03"]);
        var tried = new Assessor(catalogue, HolidayCalendar.Default).Assess(history, Late, County);
        Assert.Equal(
            CaseJson.Case("c", history, Assessor.Default.Assess(history, Late, County), static (_, _) => Handling.None),
            CaseJson.Case("c", history, tried, static (_, _) => Handling.None));
        Assert.Equal(["XF-001/1", "XF-001/2"], Assert.Single(tried.Tried, t => t.Run == "d-1/7").Findings.Select(f => $"{f.Rule}/{f.Instance}"));
        Assert.Empty(new Assessor(catalogue, HolidayCalendar.Default).Assess(history, Late, Observability.Default.Within(["422827"])).Tried);
    }

    private static RulePublication Published(string level, int version, string from, string? scope = null) =>
        new(OfficeRules.Read(Alone(level), Catalogue.Default), version, scope, DateOnly.Parse(from), "leader", Late);

    private static List<(string Day, string Level)> Found(Catalogue catalogue, string[] days) =>
        [.. new Assessor(catalogue, HolidayCalendar.Default).Assess(History(days), Late, County).Findings.Where(f => f.Rule.Id == "XF-001")
            .Select(f => (LegalTime.DateOf(f.RaisedAt).ToString("yyyy-MM-dd"), f.Level))];

    private static CaseHistory History(string[] days) => CaseHistory.Of(
    [
        Event("a", "case.accepted", "2026-02-09", new { caseType = "PRO", procuratorate = "422826", receivedOn = "2026-02-09", suspects = new[] { new { suspect = "1" } } }),
        .. days.Select((day, i) => Event($"i{i}", "suspect.interrogated", day, new { suspect = "1", staff = 1 })),
    ]);

    private static CaseEvent Event(string id, string type, string day, object data) =>
        EventReader.Restore("/test", id, type, new DateTimeOffset(DateOnly.Parse(day), new TimeOnly(9, 0), TimeSpan.FromHours(8)), null, JsonSerializer.SerializeToUtf8Bytes(data));

    private static List<string> Keys(CaseAssessment assessment) =>
        [.. assessment.Findings.Select(f => $"{f.Rule.Id}|{f.Subject}|{f.Instance}|{string.Join(',', f.Steps)}|{f.ClearedAt:O}").Order(StringComparer.Ordinal)];

    private sealed class Failing : IRuleTemplate
    {
        public IEnumerable<Trigger> Evidence => [];

        public EventSet Grounds(Catalogue catalogue) => EventSet.Any;

        public void Look(Rule rule, Looking at)
        {
            at.Findings.Add(new Finding { Rule = rule, Subject = "case", Instance = "1", Steps = [new LevelStep("L1", at.State.Now)] });
            throw new InvalidOperationException("on this case");
        }
    }
}

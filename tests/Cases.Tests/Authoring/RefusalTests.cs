using System.Diagnostics;
using Cluster.Cases.Rules;

namespace Cases.Tests.Authoring;

/// <summary>What a rule file is refused for, and where.</summary>
public sealed class RefusalTests
{
    private const string Good = """
        - id: XF-001
          name: {zh: 受理三日内应讯问, en: Interrogate within three days}
          category: 期限
          level: L1
          leads: [2d, 1d]
          basis: CPL 173; R 331
          caseTypes: [PRO]
          response:
            start: {on: case.accepted, date: receivedOn, when: {field: sentBy.kind, is: police}}
            stop: [suspect.interrogated, {step: intake-check, stops: true}]
            within: 3d
          fires:
            - {title: not in three days, given: pro-arrested, at: 2026-02-13, level: L1}
          silent:
            - {title: on the last day, given: pro-arrested, then: [[2026-02-12, suspect.interrogated, {suspect: "1", staff: 2}]], at: 2026-02-14}
        """;

    public static TheoryData<string, string, int, string> Wrongs => new()
    {
        { "  level: L1\n", "  level: L1\n  colour: red\n", 6, "unknown key 'colour'" },
        { "  level: L1\n", "  level: L9\n", 5, "level is one of" },
        { "sentBy.kind, is: police", "sentBy.sort, is: police", 10, "unknown field 'sentBy.sort'" },
        { "sentBy.kind, is: police", "sentBy.kind, is: polize", 10, "'sentBy.kind' is never 'polize'" },
        { "sentBy.kind, is: police", "sentBy.kind, like: police", 10, "unknown operator 'like'" },
        { "sentBy.kind, is: police", "case.colour, is: police", 10, "unknown field 'case.colour'" },
        { "date: receivedOn", "date: recievedOn", 10, "unknown field 'recievedOn'" },
        { "on: case.accepted", "on: case.excepted", 10, "unknown event type 'case.excepted'" },
        { "[suspect.interrogated,", "[suspect.asked,", 11, "unknown event type 'suspect.asked'" },
        { "step: intake-check", "step: intake-chick", 11, "unknown step 'intake-chick'" },
        { "basis: CPL 173; R 331", "basis: CPL 309", 7, "CPL has the articles 1 to 308, not '309'" },
        { "basis: CPL 173; R 331", "basis: R 685", 7, "R has the articles 1 to 684, not '685'" },
        { "basis: CPL 173; R 331", "basis: CPX 3", 7, "unknown instrument 'CPX'" },
        { "basis: CPL 173; R 331", "basis: CPL soon", 7, "'soon' is no article of CPL" },
        { "basis: CPL 173; R 331", "basis: CPL", 7, "'CPL' needs an article" },
        { "leads: [2d, 1d]", "leads: [1d, 3d]", 6, "leads fall" },
        { "leads: [2d, 1d]", "leads: [3d, soon]", 6, "a period such as" },
        { "leads: [2d, 1d]", "leads: [9d, 8d, 7d, 6d, 5d]", 6, "at most 4 leads" },
        { "within: 3d", "within: soon", 12, "a period such as" },
        { "caseTypes: [PRO]", "caseTypes: [PROO]", 8, "unknown case type 'PROO'" },
        { "  response:", "  reply:", 10, "unknown key 'reply'" },
        { "  level: L1\n", "  from: 2026-02-30\n  level: L1\n", 5, "a date YYYY-MM-DD expected" },
        { "  level: L1\n", "  from: 2026-03-01\n  until: 2026-02-01\n  level: L1\n", 6, "the rule ends before it begins" },
        { "id: XF-001", "id: xf-1", 1, "is no id of a rule" },
        { "id: XF-001", "id: DQ-001", 1, "DQ-001 cannot be changed" },
        { "id: XF-001", "id: T-B05", 1, "is no id of a rule" },
        { "id: XF-001", "limit: T-B05", 1, "unknown key 'limit'" },
        { "at: 2026-02-13, level: L1}", "at: 2026-02-10, level: L1}", 14, "fires at W1, not at L1" },
        { "at: 2026-02-13, level: L1}", "at: 2026-02-09, level: L1}", 14, "must fire and is silent" },
        { "2026-02-12, suspect.interrogated", "2026-03-12, suspect.interrogated", 16, "an event is wrong at /time" },
        { "staff: 2}", "staff: two}", 16, "an event is wrong at /data/staff" },
        { "[[2026-02-12, suspect.interrogated, {suspect: \"1\", staff: 2}]]", "[]", 16, "must be silent and fires at L1" },
        { "given: pro-arrested, at", "given: nowhere, at", 14, "unknown beginning 'nowhere'" },
        { "zh: 受理三日内应讯问", "zh: \"\"", 3, "a name has" },
    };

    [Fact]
    public void A_good_file_is_taken() => Assert.Equal(["XF-001"], OfficeRules.Read(Good, Catalogue.Default).Ids);

    [Theory]
    [MemberData(nameof(Wrongs))]
    public void A_wrong_file_is_refused_with_line_and_reason(string good, string wrong, int line, string reason)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);
        // A comment first, so that lines are counted in the file and not in the rule; an id is on line 1 without it.
        var comment = line == 1 ? "" : "# rules of an office\n";
        var e = Assert.Throws<CatalogueException>(() => OfficeRules.Read(comment + Good.Replace(good, wrong, StringComparison.Ordinal), Catalogue.Default));
        Assert.Contains(e.Errors, error => error.Line == line && error.Reason.Contains(reason, StringComparison.Ordinal));
        Assert.Equal("rules.yaml", e.File);
    }

    [Fact]
    public void A_rule_needs_an_example_of_each_kind()
    {
        var reasons = Reasons(Good[..Good.IndexOf("  fires:", StringComparison.Ordinal)]);
        Assert.Equal(["XF-001 needs an example on which it fires", "XF-001 needs an example on which it is silent"], reasons);
    }

    [Fact]
    public void Every_wrong_rule_of_a_file_is_told()
    {
        var e = Assert.Throws<CatalogueException>(() => OfficeRules.Read(
            Good.Replace("CPL 173", "CPL 999", StringComparison.Ordinal) + "\n" + Good.Replace("XF-001", "XF-002", StringComparison.Ordinal).Replace("L1\n", "L9\n", StringComparison.Ordinal), Catalogue.Default));
        Assert.Equal([6L, 19L], e.Errors.Select(error => error.Line));
    }

    [Theory]
    [InlineData("- &a {id: XF-001}\n- *a", "anchors are not taken; write it out")]
    [InlineData("- *a", "aliases are not taken; write it out")]
    [InlineData("- !!str x", "tags are not taken")]
    [InlineData("- id: XF-001\n---\n- id: XF-002", "one YAML document expected")]
    [InlineData("-\tid: XF-001", "a tab; indent with spaces")]
    [InlineData("id: XF-001", "a list of rules expected: each begins with '- id:'")]
    [InlineData("", "one YAML document expected")]
    [InlineData("[]", "1 to 1000 rules expected")]
    [InlineData("- {id: XF-001, id: XF-002}", "Duplicate key")]
    [InlineData("- [", "")]
    public void What_is_no_plain_list_of_rules_is_refused(string yaml, string reason) => Assert.Contains(reason, Assert.Single(Reasons(yaml)), StringComparison.Ordinal);

    [Fact]
    public void The_same_rule_twice_is_refused() => Assert.Equal(["rule 'XF-001' is defined twice"], Reasons(Good + "\n" + Good));

    [Fact]
    public void A_file_of_more_than_a_megabyte_is_refused() =>
        Assert.Equal(["a file has at most 1 MiB"], Reasons(Good + "\n#" + new string('x', OfficeRules.MostBytes)));

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("- [{a: ")]
    [InlineData("? ")]
    [InlineData("! ")]
    [InlineData("\"")]
    [InlineData("a: b: ")]
    public void Nesting_a_megabyte_deep_costs_little(string nest)
    {
        var started = Stopwatch.GetTimestamp();
        Assert.NotEmpty(Reasons(string.Concat(Enumerable.Repeat(nest, OfficeRules.MostBytes / nest.Length))));
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Conditions_over_every_suspect_are_not_nested()
    {
        var yaml = Good.Replace("{field: sentBy.kind, is: police}", "{anySuspect: {noSuspect: {field: suspect.minor, is: true}}}", StringComparison.Ordinal);
        Assert.Contains("a condition over every suspect inside another", Reasons(yaml));
    }

    private static IEnumerable<string> Reasons(string yaml) =>
        Assert.Throws<CatalogueException>(() => OfficeRules.Read(yaml, Catalogue.Default)).Errors.Select(e => e.Reason);

    [Theory]
    [InlineData("XF-002", "XF-002 in the end yields to itself")]
    [InlineData("ZZ-999", "XF-002 yields to the unknown rule 'ZZ-999'")]
    public void A_rule_yields_to_rules_there_are_and_never_to_itself(string other, string reason)
    {
        const string check = """
            - id: XF-002
              name: {zh: 强制措施, en: Measure}
              category: 案卡填录
              level: L1
              basis: CARD R001
              field: {yields: [XF-003], wrong: {field: card.强制措施, is: 拘留}}
              fires:
                - {title: held, given: arr-detained, then: [[2026-03-09, card.filled, {suspect: "1", fields: {强制措施: 拘留}}]], at: 2026-03-10}
              silent:
                - {title: not held, given: arr-detained, then: [[2026-03-09, card.filled, {suspect: "1", fields: {强制措施: 取保候审}}]], at: 2026-03-10}
            """;
        var second = check.Replace("XF-002", "XF-003", StringComparison.Ordinal).Replace("yields: [XF-003]", "yields: [XF-002]", StringComparison.Ordinal);
        Assert.Contains(reason, Reasons(other == "XF-002" ? check + "\n" + second : check.Replace("yields: [XF-003]", $"yields: [{other}]", StringComparison.Ordinal)));
    }
}

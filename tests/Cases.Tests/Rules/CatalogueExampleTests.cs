using System.Text.Json;
using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Cases.Rules;

namespace Cases.Tests.Rules;

public sealed class CatalogueExampleTests
{
    public static TheoryData<string, string> Fires => Named(r => r.Fires);

    public static TheoryData<string, string> Silent => Named(r => r.Silent);

    [Theory]
    [MemberData(nameof(Fires))]
    public void A_rule_fires_on_the_example_that_must_fire(string rule, string title)
    {
        var example = Find(rule, r => r.Fires, title);
        var findings = Assess(example).Findings.Where(f => f.Rule.Id == rule).ToList();
        Assert.NotEmpty(findings);
        if (example.Level is { } level) Assert.Contains(level, findings.Select(f => f.Level));
        if (example.Instance is { } instance) Assert.Contains(instance, findings.Select(f => f.Instance));
        Assert.Equal(example.Cleared ?? findings.TrueForAll(f => f.ClearedAt is not null), findings.TrueForAll(f => f.ClearedAt is not null));
        Assert.All(findings, f => Assert.True(f.RaisedAt <= example.At));
    }

    [Theory]
    [MemberData(nameof(Silent))]
    public void A_rule_stays_silent_on_the_example_that_must_not_fire(string rule, string title)
    {
        var example = Find(rule, r => r.Silent, title);
        Assert.DoesNotContain(Assess(example).Findings, f => f.Rule.Id == rule && f.Level[0] != 'W');
    }

    [Fact]
    public void Every_rule_has_an_example_of_each_kind()
    {
        Assert.All(Catalogue.Default.Rules.Where(r => r.Template.LooksAtCases), r => Assert.True(r.Fires.Length > 0 && r.Silent.Length > 0, r.Id));
    }

    [Fact]
    public void At_most_fifteen_rules_are_left_to_people_and_none_of_limits_measures_and_rights()
    {
        var manual = Catalogue.Default.Rules.Where(r => r.Template is ManualTemplate).Select(r => r.Id).ToList();
        Assert.InRange(manual.Count, 0, 15);
        Assert.DoesNotContain(manual, id => id.StartsWith("QX-", StringComparison.Ordinal) || id.StartsWith("QZ-", StringComparison.Ordinal) || id.StartsWith("SQ-", StringComparison.Ordinal));
    }

    private static TheoryData<string, string> Named(Func<Rule, RuleExample[]> examples)
    {
        var data = new TheoryData<string, string>();
        foreach (var rule in Catalogue.Default.Rules)
        {
            foreach (var example in examples(rule)) data.Add(rule.Id, example.Title);
        }

        return data;
    }

    private static RuleExample Find(string rule, Func<Rule, RuleExample[]> examples, string title) =>
        examples(Catalogue.Default.Rules.Single(r => r.Id == rule)).Single(e => e.Title == title);

    private static CaseAssessment Assess(RuleExample example)
    {
        var events = example.Events.Select(text =>
        {
            using var document = JsonDocument.Parse(text);
            var reading = EventReader.Read(document.RootElement, example.At);
            return reading.Event ?? throw new InvalidOperationException($"{reading.Problem}: {text}");
        });
        return Assessor.Default.Assess(CaseHistory.Of(events), example.At, Observability.Full);
    }
}

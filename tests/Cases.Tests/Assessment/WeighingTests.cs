using System.Text.Json.Nodes;
using Cluster.Cases.Assessment;

namespace Cases.Tests.Assessment;

/// <summary>What the events of a case tell of its weight, and of who may have it.</summary>
public sealed class WeighingTests
{
    [Fact]
    public void What_events_tell_is_weighed()
    {
        var weight = Told.Case("PRO", "2026-03-02", """{"priorJudgments":2,"volumes":4,"facts":3,"returnsSoFar":1,"charges":[{"name":"盗窃罪"},{"name":"受贿罪"}],"suspects":[{"suspect":"1"},{"suspect":"2"}],"expectedTermMonths":24}""")
            .Step("2026-03-03", "expert-opinion-used").Step("2026-03-04", "jurisdiction-found")
            .Then("2026-03-05", "appraisal.started", """{"suspect":"1"}""")
            .Assess("2026-03-06").Weight;

        // 2 × (1 + 0.25 + 0.2 + 0.1·ln 4 + 0.12 + 0.4 + 0.2 + 0.2 + 0.2 + 0.2)
        Assert.Equal(5.82, weight.Value);
        Assert.Equal(
            ["suspects", "charges", "facts", "volumes", "dutyCrime", "appraisals", "returns", "priorJudgments", "jurisdiction"],
            weight.Factors.Select(f => f.Name));
    }

    [Fact]
    public void A_case_weighs_less_while_it_is_returned_and_once_it_is_decided()
    {
        var told = Told.Case("PRO", "2026-03-02", """{"suspects":[{"suspect":"1"}]}""");
        Assert.Equal(2, told.Assess("2026-03-05").Weight.Value);

        told.Then("2026-03-06", "supplement.returned", """{"to":"police"}""");
        Assert.Equal(1.2, told.Assess("2026-03-07").Weight.Value); // 2 × 1.2 × 0.5
        told.Then("2026-03-20", "supplement.resubmitted", """{"receivedOn":"2026-03-20"}""");
        Assert.Equal(2.4, told.Assess("2026-03-21").Weight.Value);
        told.Then("2026-04-01", "decision.made", """{"kind":"prosecute"}""");
        Assert.Equal(1.2, told.Assess("2026-04-02").Weight.Value);
    }

    [Fact]
    public void The_answer_explains_the_weight()
    {
        var assessment = Told.Case("PRO", "2026-03-02", """{"suspects":[{"suspect":"1"},{"suspect":"2"}]}""").Assess("2026-03-05");
        var weighed = JsonNode.Parse(CaseJson.Case("c", CaseHistory.Empty, assessment, static (_, _) => Handling.None))!["weighed"]!;

        Assert.Equal("""{"version":"1","base":2,"factors":[{"name":"suspects","value":0.25}],"left":1,"text":{"zh":"2 基数 × (1 + 0.25 犯罪嫌疑人超过一人) = 2.5","en":"2 base × (1 + 0.25 more suspects than one) = 2.5"}}""",
            weighed.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Theory]
    [InlineData("盗窃罪", new string[0])]
    [InlineData("受贿罪", new[] { "职务" })]
    [InlineData("集资诈骗罪", new[] { "金融" })]
    [InlineData("走私、贩卖、运输、制造毒品罪", new[] { "毒品" })]
    [InlineData("没有这个罪", new string[0])]
    public void Charges_ask_for_professional_groups(string charge, string[] needs) =>
        Assert.Equal(needs, Told.Case("PRO", "2026-03-02", $$"""{"charges":[{"name":"{{charge}}"},{"name":"{{charge}}"}]}""").Assess("2026-03-03").Needs);

    [Fact]
    public void A_minor_asks_for_juvenile_trained_staff_first() =>
        Assert.Equal(["未检", "毒品"], Told.Case("PRO-M", "2026-03-02", """{"suspects":[{"suspect":"1","birthDate":"2010-05-01"}],"charges":[{"name":"走私、贩卖、运输、制造毒品罪"}]}""").Assess("2026-03-03").Needs);

    [Fact]
    public void Linked_are_the_case_that_is_continued_and_those_merged_and_split() =>
        Assert.Equal(["arr", "m", "s"], Told.Case("PRO", "2026-03-02", """{"previousCase":"arr"}""")
            .Then("2026-03-03", "case.split", """{"other":"s"}""").Then("2026-03-04", "case.merged", """{"other":"m"}""").Then("2026-03-05", "case.merged", """{"other":"arr"}""")
            .Assess("2026-03-06").Linked);

    [Fact]
    public void Who_has_to_do_with_a_case_is_everybody_a_prosecutor_may_be_related_to() =>
        Assert.Equal(["公安局", "张某", "王律师", "李律师"], Told.Case("PRO", "2026-03-02", """{"sentBy":{"name":"公安局","kind":"police"},"suspects":[{"suspect":"1","name":"张某","defender":{"name":"王律师","kind":"lawyer"}}]}""")
            .Then("2026-03-03", "defender.registered", """{"suspect":"1","name":"李律师","kind":"lawyer"}""").Assess("2026-03-04").Parties);
}

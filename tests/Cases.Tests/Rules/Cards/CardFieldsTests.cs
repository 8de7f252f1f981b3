using System.Text.Json.Nodes;
using Cases.Tests.Assessment;
using Cluster.Cases.Events;
using Cluster.Cases.Rules;
using Cluster.Cases.Rules.Cards;

namespace Cases.Tests.Rules.Cards;

public sealed class CardFieldsTests
{
    [Theory]
    [InlineData("card.无此字段")]
    [InlineData("whole.无此字段")]
    [InlineData("fields.无此字段")]
    [InlineData("whole.身份证号")]
    [InlineData("card.卷宗册数")]
    public void A_condition_on_a_field_that_is_not_registered_for_that_card_is_refused_with_its_line(string field)
    {
        var refused = Assert.Throws<CatalogueException>(() => PredicateReader.Read(Of($"all:\n- {{field: card.认罪认罚, is: 是}}\n- {{field: {field}, is: 是}}")));
        Assert.Equal(3, refused.Line);
        Assert.Contains(field, refused.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("审结日期: day")]
    [InlineData("审结日期: date nowhere")]
    public void A_field_described_wrongly_is_refused(string line) =>
        Assert.Throws<CatalogueException>(() => CardFields.Read(Of(line)).ToList());

    [Fact]
    public void An_order_takes_dates_only() =>
        Assert.Throws<CatalogueException>(() => PredicateReader.Read(Of("order: [card.审结日期, card.认罪认罚]")));

    [Theory]
    [InlineData("审结日期", "2026年3月5日", "2026-03-05")]
    [InlineData("审结日期", "2026/3/5", "2026-03-05")]
    [InlineData("审结日期", "20260305", "2026-03-05")]
    [InlineData("审结日期", "不明", "不明")]
    [InlineData("宣告刑", "有期徒刑三年六个月", "42")]
    [InlineData("宣告刑", "拘役4个月，缓刑六个月", "4")]
    [InlineData("宣告刑", "无期徒刑", "无期徒刑")]
    [InlineData("宣告刑", "二年", "24")]
    public void A_value_is_read_however_it_is_written(string field, string written, string read) =>
        Assert.Equal(read, CardFields.Find(field)!.Read(FieldValue.Of(written)).AsText());

    [Theory]
    [InlineData(true, "是")]
    [InlineData(false, "否")]
    public void True_and_false_are_yes_and_no(bool written, string read) =>
        Assert.Equal(read, CardFields.Find("认罪认罚")!.Read(FieldValue.Of(written)).AsText());

    [Theory]
    [InlineData("9999-12-31")]
    [InlineData("9999年12月31日")]
    [InlineData("0001-01-01")]
    public void A_day_at_the_end_of_the_calendar_fails_no_rule(string day)
    {
        var fields = new JsonObject(CardFields.All.Select(f => KeyValuePair.Create(f.Name, (JsonNode?)day)));
        foreach (var type in (string[])["PRO", "ARR"])
        {
            var assessment = Told.Case(type, "2026-03-02", """{"suspects":[{"suspect":"1","name":"张某"}]}""")
                .Then("2026-03-03", "card.filled", new JsonObject { ["fields"] = fields.DeepClone() }.ToJsonString())
                .Then("2026-03-03", "card.filled", new JsonObject { ["suspect"] = "1", ["fields"] = fields.DeepClone() }.ToJsonString())
                .Assess("2026-06-01");
            Assert.Empty(assessment.Failed);
        }
    }

    private static Yaml Of(string text) => Yaml.Load("test.yaml", new StringReader(text));
}

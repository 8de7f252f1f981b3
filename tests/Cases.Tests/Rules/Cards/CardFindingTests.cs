using System.Text.Json;
using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Cases.Rules;
using Cluster.Law;

namespace Cases.Tests.Rules.Cards;

/// <summary>What card checks say, to the day and to the field.</summary>
public sealed class CardFindingTests
{
    private const string Accepted = """{"caseType":"PRO","procuratorate":"422826","receivedOn":"2026-03-02","suspects":[{"suspect":"1","name":"张三丰"},{"suspect":"2","name":"李四"}]}""";

    public static TheoryData<string, string> Examples
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var rule in Catalogue.Default.Rules.Where(r => r.Id.StartsWith("K-", StringComparison.Ordinal)))
            {
                foreach (var example in rule.Fires) data.Add(rule.Id, example.Title);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_finding_that_time_alone_brings_is_announced_as_the_next_change(string rule, string title)
    {
        var example = Catalogue.Default.Rules.Single(r => r.Id == rule).Fires.Single(e => e.Title == title);
        var history = CaseHistory.Of(example.Events.Select(Read));
        var now = history.All[0].Time;
        var seen = new HashSet<(string, string)>();
        while (now <= example.At)
        {
            var assessment = Assessor.Default.Assess(history, now, Observability.Full);
            var next = assessment.NextChange;
            foreach (var finding in assessment.Findings.Where(f => f.Rule.Id == rule && seen.Add((f.Subject, f.Instance)))) Assert.Equal(now, finding.RaisedAt);
            if (next is not { } later) break;
            now = later;
        }

        Assert.NotEmpty(seen);

        CaseEvent Read(string text)
        {
            using var document = JsonDocument.Parse(text);
            return EventReader.Read(document.RootElement, example.At).Event!;
        }
    }

    [Fact]
    public void The_message_names_the_pair_of_dates_and_what_they_say()
    {
        var message = Message("K-066", Filled("""{"suspect":"1","fields":{"受理日期":"2026-03-05","审结日期":"2026-03-01"}}"""));
        Assert.Contains("审结日期 2026-03-01 早于 受理日期 2026-03-05", message.Zh, StringComparison.Ordinal);
        Assert.Contains("嫌疑人1", message.Zh, StringComparison.Ordinal);
        Assert.Contains("审结日期 2026-03-01 before 受理日期 2026-03-05", message.En, StringComparison.Ordinal);
    }

    [Fact]
    public void The_message_names_the_card_of_the_case_and_that_of_a_suspect()
    {
        var message = Message("K-002", Filled("""{"fields":{"移送案由":"盗窃罪"}}"""), Filled("""{"suspect":"2","fields":{"移送案由":"抢劫罪"}}"""));
        Assert.Contains("嫌疑人2人卡移送案由“抢劫罪”", message.Zh, StringComparison.Ordinal);
        Assert.Contains("全案卡移送案由“盗窃罪”", message.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_ways_to_be_wrong_only_those_that_are_are_named()
    {
        var message = Message("K-043", Filled("""{"suspect":"1","fields":{"速裁":"是","聋哑盲":"否","作案时未成年":"是"}}"""));
        Assert.Contains("速裁“是”、作案时未成年“是”", message.Zh, StringComparison.Ordinal);
        Assert.DoesNotContain("聋哑盲", message.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_field_is_called_empty()
    {
        var message = Message("K-038", Filled("""{"suspect":"1","fields":{"审结处理结果":"起诉"}}"""));
        Assert.Contains("审结处理结果“起诉”、提起公诉日期未填", message.Zh, StringComparison.Ordinal);
        Assert.Contains("提起公诉日期 empty", message.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("K-059", "身份证号", "110105194912310021", "**************0021")]
    [InlineData("K-091", "姓名", "张三丰等人", "张**")]
    [InlineData("K-089", "手机", "1380000111", "******0111")]
    [InlineData("K-088", "统一社会信用代码", "91350100M000100Y44", "**************0Y44")]
    public void Of_a_person_the_message_shows_only_enough_to_find_the_slip(string rule, string field, string value, string shown)
    {
        var message = Message(rule, Filled($$$"""{"suspect":"1","fields":{"{{{field}}}":"{{{value}}}"}}"""));
        foreach (var text in (string[])[message.Zh, message.En])
        {
            Assert.Contains(shown, text, StringComparison.Ordinal);
            Assert.DoesNotContain(value, text, StringComparison.Ordinal);
            Assert.DoesNotContain(value[..3], text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_number_in_a_field_of_words_is_masked_too()
    {
        var message = Message("K-090", Filled("""{"suspect":"1","fields":{"国籍":"越南13800001111","证件类型":"居民身份证"}}"""));
        Assert.DoesNotContain("1380000", message.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void A_suspect_whose_card_nobody_has_begun_is_not_looked_at() =>
        Assert.DoesNotContain(Findings(Filled("""{"fields":{"受理日期":"2026-03-02"}}""")), f => f.Rule.Id == "K-082");

    [Fact]
    public void Cards_have_until_the_end_of_the_day_to_be_filled_one_after_the_other()
    {
        var history = History(Filled("""{"fields":{"审结日期":"2026-03-20"}}"""), Filled("""{"fields":{"卷宗册数":3}}""", "2026-03-20T16:00:00+08:00"));
        Assert.DoesNotContain(Assessor.Default.Assess(history, At("2026-03-22T00:00:00+08:00")).Findings, f => f.Rule.Id == "K-092");
    }

    [Fact]
    public void What_the_events_come_to_say_ends_what_the_card_said()
    {
        // The card tells of a return that the events tell of later: from the day they say it is overdue, they say it.
        var history = History(
            Filled("""{"suspect":"1","fields":{"退查日期":"2026-03-05"}}""", "2026-03-05T09:00:00+08:00"),
            Event("supplement.returned", """{"to":"police","outline":true}""", "2026-03-20T09:00:00+08:00"));
        var finding = Assert.Single(Assessor.Default.Assess(history, At("2026-04-25T00:00:00+08:00")).Findings, f => f.Rule.Id == "K-030");
        Assert.Equal(At("2026-04-08T00:00:00+08:00"), finding.RaisedAt);
        Assert.Equal(At("2026-04-21T00:00:00+08:00"), finding.ClearedAt);
    }

    [Fact]
    public void A_date_that_is_only_to_be_verified_does_not_block()
    {
        var finding = Assert.Single(
            Findings(Filled("""{"fields":{"案发日期":"2025-12-20","立案日期":"2025-12-01"}}"""), Filled("""{"suspect":"1","fields":{"性别":"男"}}""", "2026-03-20T16:00:00+08:00")),
            f => f.Rule.Id == "K-066");
        Assert.Equal("V", finding.Level);
        Assert.False(finding.Rule.Blocking);
    }

    private static LocalizedText Message(string rule, params CaseEvent[] fillings) =>
        FindingText.Of(Findings(fillings).First(f => f.Rule.Id == rule));

    private static IReadOnlyList<Finding> Findings(params CaseEvent[] fillings) =>
        Assessor.Default.Assess(History(fillings), At("2026-03-25T09:00:00+08:00")).Findings;

    private static CaseHistory History(params CaseEvent[] events) =>
        CaseHistory.Of([Event("case.accepted", Accepted, "2026-03-02T09:00:00+08:00"), .. events]);

    private static int _number;

    private static CaseEvent Filled(string data, string time = "2026-03-20T09:00:00+08:00") => Event("card.filled", data, time);

    private static CaseEvent Event(string type, string data, string time)
    {
        using var document = JsonDocument.Parse(
            $$"""{"specversion":"1.0","id":"{{Interlocked.Increment(ref _number):D6}}","source":"/t","type":"{{type}}","subject":"c","time":"{{time}}","data":{{data}}}""");
        return EventReader.Read(document.RootElement, At("2027-01-01T00:00:00+08:00")).Event!;
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}

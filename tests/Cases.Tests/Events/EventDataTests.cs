using System.Globalization;
using Cluster.Cases.Events;

namespace Cluster.Cases.Tests.Events;

public sealed class EventDataTests
{
    [Fact]
    public void Nested_objects_are_flattened_with_dots()
    {
        var data = Sending.Accepted("case.accepted", Samples.Data["case.accepted"]);

        Assert.Equal("police", data["sentBy.kind"].Text);
        Assert.Equal("咸丰县公安局", data["sentBy.name"].Text);
        Assert.Equal(3, data["volumes"].Number);
        Assert.True(data["complex"].True);
        Assert.False(data["fastTrack"].True);
        Assert.Equal(new DateOnly(2026, 2, 9), data["receivedOn"].Date);
        Assert.False(data["sentBy"].IsPresent);
    }

    [Fact]
    public void Lists_of_objects_keep_their_order_and_their_own_fields()
    {
        var data = Sending.Accepted("case.accepted", Samples.Data["case.accepted"]);

        var suspects = data.Objects("suspects");
        Assert.Equal(["1", "2"], suspects.Select(s => s["suspect"].Text));
        Assert.Equal("arrest", suspects[0]["measure.kind"].Text);
        Assert.Equal("lawyer", suspects[0]["defender.kind"].Text);
        Assert.Equal("盗窃罪", suspects[0].Objects("charges")[0]["name"].Text);
        Assert.Empty(suspects[1].Objects("charges"));
        Assert.Equal("第264条", data.Objects("charges")[0]["article"].Text);
    }

    [Fact]
    public void The_lists_of_a_suspect_are_not_those_of_the_case()
    {
        var data = Sending.Accepted("case.accepted", """
            {"suspects":[{"suspect":"1","charges":["盗窃罪"]},{"suspect":"2"}],"caseType":"PRO","procuratorate":"1","receivedOn":"2026-02-09"}
            """);

        Assert.Empty(data.Objects("charges"));
        Assert.Single(data.Objects("suspects")[0].Objects("charges"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_range_holds_both_its_ends(int returns)
    {
        var data = Sending.Accepted("case.accepted", $$"""{"caseType":"PRO","procuratorate":"1","receivedOn":"2026-02-09","suspects":[],"returnsSoFar":{{returns}}}""");

        Assert.Equal(returns, data["returnsSoFar"].Number);
    }

    [Fact]
    public void A_list_that_mixes_objects_and_texts_gives_both()
    {
        var data = Sending.Accepted("case.accepted", Samples.Data["case.accepted"]);

        Assert.Equal(["现金"], data.Texts("property"));
        Assert.Equal(1200, data.Objects("property").Single()["value"].Number);
    }

    [Fact]
    public void A_charge_may_be_its_name_alone()
    {
        var data = Sending.Accepted("case.accepted", """{"caseType":"PRO","procuratorate":"1","receivedOn":"2026-02-09","suspects":[],"charges":["盗窃罪",{"name":"诈骗罪"}]}""");

        Assert.Equal(["盗窃罪", "诈骗罪"], data.Objects("charges").Select(c => c["name"].Text));
    }

    [Fact]
    public void Texts_of_a_list_are_read_in_order() =>
        Assert.Equal(["1", "2"], Sending.Accepted("decision.made", """{"kind":"prosecute","suspects":["1","2"]}""").Texts("suspects"));

    [Theory]
    [InlineData("3", 3)]
    [InlineData("""[{"name":"a"},{"name":"b"}]""", 2)]
    [InlineData("[]", 0)]
    public void Victims_are_a_number_or_a_list_that_is_counted(string victims, double count)
    {
        var data = Sending.Accepted("case.accepted", $$"""{"caseType":"PRO","procuratorate":"1","receivedOn":"2026-02-09","suspects":[],"victims":{{victims}}}""");

        Assert.Equal(count, data["victims"].Number);
    }

    [Fact]
    public void A_card_keeps_its_own_names_and_the_kinds_of_its_values()
    {
        var data = Sending.Accepted("card.filled", """
            {"fields":{"认罪认罚":"是","受理日期":"2026-02-09","拘留日期":"2026-02-30","立案时间":"2026-02-09T01:00:00+08:00","卷宗册数":3,"累犯":true,"前科":"","备注":null,"移送其他案由":["诈骗罪","抢夺罪"]}}
            """);

        Assert.Equal("是", data["fields.认罪认罚"].Text);
        Assert.Equal(new DateOnly(2026, 2, 9), data["fields.受理日期"].Date);
        Assert.Equal("2026-02-30", data["fields.拘留日期"].Text);
        Assert.Equal(FieldKind.Instant, data["fields.立案时间"].Kind);
        Assert.Equal(3, data["fields.卷宗册数"].Number);
        Assert.True(data["fields.累犯"].True);
        Assert.Equal("", data["fields.前科"].Text);
        Assert.False(data["fields.备注"].IsPresent);
        Assert.Equal(["诈骗罪", "抢夺罪"], data.Texts("fields.移送其他案由"));
        Assert.Equal("诈骗罪；抢夺罪", data["fields.移送其他案由"].Text);
    }

    [Fact]
    public void A_card_has_bounds()
    {
        string Card(string fields) => "{\"fields\":{" + fields + "}}";
        string Fields(int count) => string.Join(",", Enumerable.Range(0, count).Select(i => $"\"f{i}\":1"));

        Sending.Accepted("card.filled", Card(Fields(300)));
        Assert.Equal("/data/fields", Sending.Refused("card.filled", Card(Fields(301))).Pointer);
        Sending.Accepted("card.filled", Card($"\"a\":\"{new string('x', 2000)}\""));
        Assert.Equal(("too-long", "/data/fields/a"), CodeAndPointer(Card($"\"a\":\"{new string('x', 2001)}\"")));
        Assert.Equal(("invalid-data", "/data/fields/a~1b~0"), CodeAndPointer(Card("\"a/b~\":{}")));
        Assert.Equal(("invalid-data", "/data/fields/a/1"), CodeAndPointer(Card("\"a\":[1,{}]")));
        Assert.Equal(("invalid-data", "/data/fields/a"), CodeAndPointer(Card("\"a\":1,\"a\":2")));
        Assert.Equal(("invalid-data", "/data/fields"), CodeAndPointer(Card("\"\":1")));
    }

    [Fact]
    public void Unknown_fields_are_kept_and_scalars_among_them_can_be_asked_for()
    {
        var reading = Sending.ReadData("legal-aid.notified", """{"suspect":"1","urgent":true,"count":2,"note":"x","when":"2026-02-09","more":{"a":1},"list":[1]}""");

        var data = reading.Event!.Data;
        Assert.True(data["urgent"].True);
        Assert.Equal(2, data["count"].Number);
        Assert.Equal("2026-02-09", data["when"].Text);
        Assert.False(data["more"].IsPresent);
        Assert.Contains("\"more\":{\"a\":1}", System.Text.Encoding.UTF8.GetString(reading.Event.Raw), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_field_cannot_pass_for_one_of_a_nested_object()
    {
        var data = Sending.Accepted("plea.signed", """{"suspect":"1","lawyerPresent":true,"sentenceProposal.kind":"fixed"}""");

        Assert.False(data["sentenceProposal.kind"].IsPresent);
    }

    [Fact]
    public void Escaped_names_and_values_mean_the_same()
    {
        var data = Sending.Accepted("case.assigned", """{"prosecut\u006fr":"p\u002d1","mode":"r\u0061ndom","x\u0079":1}""");

        Assert.Equal("p-1", data["prosecutor"].Text);
        Assert.Equal("random", data["mode"].Text);
        Assert.Equal(1, data["xy"].Number);
    }

    [Fact]
    public void Keys_are_interned_so_that_a_literal_meets_them_by_reference()
    {
        var data = Sending.Accepted("card.filled", """{"suspect":"1","fields":{"认罪认罚":"是"},"odd":1}""");

        Assert.All(data.Fields, f => Assert.Same(string.IsInterned(f.Key), f.Key));
        Assert.Equal("1", data[new string("suspect".ToCharArray())].Text);
    }

    [Fact]
    public void A_lookup_allocates_nothing()
    {
        var data = Sending.Accepted("case.accepted", Samples.Data["case.accepted"]);
        var found = 0;
        Look(data, ref found);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Look(data, ref found);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(3 * 101, found);
    }

    private static void Look(EventData data, ref int found)
    {
        found += data["caseType"].IsPresent ? 1 : 0;
        found += data["no such field"].IsPresent ? 1 : 0;
        found += data.Objects("suspects").Count;
        found += data.Texts("nothing").Count;
    }

    [Fact]
    public void An_instant_has_the_legal_date_of_its_moment()
    {
        var data = Sending.Accepted("supplement.resubmitted", """{"receivedOn":"2026-02-28T16:30:00Z"}""");

        Assert.Equal(new DateOnly(2026, 3, 1), data["receivedOn"].Date);
        Assert.Equal("2026-02-28T16:30:00+00:00", data["receivedOn"].AsText());
    }

    [Fact]
    public void Values_are_equal_by_kind_and_meaning()
    {
        var instant = DateTimeOffset.Parse("2026-02-09T09:30:00+08:00", CultureInfo.InvariantCulture);

        Assert.Equal(FieldValue.Of("a"), FieldValue.Of(new string('a', 1)));
        Assert.NotEqual(FieldValue.Of("1"), FieldValue.Of(1));
        Assert.NotEqual(FieldValue.Of(true), FieldValue.Of(1));
        Assert.NotEqual(FieldValue.Of(false), default);
        Assert.Equal(FieldValue.Of(instant), FieldValue.Of(instant.ToUniversalTime()));
        Assert.Equal(FieldValue.Of(0d).GetHashCode(), FieldValue.Of(-0d).GetHashCode());
        Assert.True(FieldValue.Of(0d) == FieldValue.Of(-0d));
    }

    [Fact]
    public void A_value_prints_as_JSON_would_write_it()
    {
        Assert.Equal("0.1", FieldValue.Of(0.1).AsText());
        Assert.Equal("12", FieldValue.Of(12).AsText());
        Assert.Equal("true", FieldValue.Of(true).AsText());
        Assert.Equal("2026-02-09", FieldValue.Of(new DateOnly(2026, 2, 9)).AsText());
        Assert.Equal("", default(FieldValue).AsText());
    }

    [Fact]
    public void A_value_of_another_kind_gives_nothing()
    {
        var text = FieldValue.Of("2026-02-09");

        Assert.Null(text.Date);
        Assert.Null(text.Instant);
        Assert.Equal(0, text.Number);
        Assert.False(text.True);
        Assert.Null(FieldValue.Of(new DateOnly(2026, 2, 9)).Instant);
        Assert.Null(FieldValue.Of(1).Text);
    }

    private static (string, string) CodeAndPointer(string card)
    {
        var problem = Sending.Refused("card.filled", card);
        return (problem.Code, problem.Pointer);
    }
}

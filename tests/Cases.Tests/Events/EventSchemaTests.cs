using System.Text.Json.Nodes;
using Cluster.Cases.Events;

namespace Cluster.Cases.Tests.Events;

public sealed class EventSchemaTests
{
    [Fact]
    public void Every_type_of_the_contract_has_a_sample_and_no_other_exists() =>
        Assert.Equal(Samples.Data.Keys.Order(StringComparer.Ordinal), EventTypes.All.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Samples.Types), MemberType = typeof(Samples))]
    public void A_full_sample_is_accepted(string type)
    {
        var reading = Sending.ReadData(type, Samples.Data[type]);

        Assert.Null(reading.Problem);
        Assert.Same(EventTypes.All.Single(t => t == type), reading.Event!.Type);
    }

    [Theory]
    [MemberData(nameof(Samples.Types), MemberType = typeof(Samples))]
    public void The_required_fields_alone_are_enough(string type)
    {
        var data = JsonNode.Parse(Samples.Data[type])!.AsObject();
        var required = Samples.Required.GetValueOrDefault(type, []);
        foreach (var optional in data.Select(p => p.Key).Except(required).ToArray())
        {
            data.Remove(optional);
        }

        Assert.Null(Sending.ReadData(type, data.ToJsonString()).Problem);
    }

    [Theory]
    [MemberData(nameof(Samples.Types), MemberType = typeof(Samples))]
    public void Without_a_required_field_or_with_null_it_is_refused(string type)
    {
        foreach (var field in Samples.Required.GetValueOrDefault(type, []))
        {
            var data = JsonNode.Parse(Samples.Data[type])!.AsObject();
            data[field] = null;
            var ofNull = Sending.Refused(type, data.ToJsonString());
            data.Remove(field);
            var ofNothing = Sending.Refused(type, data.ToJsonString());

            Assert.Equal(("invalid-data", "/data/" + field), (ofNothing.Code, ofNothing.Pointer));
            Assert.Equal(ofNothing, ofNull);
        }
    }

    [Theory]
    [MemberData(nameof(Samples.Types), MemberType = typeof(Samples))]
    public void Null_in_an_optional_field_counts_as_absent(string type)
    {
        var data = JsonNode.Parse(Samples.Data[type])!.AsObject();
        foreach (var optional in data.Select(p => p.Key).Except(Samples.Required.GetValueOrDefault(type, [])).ToArray())
        {
            data[optional] = null;
            Assert.False(Sending.Accepted(type, data.ToJsonString())[optional].IsPresent);
        }
    }

    [Theory]
    [MemberData(nameof(Samples.Types), MemberType = typeof(Samples))]
    public void A_field_of_the_schema_given_the_wrong_kind_of_value_is_refused(string type)
    {
        var data = JsonNode.Parse(Samples.Data[type])!.AsObject();
        foreach (var field in data.Select(p => p.Key).Where(f => !IsExtra(type, f)).ToArray())
        {
            var broken = data.DeepClone().AsObject();
            // A list of lists fits nothing.
            broken[field] = new JsonArray(new JsonArray());

            if (field == "victims")
            {
                continue; // a list is counted
            }

            var problem = Sending.Refused(type, broken.ToJsonString());
            Assert.Equal("invalid-data", problem.Code);
            Assert.StartsWith("/data/" + field, problem.Pointer, StringComparison.Ordinal);
        }
    }

    private static bool IsExtra(string type, string field) =>
        (type == "supervision.noticed" && field == "kind") || (type == "supervision.replied" && field == "text");

    [Theory]
    [InlineData("case.accepted", "caseType", "ARR,ARR-D,ARR-S,EXT,RECALC,PRO,PRO-M,TRIAL1,JUDGREV,APPEAL2,RETRIAL,DEATH,LIAN,ZHEN,SHEN,JIYA,OWN,EXEC,PETC,CIVS,ADMS,PILA,PILC,CONF,MEDI,LIMIT,REV,SUGG")]
    [InlineData("case.assigned", "mode", "random,designated,linked,rotation")]
    [InlineData("rights.notified", "who", "suspect,victim,plea")]
    [InlineData("rights.notified", "how", "document,transcript,phone,announcement")]
    [InlineData("opinion.heard", "who", "suspect,defender,duty-lawyer,victim,police,guardian")]
    [InlineData("measure.taken", "kind", "detention,arrest,bail,residential,designated-residential,retention,none,release")]
    [InlineData("custody.reviewed", "result", "continue,change")]
    [InlineData("supplement.returned", "to", "police,supervision")]
    [InlineData("decision.made", "kind", "approve-arrest,refuse-arrest,prosecute,np-legal,np-discretionary,np-doubt,np-conditional,np-special,np-after-probation,prosecute-after-probation,withdrawn-by-police,merge,transfer,arrest,no-arrest,apply,no-apply,protest,retrial-suggestion,suggestion,no-support,terminate,file,suggest,sue,approve,refuse,maintain,change")]
    [InlineData("decision.made", "approvedBy", "prosecutor,deputy-chief,chief,committee")]
    [InlineData("decision.made", "procedure", "ordinary,summary,fast-track")]
    [InlineData("decision.announced", "to", "suspect,unit,victim,defender,police,court,superior")]
    [InlineData("decision.served", "to", "suspect,unit,victim,defender,police,court,superior")]
    [InlineData("reconsideration.requested", "level", "same,superior")]
    [InlineData("judgment.received", "kind", "judgment,ruling")]
    [InlineData("judgment.received", "result", "guilty,acquitted,exempted,changed-charge")]
    public void A_choice_takes_each_word_of_the_contract_and_no_other(string type, string field, string words)
    {
        var data = JsonNode.Parse(Samples.Data[type])!.AsObject();
        foreach (var word in words.Split(','))
        {
            data[field] = word;
            Assert.Equal(word, Sending.Accepted(type, data.ToJsonString())[field].Text);
        }

        foreach (var other in new[] { "other", "", words.Split(',')[0].ToUpperInvariant() + "x" })
        {
            data[field] = other;
            Assert.Equal("/data/" + field, Sending.Refused(type, data.ToJsonString()).Pointer);
        }
    }

    [Theory]
    [InlineData("kind", "detention,arrest,bail,residential,designated-residential,retention,none")]
    public void The_measure_of_a_suspect_takes_the_kinds_of_the_contract(string field, string words)
    {
        foreach (var word in words.Split(','))
        {
            var data = Suspect($$$"""{"suspect":"1","measure":{"{{{field}}}":"{{{word}}}"}}""");
            Assert.Equal(word, Sending.Accepted("case.accepted", data).Objects("suspects")[0]["measure." + field].Text);
        }

        Assert.Equal(
            "/data/suspects/0/measure/kind",
            Sending.Refused("case.accepted", Suspect("""{"suspect":"1","measure":{"kind":"release"}}""")).Pointer);
    }

    [Theory]
    [InlineData("""{"suspect":"1","sex":"女性"}""", "/data/suspects/0/sex")]
    [InlineData("""{"suspect":1}""", "/data/suspects/0/suspect")]
    [InlineData("""{"suspect":" "}""", "/data/suspects/0/suspect")]
    [InlineData("""{"name":"某某"}""", "/data/suspects/0/suspect")]
    [InlineData("\"1\"", "/data/suspects/0")]
    [InlineData("null", "/data/suspects/0")]
    [InlineData("""{"suspect":"1"},{"suspect":"2"},{"suspect":"1"}""", "/data/suspects/2/suspect")]
    [InlineData("""{"suspect":"1","birthDate":"1990-02-30"}""", "/data/suspects/0/birthDate")]
    [InlineData("""{"suspect":"1","birthDate":"1990-05-01T00:00:00Z"}""", "/data/suspects/0/birthDate")]
    [InlineData("""{"suspect":"1","unit":"false"}""", "/data/suspects/0/unit")]
    [InlineData("""{"suspect":"1","disability":"lame"}""", "/data/suspects/0/disability")]
    [InlineData("""{"suspect":"1","defender":{"kind":"friend"}}""", "/data/suspects/0/defender/kind")]
    [InlineData("""{"suspect":"1","charges":[{"article":"第264条"}]}""", "/data/suspects/0/charges/0/name")]
    [InlineData("""{"suspect":"1","charges":[7]}""", "/data/suspects/0/charges/0")]
    [InlineData("""{"suspect":"1","charges":[""]}""", "/data/suspects/0/charges/0")]
    public void A_wrong_suspect_is_refused_at_its_place(string suspects, string pointer)
    {
        var problem = Sending.Refused("case.accepted", Suspect(suspects));

        Assert.Equal(("invalid-data", pointer), (problem.Code, problem.Pointer));
    }

    [Theory]
    [InlineData("case.accepted", "receivedOn", "\"2026-02-09T09:30:00+08:00\"")]
    [InlineData("case.accepted", "receivedOn", "\"2026-2-9\"")]
    [InlineData("case.accepted", "receivedOn", "\"9999-12-31\"")]
    [InlineData("case.accepted", "returnsSoFar", "3")]
    [InlineData("case.accepted", "returnsSoFar", "0.5")]
    [InlineData("case.accepted", "volumes", "-1")]
    [InlineData("case.accepted", "volumes", "1e400")]
    [InlineData("case.accepted", "facts", "\"2\"")]
    [InlineData("case.accepted", "victims", "{}")]
    [InlineData("case.accepted", "sentBy", "\"police\"")]
    [InlineData("case.accepted", "suspects", "{}")]
    [InlineData("suspect.interrogated", "staff", "-1")]
    [InlineData("measure.taken", "from", "\"2026-02-10T08:00:00\"")]
    [InlineData("measure.taken", "from", "\"2026-02-30\"")]
    [InlineData("event.corrected", "time", "\"2026-02-10\"")]
    [InlineData("event.corrected", "data", "[]")]
    [InlineData("decision.made", "suspects", "[1]")]
    [InlineData("decision.made", "suspects", "\"1\"")]
    [InlineData("property.received", "value", "{}")]
    public void A_value_outside_the_schema_is_refused(string type, string field, string json)
    {
        var data = JsonNode.Parse(Samples.Data[type])!.AsObject();
        data.Remove(field);
        var broken = data.ToJsonString()[..^1] + $",\"{field}\":{json}}}";

        var problem = Sending.Refused(type, broken);

        Assert.Equal("invalid-data", problem.Code);
        Assert.StartsWith("/data/" + field, problem.Pointer, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_that_is_issued_has_a_code_and_other_events_do_without()
    {
        Assert.Equal("/data/doc/code", Sending.Refused("document.issued", """{"doc":{"number":"1"}}""").Pointer);
        Sending.Accepted("rights.notified", """{"who":"suspect","doc":{"number":"1"}}""");
    }

    [Fact]
    public void A_text_has_at_most_200_characters_however_many_bytes()
    {
        Sending.Accepted("case.closed", $$"""{"result":"{{Sending.Repeated("𠮷", 200)}}"}""");
        Sending.Accepted("case.closed", $$"""{"result":"{{Sending.Repeated("\\ud842\\udfb7", 200)}}"}""");

        var problem = Sending.Refused("case.closed", $$"""{"result":"{{Sending.Repeated("诉", 201)}}"}""");

        Assert.Equal(("too-long", "/data/result"), (problem.Code, problem.Pointer));
    }

    [Fact]
    public void A_field_given_twice_is_refused() =>
        Assert.Equal("/data/prosecutor", Sending.Refused("recusal.decided", """{"prosecutor":"a","granted":true,"prosecutor":"b"}""").Pointer);

    [Fact]
    public void A_problem_never_repeats_what_was_sent()
    {
        const string Secret = "李四11010519491231002X";
        foreach (var data in new[]
        {
            Suspect($$"""{"suspect":"1","sex":"{{Secret}}"}"""),
            Suspect($$"""{"suspect":"{{Secret}}"},{"suspect":"{{Secret}}"}"""),
            Suspect($$"""{"suspect":"1","birthDate":"{{Secret}}"}"""),
            Suspect($$"""{"suspect":"1","unit":"{{Secret}}"}"""),
            Suspect($$"""{"suspect":"1","name":"{{Sending.Repeated(Secret, 20)}}"}"""),
        })
        {
            Assert.DoesNotContain(Secret, Sending.Refused("case.accepted", data).ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("case.accepted", false)]
    [InlineData("event.voided", false)]
    [InlineData("event.corrected", false)]
    [InlineData("supervision.replied", false)]
    [InlineData("no.such-type", false)]
    [InlineData("rights.notified", true)]
    [InlineData("case.assigned", true)]
    public void Only_what_an_office_may_lack_can_be_switched_off(string type, bool can) =>
        Assert.Equal(can, EventTypes.CanBeSwitchedOff(type));

    private static string Suspect(string suspects) =>
        $$"""{"caseType":"PRO","procuratorate":"422826","receivedOn":"2026-02-09","suspects":[{{suspects}}]}""";
}

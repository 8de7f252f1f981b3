using System.Text;
using System.Text.Json;
using Cluster.Fuzz.Episodes;
using Cluster.Fuzz.Grammar;
using Cluster.Fuzz.Oracles;
using Cluster.Fuzz.Serving;

namespace Cluster.Fuzz.Tests;

/// <summary>Histories too large for a corpus file, and what no answer about a case may tell.</summary>
public sealed class HistoryTests(WorldFixture fixture) : IClassFixture<WorldFixture>
{
    [Theory]
    [InlineData(null, 1_500)]
    [InlineData("none", 1_000)]
    [InlineData("arrest", 1_000)]
    [InlineData("detention", 1_000)]
    public async Task A_case_with_thousands_of_suspects_is_taken_and_assessed_within_the_patience(string? measure, int count)
    {
        string mark = fixture.NextMark();
        Node suspects = new Row([.. Enumerable.Range(1, count).Select(Node (n) =>
            new Table().With("suspect", $"{n}").With("measure", measure is null ? null : new Table().With("kind", measure).With("from", "2026-01-20")))]);
        var grammar = new EventGrammar(new Dice(1), mark) { Subjects = [mark] };
        Table accepted = grammar.Envelope("case.accepted", new Table().With("caseType", "PRO").With("procuratorate", "422826").With("receivedOn", "2026-02-01").With("suspects", suspects), mark);
        Assert.Null(await Campaign.Alone(fixture.World, new Episode("absurd", mark, [EventEpisodes.PostBatch(accepted)])));
        Assert.Equal(200, (await fixture.World.Send(new Step { Target = "/api/cases/" + mark }, Trial.Patience)).Status);
    }

    [Fact]
    public async Task Hundreds_of_corrections_of_one_event_are_assessed_within_the_patience()
    {
        string mark = fixture.NextMark();
        var grammar = new EventGrammar(new Dice(1), mark) { Subjects = [mark] };
        var events = new List<Node> { grammar.Accepted(mark) };
        (string source, string id) = grammar.Made[0];
        for (int i = 1; i < 400; i++)
            events.Add(grammar.Envelope("event.corrected", new Table().With("source", source).With("id", id).With("data", new Table().With("name", $"第{i}次")), mark));
        Assert.Null(await Campaign.Alone(fixture.World, new Episode("absurd", mark, [EventEpisodes.PostBatch(events)])));
    }

    [Theory]
    [InlineData("""{"suspect":"1","fields":{"身份证号":"110101199003074258"}}""")]
    [InlineData("""{"suspect":"1","fields":{"\u8eab\u4efd\u8bc1\u53f7":"110101199003074258"}}""")]
    [InlineData("""{"suspect":"1","fields":{"身份证号":110101199003074258}}""")]
    [InlineData("""{"suspect":"1","fields":{"身份证号":["110101199003074258"]}}""")]
    [InlineData("""{"suspect":"1","fields":{"性别":"男"},"idN\u0075mber":{"a":"110101199003074258"},"x":1,"x":2}""")]
    public async Task The_number_of_a_person_is_masked_however_it_was_written(string data)
    {
        string mark = fixture.NextMark();
        string e = $$"""{"specversion":"1.0","id":"{{mark}}","source":"/{{mark}}","type":"card.filled","subject":"{{mark}}","time":"2026-02-01T09:00:00+08:00","data":{{data}}}""";
        Answer taken = await fixture.World.Send(EventEpisodes.Post(EventEpisodes.One, Encoding.UTF8.GetBytes(e)), Trial.Patience);
        using JsonDocument results = JsonDocument.Parse(taken.Body);
        Assert.Equal("accepted", results.RootElement.GetProperty("results")[0].GetProperty("status").GetString());

        Answer answer = await fixture.World.Send(new Step { Target = "/api/cases/" + mark }, Trial.Patience);
        Assert.Equal(200, answer.Status);
        using JsonDocument body = JsonDocument.Parse(answer.Body);
        string history = body.RootElement.GetProperty("history").GetRawText();
        Assert.DoesNotContain("199003074258", history, StringComparison.Ordinal);
        Assert.Contains("110***", history, StringComparison.Ordinal);
    }
}

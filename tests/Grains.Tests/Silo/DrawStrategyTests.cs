using System.Text.Json.Nodes;
using Cluster.Cases.Assignment;
using Cluster.Contracts;
using Cluster.Law;

namespace Grains.Tests.Silo;

/// <summary>A department draws by the strategy it is defined with, and publishes what anybody needs to recompute it.</summary>
public sealed class DrawStrategyTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Monday = SiloUnderTest.Monday;

    private SiloUnderTest _silo = null!;

    public async Task InitializeAsync() => _silo = await SiloUnderTest.Start();

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task Turns_of_several_cases_go_on_over_a_restart_and_every_day_verifies()
    {
        await Open("turns:3", "p1", "p2");
        for (var i = 0; i < 8; i++)
        {
            await _silo.Record($"c{i}", Sent.Arrest($"e{i}", _silo.Now, "d"));
            if (i == 1) await _silo.Restart(); // in the middle of a turn
            if (i == 4) await _silo.PassTo(_silo.Now.AddDays(1));
        }

        await _silo.PassTo(_silo.Now.AddDays(1));
        var days = await Days();
        Assert.Equal(["p1", "p1", "p1", "p2", "p2", "p2", "p1", "p1"], days.SelectMany(d => d!["draws"]!.AsArray()).Select(d => (string?)d!["chosen"]));
        Assert.All(days.SelectMany(d => d!["draws"]!.AsArray()), d => Assert.Equal("turns:3/1", (string?)d!["policy"]));
        Assert.All(days.SkipLast(1), day => Assert.Empty(DrawVerifier.Verify(day!.ToJsonString())));
    }

    [Fact]
    public async Task A_strategy_that_changes_in_the_middle_of_a_day_is_told_draw_by_draw()
    {
        string[] strategies = ["balanced", "random", "rotation", "turns:2", "weighted-random"];
        for (var i = 0; i < 25; i++)
        {
            if (i % 5 == 0) await Open(strategies[i / 5], "p1", "p2", "p3");
            await _silo.Record($"c{i}", Sent.Arrest($"e{i}", Monday, "d"));
        }

        await _silo.PassTo(LegalTime.EndOf(LegalTime.DateOf(Monday)));
        var day = (await Days())[0]!;
        Assert.Equal(
            new[] { "balanced/1", "random/1", "turns/1", "turns:2/1", "balanced/1" }.SelectMany(p => Enumerable.Repeat(p, 5)),
            day["draws"]!.AsArray().Select(d => (string)d!["policy"]!));
        Assert.Empty(DrawVerifier.Verify(day.ToJsonString()));
    }

    [Fact]
    public async Task Days_that_are_over_are_told_byte_for_byte_as_on_their_own_day()
    {
        await Open(null, "p1", "p2", "p3");
        for (var i = 0; i < 5; i++) await _silo.Record($"c{i}", Sent.Accepted($"e{i}", "PRO", Monday, "bail", "d"));
        var before = (await Days())[0]!["draws"]!.ToJsonString();
        for (var day = 0; day < 2; day++)
        {
            await _silo.PassTo(_silo.Now.AddDays(1));
            Assert.Equal(before, (await Days())[0]!["draws"]!.ToJsonString());
        }

        await _silo.Restart();
        Assert.Equal(before, (await Days())[0]!["draws"]!.ToJsonString());
        Assert.Equal([5, 0, 0], (await Days()).Select(d => d!["draws"]!.AsArray().Count));
    }

    [Fact]
    public async Task Each_draw_sees_exactly_what_is_open_at_that_moment()
    {
        await Open(null, "p1", "p2", "p3");
        for (var i = 0; i < 30; i++)
        {
            await _silo.Record($"c{i}", Sent.Accepted($"e{i}", i % 3 == 0 ? "PRO" : "ARR", Monday, "bail", "d"));
            if (i % 4 == 3) await _silo.Record($"c{i - 2}", Sent.Event($"x{i}", "case.closed", Monday, []));
            if (i % 7 == 6) await _silo.Record($"c{i}", Sent.Reassigned($"r{i}", Monday, "p2"));
            if (i == 15) await _silo.Restart();
        }

        await _silo.Settled();
        var workload = JsonNode.Parse((await _silo.Department("d").Workload())!)!["prosecutors"]!.AsArray().ToDictionary(p => (string)p!["id"]!, p => (double)p!["load"]!);
        await _silo.Record("last", Sent.Accepted("e-last", "PRO", Monday, "bail", "d"));
        var told = (await Days())[0]!["draws"]!.AsArray()[^1]!["eligible"]!.AsArray().ToDictionary(e => (string)e!["prosecutor"]!, e => (double)e!["load"]!);
        Assert.Equal(workload, told);
    }

    private async Task Open(string? strategy, params string[] prosecutors)
    {
        await _silo.Open("d", prosecutors);
        await _silo.Department("d").Define(new DepartmentDefinition("d", "d", Office.Code, [], strategy));
    }

    private async Task<JsonArray> Days() =>
        JsonNode.Parse(await _silo.Department("d").Draws(LegalTime.DateOf(Monday), LegalTime.DateOf(_silo.Now)))!.AsArray();
}

using System.Text.Json.Nodes;
using Cluster.Cases.Assignment;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Law;
using Grains.Tests.Engine;

namespace Grains.Tests.Silo;

/// <summary>Draws while other things happen: one owner a case, loads exact, draws numbered without a gap and verifiable.</summary>
public sealed class ConcurrentDrawTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Monday = SiloUnderTest.Monday;
    private static readonly DateOnly Today = LegalTime.DateOf(Monday);
    private static readonly Dictionary<string, string[]> Office = new() { ["d"] = ["p1", "p2", "p3", "p4"], ["d2"] = ["q1", "q2", "q3"] };

    private SiloUnderTest _silo = null!;

    public async Task InitializeAsync()
    {
        _silo = await SiloUnderTest.Start();
        foreach (var (department, prosecutors) in Office) await _silo.Open(department, prosecutors);
    }

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task Two_departments_draw_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 80).Select(i => Accept(i, i % 2 == 0 ? "d" : "d2")));
        await AllIsRight(80);
        Assert.Equal((40, 40), (await Drawn("d"), await Drawn("d2")));
    }

    [Fact]
    public async Task Five_hundred_cases_come_to_one_department_in_one_batch()
    {
        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => Accept(i, "d")));
        await AllIsRight(500);
        Assert.Equal(500, await Drawn("d"));
        var open = Rows(await _silo.Department("d").Workload()).Select(r => (int)r["openCases"]!).ToArray();
        // A share of 125 each; blind chance alone would scatter twice as far.
        Assert.All(open, n => Assert.InRange(n, 105, 145));
    }

    [Fact]
    public async Task Cases_that_turn_out_to_belong_to_another_department_are_drawn_there_while_both_draw()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Accept(i, "d")));
        await _silo.JumpTo(Monday.AddMinutes(1));
        await Task.WhenAll(
            Task.WhenAll(Enumerable.Range(0, 20).Select(i => _silo.Case($"c{i}").Record([Moved(i, "d2", "m")]))),
            Task.WhenAll(Enumerable.Range(40, 40).Select(i => Accept(i, i % 2 == 0 ? "d" : "d2"))));
        await AllIsRight(80);
        for (var i = 0; i < 20; i++) Assert.Equal("d2", (await _silo.Index.Find($"c{i}"))!.Department);
        // Back again: what was drawn there first holds again, and nobody is drawn anew.
        var before = await Drawn("d");
        await _silo.JumpTo(Monday.AddMinutes(2));
        await Task.WhenAll(Enumerable.Range(0, 5).Select(i => _silo.Case($"c{i}").Record([Moved(i, "d", "back")])));
        await AllIsRight(80);
        Assert.Equal(before, await Drawn("d"));
    }

    [Fact]
    public async Task A_case_that_goes_to_another_office_leaves_its_department_and_the_one_that_continues_it_burdens_the_other()
    {
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Accept(i, "d")));
        await _silo.JumpTo(Monday.AddHours(2));
        await Task.WhenAll(Enumerable.Range(0, 10).SelectMany(i => new Task[]
        {
            _silo.Case($"c{i}").Record([Sent.Event($"t{i}", "jurisdiction.transferred", Monday.AddHours(1), new JsonObject { ["to"] = "422827" })]),
            _silo.Case($"n{i}").Record([Sent.Prosecution($"n{i}", Monday.AddHours(2), "d2", $"c{i}")]),
        }));
        await _silo.Settled();
        Assert.All(Rows(await _silo.Department("d").Workload()), row => Assert.Equal(0, (double)row["load"]!));
        Assert.Equal(10, Rows(await _silo.Department("d2").Workload()).Sum(row => (int)row["openCases"]!));
        await LoadsAddUp();
    }

    [Fact]
    public async Task Somebody_who_is_entered_as_absent_while_draws_run_is_drawn_no_more_from_then_on()
    {
        var entered = new TaskCompletionSource();
        // The first draw waits for the disk until the absence is in; the others queue behind it.
        _silo.Disturbance.Hold = commit => commit.Stream == "department:d" && commit.Events.Any(e => e.Type == "case.drawn") ? entered.Task : null;
        var before = Task.WhenAll(Enumerable.Range(0, 20).Select(i => Accept(i, "d")));
        await _silo.Until(async () => (await _silo.Journal.Read("department:d", 0)).Any(e => e.Event.Type == "case.drawn"));
        await _silo.Enrol("p1", "d", absences: [new Absence(Today, Today.AddDays(3), "病假")]);
        var after = Task.WhenAll(Enumerable.Range(20, 30).Select(i => Accept(i, "d")));
        _silo.Disturbance.Hold = null;
        entered.SetResult();
        await before;
        await after;
        await AllIsRight(50);
        var absent = (await Draws("d")).Select(draw => draw["excluded"]!.AsArray().Any(x => ((string?)x!["prosecutor"], (string?)x["reason"]) == ("p1", "absent"))).ToList();
        Assert.Equal(absent.Order(), absent); // once away, away in every later draw
        Assert.InRange(absent.Count(a => a), 30, 50);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(40)]
    public async Task A_department_whose_store_fails_in_the_middle_has_drawn_what_is_stored_and_draws_the_rest_later(int at)
    {
        var drawn = 0;
        _silo.Disturbance.Refuse = commit => commit.Stream == "department:d" && commit.Events.Any(e => e.Type == "case.drawn") && Interlocked.Increment(ref drawn) == at ? new IOException("disk full") : null;
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Accept(i, "d")));
        await _silo.Settled();
        Assert.True(drawn >= at);
        await _silo.PassTo(Monday.AddMinutes(2)); // a case that could not be drawn for tries again after a minute
        await AllIsRight(40);
    }

    [Fact]
    public async Task A_power_cut_in_the_middle_of_a_batch_leaves_one_owner_a_case()
    {
        var never = new TaskCompletionSource();
        var (stored, half) = (0, new TaskCompletionSource());
        _silo.Disturbance.Hold = commit =>
        {
            if (!commit.Stream.StartsWith("case:", StringComparison.Ordinal) || Interlocked.Increment(ref stored) < 20) return null;
            half.TrySetResult();
            return never.Task;
        };
        var recording = Task.WhenAll(Enumerable.Range(0, 40).Select(i => Accept(i, "d")));
        await half.Task.Soon();
        await _silo.Crash(() => never.TrySetException(new IOException("power cut")));
        await Assert.ThrowsAnyAsync<Exception>(() => recording);
        // Whoever had no answer sends again.
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Accept(i, "d")));
        await _silo.PassTo(Monday.AddMinutes(2));
        await AllIsRight(40);
    }

    private Task<EventOutcome[]> Accept(int i, string department) => _silo.Case($"c{i}").Record([Sent.Accepted($"e{i}", i % 3 == 0 ? "ARR" : "PRO", Monday, "bail", department)]);

    private EventMessage Moved(int i, string department, string name) => Sent.Corrected($"{name}{i}", _silo.Now, $"e{i}", new JsonObject { ["department"] = department });

    private async Task AllIsRight(int cases)
    {
        await _silo.Settled();
        var owned = new Dictionary<string, string>(StringComparer.Ordinal);
        var all = new List<CaseRow>();
        for (string? cursor = null; ;)
        {
            var page = await _silo.Index.Cases(new CaseQuery(Visibility.Everything) { Limit = 500, Cursor = cursor });
            all.AddRange(page.Items);
            if ((cursor = page.Next) is null) break;
        }

        Assert.Equal(cases, all.Count);
        Assert.All(all, row => Assert.Contains(row.Prosecutor, Office[row.Department!]));
        await LoadsAddUp(all);
        foreach (var department in Office.Keys)
        {
            var draws = await Draws(department);
            Assert.Equal(Enumerable.Range(1, draws.Count), draws.Select(d => (int)d["number"]!));
            // The last draw of a case in its department is who has it.
            foreach (var draw in draws.GroupBy(d => (string)d["case"]!).Select(g => g.Last())) owned[$"{department} {draw["case"]}"] = (string)draw["chosen"]!;
            var over = JsonNode.Parse(await _silo.Department(department).Draws(Today, Today))!.AsArray()[0]!.DeepClone().AsObject();
            over["secret"] = await Secret(department);
            Assert.Empty(DrawVerifier.Verify(over.ToJsonString()));
        }

        Assert.All(all, row => Assert.Equal(owned[$"{row.Department} {row.Id}"], row.Prosecutor));
    }

    private async Task LoadsAddUp(IReadOnlyList<CaseRow>? all = null)
    {
        all ??= (await _silo.Index.Cases(new CaseQuery(Visibility.Everything) { Limit = 500 })).Items;
        foreach (var department in Office.Keys)
        {
            foreach (var row in Rows(await _silo.Department(department).Workload()))
            {
                var mine = all.Where(c => c.Open && c.Department == department && c.Prosecutor == (string?)row["id"]).ToList();
                Assert.Equal((Math.Round(mine.Sum(c => c.Weight), 4), mine.Count), ((double)row["load"]!, (int)row["openCases"]!));
                var load = await _silo.Prosecutor((string)row["id"]!).Load();
                Assert.Equal((mine.Count, Math.Round(mine.Sum(c => c.Weight), 4)), (load.OpenCases, Math.Round(load.Weight, 4)));
            }
        }
    }

    private async Task<int> Drawn(string department) => (await Draws(department)).Count;

    private async Task<List<JsonNode>> Draws(string department) =>
        [.. JsonNode.Parse(await _silo.Department(department).Draws(Today, Today))!.AsArray()[0]!["draws"]!.AsArray().Select(d => d!)];

    /// <summary>The day is not over, but its secret is in the journal.</summary>
    private async Task<string> Secret(string department) =>
        (string)JsonNode.Parse((await _silo.Journal.Read("department:" + department, 0)).Single(e => e.Event.Type == "day.opened").Event.Data)!["secret"]!;

    private static IEnumerable<JsonNode> Rows(byte[]? workload) => JsonNode.Parse(workload!)!["prosecutors"]!.AsArray().Select(p => p!);
}

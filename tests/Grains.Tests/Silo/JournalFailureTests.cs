using System.Text.Json.Nodes;
using Cluster.Cases.Assignment;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Law;
using Grains.Tests.Engine;

namespace Grains.Tests.Silo;

/// <summary>A commit that fails leaves nobody ahead of the store, and the next call works.</summary>
public sealed class JournalFailureTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Monday = SiloUnderTest.Monday;

    private SiloUnderTest _silo = null!;

    public async Task InitializeAsync() => _silo = await SiloUnderTest.Start();

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    public static TheoryData<string> Failures => new("disk", "overload");

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_case_whose_first_commit_fails_does_not_exist_and_can_be_recorded_after(string kind)
    {
        await _silo.Open("d", "p1", "p2");
        _ = RefuseOnce(kind, commit => commit.Stream == "case:c");
        await Assert.ThrowsAnyAsync<Exception>(() => _silo.Record("c", Sent.Arrest("e1", Monday, "d")));
        Assert.Null(await _silo.Read("c"));
        Assert.Null(await _silo.Index.Find("c"));
        Assert.Equal(0, await OpenCases());
        Assert.Equal([EventStatus.Accepted], (await _silo.Record("c", Sent.Arrest("e1", Monday, "d"))).Select(o => o.Status));
        Assert.Equal(1, await OpenCases());
        await _silo.ShouldBeAsAssessed("c");
        // The draw of the first try stands: one number, one prosecutor.
        Assert.Single((await _silo.Journal.Read("department:d", 0)), e => e.Event.Type == "case.drawn");
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_case_whose_later_commit_fails_stays_as_it_was(string kind)
    {
        await _silo.Record("c", Sent.Arrest("e1", Monday));
        await _silo.PassTo(Monday.AddDays(9));
        var (before, alerts) = ((await _silo.Read("c"))!.ToJsonString(), await _silo.Alerts("c"));
        _ = RefuseOnce(kind, commit => commit.Stream == "case:c");
        await Assert.ThrowsAnyAsync<Exception>(() => _silo.Record("c", Sent.Decided("e2", Monday.AddDays(2), "approve-arrest")));
        Assert.Equal(before, (await _silo.Read("c"))!.ToJsonString());
        Assert.Equal(alerts.Select(a => a with { Json = [] }).Select(a => a.ToString()), (await _silo.Alerts("c")).Select(a => a with { Json = [] }).Select(a => a.ToString()));
        await _silo.Record("c", Sent.Decided("e2", Monday.AddDays(2), "approve-arrest"));
        Assert.NotNull(Assert.Single(await _silo.Alerts("c"), a => a.Rule == "QX-001").RetractedAt);
        await _silo.ShouldBeAsAssessed("c");
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_wake_that_fails_is_tried_again(string kind)
    {
        await _silo.Record("c", Sent.Arrest("e1", Monday));
        var at = (await _silo.Due.Until(DateTimeOffset.MaxValue, 1))[0].At!.Value;
        var refused = RefuseOnce(kind, commit => commit.Stream == "case:c");
        _silo.Time.JumpTo(at);
        await refused.Soon();
        // Two real seconds later, whether or not anything else happens; the pause begins at some moment after the refusal.
        for (var waited = TimeSpan.Zero; (await _silo.Due.Until(at, 1)).Count > 0; waited += TimeSpan.FromSeconds(1))
        {
            Assert.True(waited < TimeSpan.FromMinutes(1), $"not tried again in {waited}");
            var next = _silo.Disturbance.Next;
            _silo.Real.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System));
        }

        await _silo.ShouldBeAsAssessed("c");
    }

    [Fact]
    public async Task A_case_is_recorded_while_its_department_cannot_draw_and_drawn_for_a_minute_later()
    {
        await _silo.Open("d", "p1", "p2");
        _ = RefuseOnce("disk", commit => commit.Events is [{ Type: "case.drawn" }]);
        Assert.Equal([EventStatus.Accepted], (await _silo.Record("c", Sent.Arrest("e1", Monday, "d"))).Select(o => o.Status));
        Assert.Null((await _silo.Index.Find("c"))!.Prosecutor);
        await _silo.PassTo(Monday.AddMinutes(1));
        Assert.NotNull((await _silo.Index.Find("c"))!.Prosecutor);
        Assert.Equal(1, await OpenCases());
        await _silo.ShouldBeAsAssessed("c");
    }

    [Fact]
    public async Task A_department_that_was_behind_its_stream_catches_up_and_draws_at_once()
    {
        await _silo.Open("d", "p1", "p2");
        _ = RefuseOnce("version", commit => commit.Events is [{ Type: "case.drawn" }]);
        await _silo.Record("c", Sent.Arrest("e1", Monday, "d"));
        Assert.NotNull((await _silo.Index.Find("c"))!.Prosecutor);
        Assert.Equal(1, await OpenCases());
        await _silo.ShouldBeAsAssessed("c");
    }

    [Fact]
    public async Task A_draw_that_is_not_written_is_given_to_nobody_and_published_to_nobody()
    {
        await _silo.Open("d", "p1", "p2");
        var date = LegalTime.DateOf(Monday);
        var held = new TaskCompletionSource();
        var draws = 0;
        // The first draw is written and answered late; the second is lost meanwhile.
        _silo.Disturbance.Hold = commit => commit.Events is [{ Type: "case.drawn" }] && ++draws == 1 ? held.Task : null;
        var first = _silo.Case("c1").Record([Sent.Arrest("e1", Monday, "d")]);
        await _silo.Until(async () => (await _silo.Journal.Read("department:d", 0)).Any(e => e.Event.Type == "case.drawn"));
        _ = RefuseOnce("disk", commit => commit.Events is [{ Type: "case.drawn" }]);
        await _silo.Case("c2").Record([Sent.Arrest("e2", Monday, "d")]).Soon();
        Assert.Null((await _silo.Index.Find("c2"))!.Prosecutor);
        var published = _silo.Department("d").Draws(date, date);
        held.SetResult();
        await first.Soon();
        Assert.Equal(["c1"], JsonNode.Parse(await published.Soon())![0]!["draws"]!.AsArray().Select(d => (string)d!["case"]!));

        await _silo.PassTo(Monday.AddMinutes(5));
        await _silo.PassTo(LegalTime.EndOf(date));
        var day = Assert.Single(JsonNode.Parse(await _silo.Department("d").Draws(date, date))!.AsArray())!;
        Assert.Empty(DrawVerifier.Verify(day.ToJsonString()));
        Assert.Equal(["c1", "c2"], day["draws"]!.AsArray().Select(d => (string)d!["case"]!));
        foreach (var draw in day["draws"]!.AsArray()) Assert.Equal((string?)draw!["chosen"], (await _silo.Index.Find((string)draw["case"]!))!.Prosecutor);
        Assert.Equal(2, await OpenCases());
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_department_whose_definition_fails_to_be_written_is_as_before(string kind)
    {
        await _silo.Open("d", "p1");
        _ = RefuseOnce(kind, commit => commit.Stream == "department:d");
        await Assert.ThrowsAnyAsync<Exception>(() => _silo.Department("d").Define(new DepartmentDefinition("d", "new name", Office.Code, [], null)));
        Assert.Equal("d", (string?)JsonNode.Parse((await _silo.Department("d").Workload())!)!["name"]);
        await _silo.Department("d").Define(new DepartmentDefinition("d", "new name", Office.Code, [], null));
        Assert.Equal("new name", (string?)JsonNode.Parse((await _silo.Department("d").Workload())!)!["name"]);
    }

    [Fact]
    public async Task Every_commit_of_a_run_may_fail_once_and_the_end_is_the_same()
    {
        for (var nth = 1; nth <= 12; nth++)
        {
            await using var silo = await SiloUnderTest.Start();
            await silo.Open("d", "p1", "p2");
            var left = nth;
            silo.Disturbance.Refuse = commit => commit.Events.Count > 0 && Interlocked.Decrement(ref left) == 0 ? new IOException("No space left on device") : null;
            foreach (var (caseId, events) in new (string, EventMessage[])[]
                     {
                         ("arr", [Sent.Arrest("a1", Monday, "d")]), ("arr", [Sent.Decided("a2", Monday, "approve-arrest"), Sent.Measure("a3", Monday, "arrest")]),
                         ("pro", [Sent.Prosecution("p1", Monday, "d", "arr")]), ("pro", [Sent.Rights("p2", Monday)]), ("other", [Sent.Arrest("o1", Monday, "d")]),
                     })
            {
                for (var tries = 0; ; tries++)
                {
                    try
                    {
                        await silo.Case(caseId).Record(events).Soon();
                        break;
                    }
                    catch (IOException) when (tries < 2)
                    {
                    }
                }
            }

            for (var i = 0; i < 2; i++)
            {
                var looked = silo.Disturbance.Looked;
                silo.Real.Advance(TimeSpan.FromSeconds(15));
                await looked.Soon();
            }

            await silo.PassTo(Monday.AddMinutes(2));
            foreach (var (caseId, events) in new[] { ("arr", "a1 a2 a3"), ("pro", "p1 p2"), ("other", "o1") })
            {
                var history = await silo.History(caseId);
                Assert.Equal(events, string.Join(' ', history.Where(e => e.Source == Sent.Source).Select(e => e.Id).Order()));
                Assert.Equal(caseId == "arr" ? 1 : 0, history.Count(e => e.Source == "/cluster/link"));
                await silo.ShouldBeAsAssessed(caseId);
            }

            var rows = (await silo.Index.Cases(new CaseQuery(Visibility.Everything))).Items;
            foreach (var prosecutor in new[] { "p1", "p2" })
            {
                var load = await silo.Prosecutor(prosecutor).Load();
                Assert.Equal(rows.Count(r => r.Open && r.Prosecutor == prosecutor), load.OpenCases);
            }

            Assert.All(rows.Where(r => r.Open), r => Assert.NotNull(r.Prosecutor));
            Assert.Equal(rows.Count(r => r.Open), JsonNode.Parse((await silo.Department("d").Workload())!)!["prosecutors"]!.AsArray().Sum(p => (int)p!["openCases"]!));
        }
    }

    private async Task<int> OpenCases() => JsonNode.Parse((await _silo.Department("d").Workload().Soon())!)!["prosecutors"]!.AsArray().Sum(p => (int)p!["openCases"]!);

    /// <summary>Refuses the next commit that is meant; completes when it was refused.</summary>
    private Task RefuseOnce(string kind, Func<Commit, bool> meant)
    {
        var refused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _silo.Disturbance.Refuse = commit =>
        {
            if (!meant(commit) || !refused.TrySetResult()) return null;
            return kind switch
            {
                "disk" => new IOException("No space left on device"),
                "version" => new StreamVersionException(commit.Stream, commit.ExpectedVersion, commit.ExpectedVersion + 1),
                _ => new JournalOverloadedException(1),
            };
        };
        return refused.Task;
    }
}

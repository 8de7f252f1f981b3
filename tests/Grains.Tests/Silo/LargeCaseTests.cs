using System.Text;
using System.Text.Json.Nodes;
using Cluster.Contracts;
using Cluster.Contracts.Operations;
using Cluster.Grains.Cases;
using Grains.Tests.Engine;

namespace Grains.Tests.Silo;

/// <summary>A case with more events than anybody has dealt with, and one of which something stored cannot be read.</summary>
public sealed class LargeCaseTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Monday = SiloUnderTest.Monday;

    private SiloUnderTest _silo = null!;

    public async Task InitializeAsync()
    {
        _silo = await SiloUnderTest.Start();
        await _silo.JumpTo(Monday.AddDays(1));
    }

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    private static EventMessage Interrogated(int number) => Sent.Event(
        $"i{number}", "suspect.interrogated", Monday.AddSeconds(number), new JsonObject { ["suspect"] = "1", ["staff"] = 1, ["place"] = "看守所" });

    private Task<EventOutcome[]> Send(string caseId, int from, int count) => _silo.Case(caseId).Record([.. Enumerable.Range(from, count).Select(Interrogated)]).Soon();

    /// <summary>Lets the pauses between assessments pass until what is stored follows from all events.</summary>
    private async Task Assessed(string caseId)
    {
        for (var i = 0; i < 500; i++)
        {
            _silo.Real.Advance(TimeSpan.FromMinutes(6));
            var body = await _silo.Read(caseId);
            var stored = (await _silo.Alerts(caseId)).Count(a => a.ClearedAt is null && a.RetractedAt is null);
            var found = body!["alerts"]!.AsArray().Count(a => a!["clearedAt"] is null);
            if ((int)body["version"]! == (await _silo.History(caseId)).Count && stored == found
                && (await _silo.Due.Until(_silo.Time.GetUtcNow(), 1)).Count == 0) return;
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        Assert.Fail("It was not assessed.");
    }

    private string[] Kinds => [.. _silo.Service<IOperationalAlerts>().Open.Select(a => a.Kind)];

    [Fact]
    public async Task A_large_case_is_assessed_apart_and_ends_up_as_its_events_say()
    {
        await _silo.Open("d", "p1", "p2");
        await _silo.Case("c").Record([Sent.Prosecution("e1", Monday, "d")]).Soon();
        Assert.All(await Send("c", 0, LargeCases.Events), o => Assert.Equal(EventStatus.Accepted, o.Status));
        Assert.All(await Send("c", 0, LargeCases.Events + 1), o => Assert.Equal(o.Id == $"i{LargeCases.Events}" ? EventStatus.Accepted : EventStatus.Duplicate, o.Status));
        await Assessed("c");
        await _silo.ShouldBeAsAssessed("c");
        await _silo.ShouldBeAsAssessed("c", Monday.AddMinutes(5));
        Assert.Contains(OperationalKind.CaseLarge, Kinds);
        Assert.True((await _silo.Alerts("c")).Count > LargeCases.Events);
        Assert.NotNull((await _silo.Index.Find("c"))!.Prosecutor);
        await _silo.Restart();
        await _silo.ShouldBeAsAssessed("c");
        await _silo.Case("c").Record([Sent.Rights("late", Monday)]).Soon();
        await Assessed("c");
        await _silo.ShouldBeAsAssessed("c");
    }

    [Fact]
    public async Task A_case_that_is_large_from_the_beginning_gets_its_prosecutor_too()
    {
        await _silo.Open("d", "p1", "p2");
        await _silo.Case("c").Record([Sent.Prosecution("e1", Monday, "d"), .. Enumerable.Range(0, LargeCases.Events).Select(Interrogated)]).Soon();
        for (var i = 0; i < 500 && (await _silo.Index.Find("c"))?.Prosecutor is null; i++)
        {
            _silo.Real.Advance(TimeSpan.FromMinutes(6));
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        Assert.NotNull((await _silo.Index.Find("c"))!.Prosecutor);
        Assert.Single((await _silo.Journal.Read("department:d", 0)), e => e.Event.Type == "case.drawn");
        await Assessed("c");
        await _silo.ShouldBeAsAssessed("c");
    }

    [Fact]
    public async Task More_alerts_than_go_into_one_commit_follow_in_the_next_ones()
    {
        await _silo.Case("c").Record([Sent.Prosecution("e1", Monday), .. Enumerable.Range(0, LargeCases.Events - 10).Select(Interrogated)]).Soon();
        await _silo.Settled();
        Assert.DoesNotContain(OperationalKind.CaseLarge, Kinds);
        await _silo.ShouldBeAsAssessed("c");
        var found = (await _silo.Read("c"))!["alerts"]!.AsArray().Count;
        Assert.True(found > LargeCases.Events - 10);
        Assert.Equal(found, (await _silo.Alerts("c")).Count);
    }

    [Fact]
    public async Task A_stored_event_that_cannot_be_read_is_left_out_and_told_of()
    {
        await _silo.Record("c", Sent.Prosecution("e1", Monday), Sent.Rights("e2", Monday), Sent.Rights("e3", Monday));
        await _silo.Record("other", Sent.Arrest("o1", Monday));
        await _silo.Stop();
        Assert.Equal(1, _silo.Execute("UPDATE event SET data = x'7b' WHERE id = 'e2'"));
        await _silo.StartHost();
        Assert.Equal(["e1", "e3"], (await _silo.Read("c"))!["history"]!.AsArray().Select(e => (string)e!["id"]!).Order());
        Assert.Equal([OperationalKind.CaseUnreadable], Kinds);
        var outcomes = await _silo.Record("c", Sent.Rights("e2", Monday), Sent.Rights("e4", Monday));
        Assert.Equal([EventStatus.Duplicate, EventStatus.Accepted], outcomes.Select(o => o.Status));
        await _silo.ShouldBeAsAssessed("other");
    }

    [Fact]
    public async Task A_snapshot_that_cannot_be_read_is_as_good_as_none()
    {
        await _silo.Record("c", [Sent.Prosecution("e1", Monday), .. Enumerable.Range(0, 70).Select(Interrogated)]);
        await _silo.Stop();
        Assert.True(_silo.Execute("UPDATE snapshot SET state = x'7b7b'") > 0);
        await _silo.StartHost();
        await _silo.ShouldBeAsAssessed("c");
        Assert.Equal([OperationalKind.SnapshotUnreadable], Kinds);
        await _silo.Record("c", [.. Enumerable.Range(70, 70).Select(Interrogated)]);
        await _silo.Restart();
        await _silo.ShouldBeAsAssessed("c");
        Assert.Empty(Kinds);
    }

    [Fact]
    public async Task A_snapshot_that_has_lost_an_event_is_passed_over_for_the_journal()
    {
        await _silo.Record("c", [Sent.Prosecution("e1", Monday), .. Enumerable.Range(0, 70).Select(Interrogated)]);
        await _silo.Stop();
        var data = Convert.ToHexStringLower(Encoding.UTF8.GetBytes("""{"Version":71,"Events":[null]}"""));
        Assert.True(_silo.Execute($"UPDATE snapshot SET state = x'{data}'") > 0);
        await _silo.StartHost();
        await _silo.ShouldBeAsAssessed("c");
        Assert.Empty(Kinds);
    }
}

using Cluster.Api.Ingest;
using Cluster.Api.Tests.World;
using Cluster.Contracts;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace Cluster.Api.Tests.Overload;

/// <summary>Many who send to one case.</summary>
public sealed class CaseQueuesTests
{
    private readonly TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<int> calls = [];
    private readonly CaseQueues queues;

    public CaseQueuesTests() => queues = new CaseQueues(new Grains(Record), Options.Create(new IntakeOptions { MostWaitingOfCase = 5 }));

    private async Task<EventOutcome[]> Record(EventMessage[] events)
    {
        calls.Add(events.Length);
        if (calls.Count == 1) await first.Task;
        return events.Any(e => e.Id == "bad") ? throw new InvalidOperationException() : [.. events.Select(e => new EventOutcome(e.Id, EventStatus.Accepted, calls.Count))];
    }

    private Task<EventOutcome[]> Send(params string[] ids) => queues.Record("c", [.. ids.Select(id => new EventMessage("/s", id, "plea.signed", TestClock.Start, null, []))]);

    [Fact]
    public async Task What_comes_while_a_case_is_busy_goes_together_in_its_next_call()
    {
        Task<EventOutcome[]> begun = Send("1");
        Task<EventOutcome[]>[] waiting = [Send("2"), Send("3", "4"), Send("5")];
        first.SetResult();
        Assert.Equal("1", Assert.Single(await begun).Id);
        Assert.Equal(["2", "3", "4", "5"], (await Task.WhenAll(waiting)).SelectMany(o => o.Select(e => e.Id)));
        Assert.Equal([1, 4], calls);
    }

    [Fact]
    public async Task So_many_events_of_a_case_wait_and_no_more()
    {
        _ = Send("1");
        Task<EventOutcome[]>[] waiting = [Send("2", "3"), Send("4", "5", "6")];
        await Assert.ThrowsAsync<LimitExceededException>(() => Send("7"));
        first.SetResult();
        await Task.WhenAll(waiting);
        await Send("7");
        Assert.Equal([1, 5, 1], calls);
    }

    [Fact]
    public async Task What_goes_wrong_with_one_of_those_that_go_together_is_told_to_that_one_alone()
    {
        _ = Send("1");
        Task<EventOutcome[]> good = Send("2"), bad = Send("bad"), after = Send("3");
        first.SetResult();
        Assert.Equal("2", Assert.Single(await good).Id);
        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
        Assert.Equal("3", Assert.Single(await after).Id);
        Assert.Equal("4", Assert.Single(await Send("4")).Id);
    }
}

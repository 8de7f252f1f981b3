using System.Collections.Concurrent;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Grains.Tests.Silo;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace Grains.Tests.Clustered;

/// <summary>One of three silos goes while events are recorded all the time.</summary>
public sealed class LeavingTests
{
    private const int Writers = 6;
    private const int EventsPerCase = 10;

    // A call that finds nobody is asked again for six seconds, the last time for four.
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(11);

    [ClusterTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_a_silo_goes_every_event_is_recorded_once_its_shards_live_on_and_what_the_others_commit_is_told(bool atOnce)
    {
        await using var silos = await SilosUnderTest.Start();
        await silos.EveryShardLivesOnce();
        using var stop = new CancellationTokenSource();
        var written = new ConcurrentBag<(string Case, string Event, EventStatus Status, TimeSpan Took)>();
        var writers = Enumerable.Range(0, Writers).Select(w => Write(silos, w, written, stop.Token)).ToArray();
        await Eventually.Holds("events are recorded", () => Task.FromResult(written.Count > 100));

        var leaving = silos.Running[1];
        var gone = silos.NodeOf(leaving);
        var left = SilosUnderTest.Address(leaving);
        await (atOnce ? silos.Kill(leaving) : silos.Stop(leaving));
        var refusal = Assert.ThrowsAsync<SiloUnavailableException>(() => gone.Report()).WaitAsync(LongestAnswer, TimeProvider.System);
        await silos.EveryShardLivesOnce();
        Assert.DoesNotContain(await silos.Alive("shard"), shard => shard.SiloAddress.Equals(left));
        var before = written.Count;
        await Eventually.Holds("events are recorded on", () => Task.FromResult(written.Count > before + 100));
        await refusal;

        // Who comes next is followed too, and so is what it commits.
        var added = await silos.Add();
        await silos.Follows();
        await Eventually.Holds("the new silo commits", () => Task.FromResult(By(added).Sequences.Count > 0));
        await stop.CancelAsync();
        await Task.WhenAll(writers);

        Assert.All(written, w => Assert.True(w.Took < LongestAnswer, $"{w.Event} took {w.Took}"));
        foreach (var events in written.GroupBy(w => w.Case))
        {
            var recorded = (await silos.Client.GetGrain<ICaseGrain>(events.Key).Events())!.Events.Select(e => e.Id);
            Assert.Equal(events.Select(e => e.Event).Order(StringComparer.Ordinal), recorded.Order(StringComparer.Ordinal));
        }

        await EverythingIsTold(silos);
    }

    // What every silo that is left committed reached the client once. News may overtake news: whoever shows them goes by their places and finds what is missing in the store.
    private static async Task EverythingIsTold(SilosUnderTest silos)
    {
        foreach (var silo in silos.Running.Take(2))
        {
            var committed = By(silo).Sequences;
            Assert.NotEmpty(committed);
            await Eventually.Holds("the client is told of everything", () => Task.FromResult(!committed.Except(silos.Told.Sequences).Any()));
        }

        var told = silos.Told.Sequences;
        Assert.Equal(told.Count, told.Distinct().Count());
        var feed = silos.Services.GetRequiredService<IFeedStore>();
        var last = await feed.Last("all");
        var kept = (await feed.After("all", 0, int.MaxValue))!.Select(item => item.Sequence).ToList();
        Assert.Equal(Enumerable.Range(1, (int)last).Select(n => (long)n), kept);
        Assert.Empty(told.Except(kept));
    }

    private static Heard By(Microsoft.Extensions.Hosting.IHost silo) => silo.Services.GetRequiredService<Heard>();

    private static async Task Write(SilosUnderTest silos, int writer, ConcurrentBag<(string, string, EventStatus, TimeSpan)> written, CancellationToken stop)
    {
        var now = TimeProvider.System.GetUtcNow();
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var (one, id) = ($"c-{writer}-{i / EventsPerCase}", $"e-{writer}-{i}");
            var start = TimeProvider.System.GetTimestamp();
            var sent = i % EventsPerCase == 0 ? Sent.Arrest(id, now) : Sent.Rights(id, now);
            var outcome = Assert.Single(await silos.Client.GetGrain<ICaseGrain>(one).Record([sent]));
            Assert.NotEqual(EventStatus.Rejected, outcome.Status);
            written.Add((one, id, outcome.Status, TimeProvider.System.GetElapsedTime(start)));
        }
    }
}

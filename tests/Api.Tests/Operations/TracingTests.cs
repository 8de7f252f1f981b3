using System.Collections.Concurrent;
using System.Diagnostics;
using Cluster.Api.Live;
using Cluster.Api.Tests.World;
using Cluster.Contracts.Operations;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Tests.Operations;

/// <summary>One event from its sender to a screen, as one trace.</summary>
public sealed class TracingTests
{
    private static readonly string[] Way = ["events.record", "events.call", "case.record", "journal.commit", "journal.group", "feed.publish", "hub.send"];

    private static ActivityListener Listen(Action<Activity> stopped)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is Tracing.SourceName or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = stopped,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    [Fact]
    public async Task One_event_is_one_connected_trace_from_the_request_to_the_screen()
    {
        var trace = ActivityTraceId.CreateRandom();
        var spans = new ConcurrentQueue<Activity>();
        using ActivityListener listener = Listen(span =>
        {
            if (span.TraceId == trace) spans.Enqueue(span);
        });
        await using RealServer server = await RealServer.Start();
        await server.DefineOffice();
        await using HubClient hub = await HubClient.Connect(server.Address, server.Token);
        await hub.Watch("all");

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/events") { Content = Events.One(Events.Accepted("event-1", "咸检1号", "422826", "422826-1", "p1")) };
        request.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");
        Assert.Equal(["accepted"], (await (await server.Admin.SendAsync(request)).Json()).Statuses());
        await hub.Feed(1);
        await Until(() => spans.Any(s => s.Source.Name == "Microsoft.AspNetCore") && spans.Where(s => s.OperationName == "hub.send").Any(IsOfTheCase));

        // Each is part of what comes before it; a commit's transaction may be another's too, and so is linked to.
        Activity[] way = Before(spans.Where(s => s.OperationName == "hub.send").First(IsOfTheCase));
        Assert.Equal("Microsoft.AspNetCore", way[0].Source.Name);
        Assert.Contains(way[4].Links, link => link.Context.SpanId == way[5].SpanId);
        // No part of the trace hangs in the air, the draw that the case asked its department for included.
        Assert.All(spans, span => Assert.Equal(way[0], Before(span)[0]));
        Assert.DoesNotContain(spans.Where(s => s.Source.Name == Tracing.SourceName).SelectMany(s => s.TagObjects), tag => tag.Value is not int);

        bool IsOfTheCase(Activity sent) => Before(sent).Skip(1).Select(s => s.OperationName).SequenceEqual(Way);

        Activity[] Before(Activity span)
        {
            var before = new List<Activity> { span };
            while (spans.FirstOrDefault(s => s.SpanId == before[^1].ParentSpanId) is { } parent) before.Add(parent);
            before.Reverse();
            return [.. before];
        }
    }

    [Fact]
    public async Task Events_of_one_case_that_are_recorded_together_keep_their_own_traces()
    {
        ActivityTraceId[] traces = [.. Enumerable.Range(0, 20).Select(_ => ActivityTraceId.CreateRandom())];
        var spans = new ConcurrentQueue<Activity>();
        using ActivityListener listener = Listen(spans.Enqueue);
        await using RealServer server = await RealServer.Start();
        await Task.WhenAll(traces.Select(async (trace, i) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/events") { Content = Events.One(Events.Plea($"event-{i}", "one case")) };
            request.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");
            Assert.Equal(["accepted"], (await (await server.Admin.SendAsync(request)).Json()).Statuses());
        }));
        await Until(() => spans.Count(s => s.OperationName == "events.record" && traces.Contains(s.TraceId)) == traces.Length);

        Activity[] calls = [.. spans.Where(s => s.OperationName == "events.call" && traces.Contains(s.TraceId))];
        foreach (ActivityTraceId trace in traces)
            Assert.Single(calls, call => call.TraceId == trace || call.Links.Any(link => link.Context.TraceId == trace));
    }

    [Fact]
    public void While_nobody_listens_nothing_is_made()
    {
        Assert.False(Tracing.Listened);
        var ring = new FeedRing();
        var item = new FeedItem("all", 1, "case", default, []);
        Pass();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++) Pass();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Pass()
        {
            Assert.Null(Tracing.Start("events.record"));
            Assert.Null(Tracing.Within("case.record"));
            Assert.Null(Tracing.ForAll("hub.send", ring.Origin(1, 2).Traces));
            ring.Add(item);
        }
    }

    private static async Task Until(Func<bool> condition)
    {
        for (int i = 0; i < 1_000; i++)
        {
            if (condition()) return;
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
        Assert.Fail("It did not come to that.");
    }
}

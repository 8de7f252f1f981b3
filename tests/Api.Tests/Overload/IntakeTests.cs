using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Cluster.Api.Ingest;
using Cluster.Api.Tests.World;

namespace Cluster.Api.Tests.Overload;

/// <summary>More events than there is room for.</summary>
public sealed class IntakeTests : IAsyncLifetime
{
    private const int Room = 20;

    private readonly TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> begun = new();
    private ApiServer server = null!;
    private HttpClient greedy = null!, modest = null!;

    public async Task InitializeAsync()
    {
        server = await ApiServer.Start(configure: services => services.Configure<IntakeOptions>(intake =>
        {
            intake.MostPending = Room;
            intake.MostPendingOfSender = Room;
            intake.Reserved = 10;
            intake.OwnShare = 2;
            intake.MostStreamsOfSender = 2;
        }));
        await server.DefineOffice();
        greedy = await server.User("greedy", ["sender"], "4228");
        modest = await server.User("modest", ["sender"], "4228");
        server.Grains.BeforeRecord = async subject =>
        {
            begun.Enqueue(subject);
            if (subject.StartsWith("held", StringComparison.Ordinal)) await release.Task;
        };
    }

    public async Task DisposeAsync()
    {
        release.TrySetResult();
        greedy.Dispose();
        modest.Dispose();
        await server.DisposeAsync();
    }

    private static HttpContent Batch(string cases, int count) => Events.Batch(Enumerable.Range(0, count).Select(i => Events.Plea($"{cases}-{i}", $"{cases}{i}")));

    /// <summary>Takes all the room.</summary>
    private async Task<Task<HttpResponseMessage[]>> Fill(HttpClient sender)
    {
        var held = Task.WhenAll(sender.PostAsync("/api/events", Batch("held-a", Room / 2)), sender.PostAsync("/api/events", Batch("held-b", Room / 2)));
        await Until(() => begun.Count(s => s.StartsWith("held", StringComparison.Ordinal)) == Room);
        return held;
    }

    private static async Task Until(Func<bool> condition)
    {
        for (int i = 0; i < 2_000 && !condition(); i++) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        Assert.True(condition());
    }

    [Fact]
    public async Task One_greedy_sender_is_refused_and_another_that_sends_little_is_not()
    {
        Task<HttpResponseMessage[]> held = await Fill(greedy);
        HttpResponseMessage refused = await greedy.PostAsync("/api/events", Events.One(Events.Plea("x", "x")));
        await refused.Problem(429, "overloaded");
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(["accepted"], (await (await modest.PostAsync("/api/events", Events.One(Events.Plea("y", "y")))).Json()).Statuses());
        await (await modest.PostAsync("/api/events", Batch("more", 3))).Problem(429, "overloaded");
        Assert.DoesNotContain(begun, s => s.StartsWith('x') || s.StartsWith("more", StringComparison.Ordinal));
        release.SetResult();
        foreach (HttpResponseMessage answer in await held) Assert.All((await answer.Json()).Statuses(), s => Assert.Equal("accepted", s));
        await (await greedy.PostAsync("/api/events", Events.One(Events.Plea("x", "x")))).Json();
        Assert.Equal(0, server.Services.GetRequiredService<Admission>().Pending);
    }

    [Fact]
    public async Task A_refusal_comes_before_the_body()
    {
        await Fill(greedy);
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.Address.Host, server.Address.Port);
        NetworkStream stream = socket.GetStream();
        // A megabyte is announced and not one byte of it sent.
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/events HTTP/1.1\r\nHost: {server.Address.Authority}\r\nAuthorization: {greedy.DefaultRequestHeaders.Authorization}\r\n"
            + "Content-Type: application/cloudevents-batch+json\r\nContent-Length: 1048576\r\n\r\n"));
        byte[] buffer = new byte[1024];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        int count = await stream.ReadAsync(buffer, patience.Token);
        Assert.StartsWith("HTTP/1.1 429 ", Encoding.ASCII.GetString(buffer, 0, count));
    }

    [Fact]
    public async Task A_refused_or_broken_request_leaves_no_trace_in_the_count()
    {
        var admission = server.Services.GetRequiredService<Admission>();
        await (await modest.PostAsync("/api/events", Events.One("no json"))).Problem(400);
        await (await modest.PostAsync("/api/events", Events.Batch("no json"))).Problem(400);
        Assert.Equal(0, admission.Pending);
        await Fill(greedy);
        await (await modest.PostAsync("/api/events", Batch("c", 3))).Problem(429, "overloaded");
        Assert.Equal(Room, admission.Pending);
    }

    [Fact]
    public async Task Streams_are_not_held_up_by_those_who_fill_the_room()
    {
        await Fill(greedy);
        HttpResponseMessage answer = await greedy.PostAsync("/api/events", Events.Lines(Events.Plea("1", "a"), Events.Plea("2", "b")));
        Assert.Equal(["accepted", "accepted"], (await answer.Json()).Statuses());
    }

    [Fact]
    public async Task A_sender_has_so_many_streams_and_no_more()
    {
        var ends = new List<TaskCompletionSource>();
        var open = new List<Task<HttpResponseMessage>>();
        for (int i = 0; i < 2; i++)
        {
            var end = new TaskCompletionSource();
            ends.Add(end);
            open.Add(greedy.PostAsync("/api/events", new Unending(Events.Plea($"s{i}", $"stream{i}"), end.Task)));
        }
        await Until(() => begun.Count(s => s.StartsWith("stream", StringComparison.Ordinal)) == 2);
        HttpResponseMessage third = await greedy.PostAsync("/api/events", Events.Lines(Events.Plea("3", "c")));
        await third.Problem(429, "too-many-streams");
        Assert.NotNull(third.Headers.RetryAfter);
        await (await modest.PostAsync("/api/events", Events.Lines(Events.Plea("4", "d")))).Json();
        foreach (TaskCompletionSource end in ends) end.SetResult();
        foreach (Task<HttpResponseMessage> stream in open) await (await stream).Json();
        await (await greedy.PostAsync("/api/events", Events.Lines(Events.Plea("3", "c")))).Json();
    }

    private sealed class Unending : HttpContent
    {
        private readonly string line;
        private readonly Task end;

        public Unending(string line, Task end)
        {
            (this.line, this.end) = (line, end);
            Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));
            await stream.FlushAsync();
            await end;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}

using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Cluster.Api.Ingest;
using Cluster.Api.Tests.World;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Tests;

public sealed class EventTests : IAsyncLifetime
{
    private ApiServer server = null!;
    private HttpClient admin = null!;

    public async Task InitializeAsync()
    {
        server = await ApiServer.Start();
        admin = await server.Admin();
    }

    public async Task DisposeAsync()
    {
        admin.Dispose();
        await server.DisposeAsync();
    }

    private Task<HttpResponseMessage> Post(HttpContent content) => admin.PostAsync("/api/events", content);

    [Fact]
    public async Task One_event_is_accepted_and_a_repetition_is_a_duplicate()
    {
        string accepted = Events.Accepted("e-1", "咸检起诉受[2026]42282600109号", "422826");
        JsonElement first = (await (await Post(Events.One(accepted))).Json()).GetProperty("results")[0];
        Assert.Equal("e-1", first.GetProperty("id").GetString());
        Assert.Equal("accepted", first.GetProperty("status").GetString());
        Assert.Equal(1, first.GetProperty("version").GetInt64());
        Assert.Equal(JsonValueKind.Null, first.GetProperty("error").ValueKind);
        Assert.Equal(["duplicate"], (await (await Post(Events.One(accepted))).Json()).Statuses());
    }

    [Fact]
    public async Task A_batch_answers_in_the_order_sent_and_a_bad_event_stops_nobody()
    {
        JsonElement answer = await (await Post(Events.Batch(
            Events.Accepted("a", "case 1", "422826"),
            Events.Event("b", "case 1", "no.such.type", "{}"),
            Events.Accepted("c", "case 2", "422826"),
            "17",
            Events.Plea("d", "case 1"),
            Events.Accepted("a", "case 1", "422826")))).Json();
        Assert.Equal(["accepted", "rejected", "accepted", "rejected", "accepted", "duplicate"], answer.Statuses());
        JsonElement error = answer.GetProperty("results")[1].GetProperty("error");
        Assert.Equal(422, error.GetProperty("status").GetInt32());
        Assert.Equal("unknown-type", error.GetProperty("code").GetString());
        Assert.Equal("/type", error.GetProperty("pointer").GetString());
        Assert.EndsWith(":unknown-type", error.GetProperty("type").GetString());
        Assert.Equal(2, answer.GetProperty("results")[4].GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task The_same_event_for_two_cases_in_one_batch_counts_for_the_first()
    {
        string[] ids = [.. Enumerable.Range(0, 50).Select(i => "e" + i)];
        JsonElement answer = await (await Post(Events.Batch(ids.SelectMany(id => new[] { Events.Plea(id, "first " + id), Events.Plea(id, "second " + id) })))).Json();
        Assert.Equal(ids.SelectMany(_ => new[] { "accepted", "duplicate" }), answer.Statuses());
        Assert.All(ids, id => Assert.Equal("first " + id, server.Grains.Known[("/test", id)]));
    }

    [Fact]
    public async Task A_repetition_of_a_rejected_event_is_judged_by_itself()
    {
        JsonElement answer = await (await Post(Events.Batch(Events.Event("x", "case", "plea.signed", "17"), Events.Plea("x", "case")))).Json();
        Assert.Equal(["rejected", "accepted"], answer.Statuses());
    }

    [Fact]
    public async Task An_empty_batch_has_no_results() => Assert.Empty((await (await Post(Events.Batch())).Json()).Statuses());

    [Fact]
    public async Task A_batch_has_at_most_a_thousand_events()
    {
        string[] events = [.. Enumerable.Range(0, 1001).Select(i => Events.Plea("p" + i, "case " + i % 7))];
        Assert.Equal(1000, (await (await Post(Events.Batch(events[..1000]))).Json()).Statuses().Count(s => s == "accepted"));
        await (await Post(Events.Batch(events))).Problem(413, "batch-too-large");
    }

    [Fact]
    public async Task A_body_of_more_than_16_MiB_is_refused_whether_or_not_its_length_is_announced()
    {
        string large = new(' ', (16 << 20) + 1);
        await (await Post(Events.Content(large, "application/cloudevents+json"))).Problem(413, "too-large");
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/events") { Content = Events.Content(large, "application/cloudevents+json") };
        request.Headers.TransferEncodingChunked = true;
        await (await admin.SendAsync(request)).Problem(413, "too-large");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("application/cloudevents+json; charset=gbk")]
    public async Task Other_content_types_are_refused(string type) =>
        await (await Post(Events.Content(Events.Plea("a", "b"), type))).Problem(415);

    [Fact]
    public async Task No_content_type_is_refused() => await (await Post(new ByteArrayContent([1]))).Problem(415);

    [Theory]
    [InlineData("application/cloudevents+json", "{")]
    [InlineData("application/cloudevents+json", "")]
    [InlineData("application/cloudevents+json", "[]")]
    [InlineData("application/cloudevents+json", "7")]
    [InlineData("application/cloudevents-batch+json", "{}")]
    [InlineData("application/cloudevents-batch+json", "[{},]")]
    public async Task What_is_no_event_at_all_is_400(string type, string body) => await (await Post(Events.Content(body, type))).Problem(400);

    [Fact]
    public async Task Bytes_that_are_no_UTF8_are_400()
    {
        var content = new ByteArrayContent([(byte)'{', (byte)'"', 0xff, (byte)'"', (byte)':', (byte)'1', (byte)'}']);
        content.Headers.ContentType = new("application/cloudevents+json");
        await (await Post(content)).Problem(400, "not-json");
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_rejected_and_nothing_breaks()
    {
        JsonElement answer = await (await Post(Events.Batch(Events.Plea("a", "case").Replace("\"case\"", "\"\\ud800\""), Events.Plea("b", "case")))).Json();
        Assert.Equal(["rejected", "accepted"], answer.Statuses());
    }

    [Fact]
    public async Task A_charset_and_a_byte_order_mark_do_no_harm()
    {
        JsonElement answer = await (await Post(Events.Content("\uFEFF" + Events.Plea("a", "case"), "application/cloudevents+json; charset=\"UTF-8\""))).Json();
        Assert.Equal(["accepted"], answer.Statuses());
    }

    [Fact]
    public async Task A_stream_ignores_blank_lines_and_goes_on_after_bad_ones()
    {
        JsonElement answer = await (await Post(Events.Lines(
            "\uFEFF" + Events.Plea("1", "case"), "", "   \r", Events.Plea("2", "case") + "\r", "{broken", "\"\ud83d\"", Events.Plea("1", "case"), Events.Plea("3", "case")))).Json();
        Assert.Equal(["accepted", "accepted", "rejected", "rejected", "duplicate", "accepted"], answer.Statuses());
        Assert.Equal(400, answer.GetProperty("results")[2].GetProperty("error").GetProperty("status").GetInt32());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    public async Task An_empty_stream_has_no_results(string body) =>
        Assert.Empty((await (await Post(Events.Content(body, "application/x-ndjson"))).Json()).Statuses());

    [Fact]
    public async Task A_line_that_is_too_long_is_rejected_and_its_end_is_found()
    {
        string tooLong = Events.Event("long", "case", "plea.signed", $$"""{"suspect":"{{new string('x', EventLines.LongestLine)}}"}""");
        string fits = Events.Event("fits", "case", "plea.signed", $$"""{"suspect":"1",{{new string(' ', EventLines.LongestLine - 60_000)}}"lawyerPresent":true}""");
        JsonElement answer = await (await Post(Events.Lines(Events.Plea("1", "case"), tooLong, fits, Events.Plea("2", "case"), tooLong))).Json();
        Assert.Equal(["accepted", "rejected", "accepted", "accepted", "rejected"], answer.Statuses());
        Assert.Equal("too-long", answer.GetProperty("results")[1].GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_long_stream_from_a_sender_that_reads_nothing_until_it_has_sent_everything_is_answered_in_order()
    {
        // The default client sends the whole content before it looks at the answer when the answer is not awaited with headers first.
        const int count = 20_000;
        JsonElement answer = await (await Post(Events.Lines(Enumerable.Range(0, count).Select(i => Events.Plea("e" + i, "case " + i % 97))))).Json();
        Assert.Equal(Enumerable.Range(0, count).Select(i => "e" + i), answer.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("id").GetString()));
        Assert.All(answer.Statuses(), status => Assert.Equal("accepted", status));
    }

    [Fact]
    public async Task A_stream_is_answered_while_it_is_still_being_sent()
    {
        // Over a bare socket: an HTTP client would send everything before it looks for an answer.
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.Address.Host, server.Address.Port);
        using NetworkStream stream = socket.GetStream();
        stream.ReadTimeout = 20_000;
        string token = await server.Token("admin", ApiServer.AdminPassword);
        await Send($"POST /api/events HTTP/1.1\r\nHost: {server.Address.Authority}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n");
        await SendChunk(Events.Plea("1", "case") + "\n");
        Assert.Contains("\"accepted\"", Receive("\"error\":null}"));
        await SendChunk(Events.Plea("2", "case") + "\n");
        Assert.Contains("\"version\":2", Receive("\"error\":null}"));
        await SendChunk("");
        Assert.EndsWith("]}\r\n0\r\n\r\n", Receive("0\r\n\r\n"));

        Task SendChunk(string text) => Send($"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n");

        async Task Send(string text) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text));

        string Receive(string end)
        {
            var text = new StringBuilder();
            while (!text.ToString().Contains(end, StringComparison.Ordinal)) text.Append((char)stream.ReadByte());
            return text.ToString();
        }
    }

    [Fact]
    public async Task A_full_journal_answers_429_and_the_same_batch_succeeds_later()
    {
        server.Grains.BeforeRecord = _ => throw new JournalOverloadedException(9);
        HttpContent Batch() => Events.Batch(Events.Plea("1", "a"), Events.Plea("2", "b"));
        HttpResponseMessage refused = await Post(Batch());
        await refused.Problem(429, "overloaded");
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Empty(server.Grains.Known);
        server.Grains.BeforeRecord = _ => Task.CompletedTask;
        Assert.Equal(["accepted", "accepted"], (await (await Post(Batch())).Json()).Statuses());
    }

    [Fact]
    public async Task A_full_journal_makes_a_stream_wait()
    {
        int attempts = 0;
        var full = new TaskCompletionSource();
        server.Grains.BeforeRecord = _ =>
        {
            if (Interlocked.Increment(ref attempts) > 1) return Task.CompletedTask;
            full.SetResult();
            throw new JournalOverloadedException(9);
        };
        Task<HttpResponseMessage> answer = Post(Events.Lines(Events.Plea("1", "a")));
        await full.Task;
        while (!answer.IsCompleted)
        {
            server.Wall.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        Assert.Equal(["accepted"], (await (await answer).Json()).Statuses());
    }

    [Fact]
    public async Task A_case_that_cannot_be_written_does_not_stop_the_others()
    {
        server.Grains.BeforeRecord = subject => subject == "broken" ? throw new InvalidOperationException("secret detail") : Task.CompletedTask;
        JsonElement answer = await (await Post(Events.Batch(Events.Plea("1", "a"), Events.Plea("2", "broken"), Events.Plea("3", "c")))).Json();
        Assert.Equal(["accepted", "rejected", "accepted"], answer.Statuses());
        Assert.Equal(500, answer.GetProperty("results")[1].GetProperty("error").GetProperty("status").GetInt32());
        Assert.DoesNotContain("secret", answer.ToString());
    }

    [Fact]
    public async Task A_timeout_answers_503()
    {
        server.Grains.BeforeRecord = _ => throw new TimeoutException();
        await (await Post(Events.One(Events.Plea("1", "a")))).Problem(503);
    }

    [Fact]
    public async Task A_sender_reaches_its_own_procuratorate_and_those_below_only()
    {
        await server.DefineOffice();
        using HttpClient county = await server.User("county", ["sender"], "422826");
        using HttpClient city = await server.User("city", ["sender"], "4228");
        HttpContent Batch(string run) => Events.Batch(
            Events.Accepted(run + "1", run + " own", "422826"), Events.Accepted(run + "2", run + " other", "422827"), Events.Plea(run + "3", run + " new"));
        Assert.Equal(["accepted", "rejected", "accepted"], (await (await county.PostAsync("/api/events", Batch("a"))).Json()).Statuses());
        Assert.Equal(["accepted", "accepted", "accepted"], (await (await city.PostAsync("/api/events", Batch("b"))).Json()).Statuses());
    }

    [Fact]
    public async Task A_case_of_others_is_refused_with_the_words_for_any_foreign_reference()
    {
        await server.DefineOffice();
        await server.Accept("theirs", "422827");
        using HttpClient county = await server.User("county", ["sender"], "422826");
        JsonElement answer = await (await county.PostAsync("/api/events", Events.Batch(
            Events.Plea("1", "theirs"), Events.Accepted("2", "new", "422827"), Events.Accepted("3", "theirs", "422826"),
            Events.Event("4", "mine", "event.corrected", """{"source":"/test","id":"9","data":{"procuratorate":"422827"}}""")))).Json();
        Assert.Equal(["rejected", "rejected", "rejected", "rejected"], answer.Statuses());
        Assert.Single(answer.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("error").ToString()).Distinct());
        Assert.Equal(403, answer.GetProperty("results")[0].GetProperty("error").GetProperty("status").GetInt32());
    }
}

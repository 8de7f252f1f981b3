using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Cluster.Serving;

namespace Cluster.Load;

/// <summary>
/// Those who must not suffer from the load of others: a sender of ten events a second, each the acceptance of a case of its own; readers of these cases and
/// of the list of alerts; and a screen that waits for each of these cases to appear.
/// </summary>
internal sealed class Bystanders(LoadedOffice office, string name) : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentQueue<double> _sent = new(), _cases = new(), _lists = new(), _screen = new();
    private readonly ConcurrentDictionary<string, long> _waiting = new();
    private readonly ClientWebSocket _socket = new();
    private ApiClient _sender = null!, _reader = null!;
    private int _refused, _number, _readRefused;

    /// <summary>Ids of the cases whose acceptance was acknowledged.</summary>
    public ConcurrentBag<string> Acknowledged { get; } = [];

    public async Task Open()
    {
        await office.Admin.Put("/api/users/steady", new { password = LoadedOffice.Password, mustChangePassword = false, roles = new[] { "sender" }, procuratorate = LoadedOffice.Procuratorate });
        _sender = await ApiClient.LogIn(office.Address, "steady", LoadedOffice.Password);
        _reader = await ApiClient.LogIn(office.Address, "monitor", LoadedOffice.Password);
        _socket.Options.SetRequestHeader("Authorization", $"Bearer {_reader.Token}");
        await _socket.ConnectAsync(new UriBuilder(office.Address) { Scheme = "ws", Path = "/hubs/monitor" }.Uri, default);
        await Say("""{"protocol":"json","version":1}""");
        await Say($$"""{"type":1,"invocationId":"1","target":"Watch","arguments":["procuratorate:{{LoadedOffice.Procuratorate}}",null]}""");
    }

    public Task Run(CancellationToken until) => Task.WhenAll(Send(until), Read(until), Read(until), Watch(until), Ping(until));

    /// <summary>Prints what they met.</summary>
    /// <param name="way">Under what load.</param>
    public void Report(string way)
    {
        Console.WriteLine($"{way}: steady sender, {_sent.Count} events acknowledged, {_refused} refused with 429: {Describe(_sent)}");
        Console.WriteLine($"{way}: reading a case {Describe(_cases)}; listing alerts {Describe(_lists)}; {_readRefused} refused with 429");
        Console.WriteLine($"{way}: from the POST to the screen's socket {Describe(_screen)}; {_waiting.Count} of {_sent.Count} not seen");
    }

    public void Dispose()
    {
        _socket.Dispose();
        _sender?.Dispose();
        _reader?.Dispose();
    }

    private static string Describe(ConcurrentQueue<double> values) => values.IsEmpty ? "nothing" : new Quantiles(values).Describe("ms");

    private async Task Send(CancellationToken until)
    {
        using var beat = new PeriodicTimer(Beat, TimeProvider.System);
        var under = new List<Task>();
        while (await Next(beat, until))
        {
            under.RemoveAll(t => t.IsCompleted);
            under.Add(Accept($"{name}{_number++}号"));
        }
        await Task.WhenAll(under);
    }

    private async Task Accept(string id)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(Flood.Accepted(id, id), ApiClient.Json);
        long start = Stopwatch.GetTimestamp();
        _waiting[id] = start;
        while (true)
        {
            using var content = Flood.Body(body, Flood.One);
            using HttpResponseMessage answer = await _sender.Http.PostAsync("/api/events", content);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                _sent.Enqueue(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                Acknowledged.Add(id);
                return;
            }
            if (answer.StatusCode != HttpStatusCode.TooManyRequests) throw new InvalidOperationException($"A steady event was answered {(int)answer.StatusCode}.");
            Interlocked.Increment(ref _refused);
            await Task.Delay(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1), TimeProvider.System);
        }
    }

    private async Task Read(CancellationToken until)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        while (await Next(beat, until))
        {
            if (Acknowledged.TryPeek(out string? id)) await Get($"/api/cases/{Uri.EscapeDataString(id)}", _cases);
            await Get("/api/alerts?limit=50", _lists);
        }
    }

    private async Task Get(string path, ConcurrentQueue<double> into)
    {
        long start = Stopwatch.GetTimestamp();
        using HttpResponseMessage answer = await _reader.Http.GetAsync(path);
        await answer.Content.ReadAsByteArrayAsync();
        if (answer.StatusCode == HttpStatusCode.TooManyRequests) Interlocked.Increment(ref _readRefused);
        else if (answer.IsSuccessStatusCode) into.Enqueue(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        else throw new InvalidOperationException($"GET {path} answered {(int)answer.StatusCode}.");
    }

    private async Task Watch(CancellationToken until)
    {
        byte[] buffer = new byte[1 << 18];
        // A case named at the end of one part and the start of the next is seen in both together.
        string tail = "";
        var decoder = Encoding.UTF8.GetDecoder();
        char[] chars = new char[buffer.Length];
        try
        {
            while (!until.IsCancellationRequested)
            {
                ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(buffer.AsMemory(), until);
                if (part.MessageType == WebSocketMessageType.Close) throw new InvalidOperationException("The screen was cut off.");
                string text = tail + new string(chars, 0, decoder.GetChars(buffer, 0, part.Count, chars, 0));
                if (_waiting.IsEmpty || !text.Contains(name, StringComparison.Ordinal))
                {
                    tail = text[^Math.Min(64, text.Length)..];
                    continue;
                }
                foreach ((string id, long start) in _waiting)
                {
                    if (text.Contains($"\"{id}\"", StringComparison.Ordinal) && _waiting.TryRemove(id, out _)) _screen.Enqueue(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
                tail = text[^Math.Min(64, text.Length)..];
            }
        }
        catch (OperationCanceledException)
        {
            // The time is over.
        }
    }

    private async Task Ping(CancellationToken until)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(10), TimeProvider.System);
        while (await Next(beat, until)) await Say("""{"type":6}""");
    }

    private Task Say(string message) => _socket.SendAsync(Encoding.UTF8.GetBytes(message + '\u001e'), WebSocketMessageType.Text, true, default);

    private static async Task<bool> Next(PeriodicTimer beat, CancellationToken until)
    {
        try
        {
            return await beat.WaitForNextTickAsync(until);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}

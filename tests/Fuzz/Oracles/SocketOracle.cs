using System.Net.Sockets;
using System.Text;
using Cluster.Fuzz.Serving;

namespace Cluster.Fuzz.Oracles;

/// <summary>Bytes on a socket, then its end: whatever they are, the server answers or closes, soon, and goes on serving others.</summary>
internal static class SocketOracle
{
    // What the server's own parser refuses has no body: it never was a request.
    private static readonly int[] Parser = [400, 408, 411, 413, 414, 431, 505];

    public static async Task<Fault?> Check(World world, Step step, TimeSpan patience)
    {
        byte[] received = await Exchange(world, step, patience);
        string text = Encoding.UTF8.GetString(received);
        if (AnswerOracle.LeakIn(text) is { } leak) return new Fault("leak", $"'{leak}' in {text}");
        // What negotiates a live connection answers as the library's clients expect.
        bool hub = step.Body.AsSpan().IndexOf("/hubs/"u8) >= 0;
        foreach (string head in Heads(text))
        {
            int status = int.TryParse(head.AsSpan(9, 3), out int code) ? code : 0;
            if (status is 0 || (status >= 500 && status != 505)) return new Fault("server-error", head);
            if (status >= 400 && !hub && !Parser.Contains(status) && !head.Contains("Connection: close", StringComparison.Ordinal) && !head.Contains("application/problem+json", StringComparison.Ordinal) && !step.Method.Equals("HEAD", StringComparison.Ordinal))
                return new Fault("no-problem", head);
        }
        return null;
    }

    private static async Task<byte[]> Exchange(World world, Step step, TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var received = new MemoryStream();
        try
        {
            await socket.ConnectAsync(world.Address.Host, world.Address.Port, deadline.Token);
            byte[] bytes = Authorized(world, step);
            for (int sent = 0; sent < bytes.Length;) sent += await socket.SendAsync(bytes.AsMemory(sent, Math.Min(64 * 1024, bytes.Length - sent)), deadline.Token);
            socket.Shutdown(SocketShutdown.Send);
            byte[] buffer = new byte[16 * 1024];
            while (await socket.ReceiveAsync(buffer.AsMemory(), deadline.Token) is > 0 and var count) received.Write(buffer, 0, count);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException();
        }
        catch (SocketException)
        {
            // The server has seen enough.
        }
        return received.ToArray();
    }

    // The token is another one in every run, so a step says only where it stands.
    private static byte[] Authorized(World world, Step step)
    {
        byte[] place = "{token}"u8.ToArray();
        int at = step.Body.AsSpan().IndexOf(place);
        return at < 0 ? step.Body : [.. step.Body[..at], .. Encoding.ASCII.GetBytes(world.Token(step.As) ?? ""), .. step.Body[(at + place.Length)..]];
    }

    private static IEnumerable<string> Heads(string text)
    {
        for (int at = text.IndexOf("HTTP/1.", StringComparison.Ordinal); at >= 0;)
        {
            int end = text.IndexOf("\r\n\r\n", at, StringComparison.Ordinal);
            string head = end < 0 ? text[at..] : text[at..end];
            if (head.Length >= 12) yield return head;
            at = end < 0 ? -1 : text.IndexOf("HTTP/1.", end, StringComparison.Ordinal);
        }
    }
}

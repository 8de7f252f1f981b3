using System.Text;
using Cluster.Fuzz.Grammar;

namespace Cluster.Fuzz.Episodes;

/// <summary>Bytes that are nearly HTTP: targets, headers, lengths, chunks, upgrades.</summary>
internal static class SocketEpisodes
{
    private static readonly string[] Targets =
    [
        "/api/cases/%00", "/api/cases/%2F", "/api/cases/%252F", "/api/cases/..", "/api/cases/%2E%2E", "/api/cases/a%2Fb", "/api/cases/a/../b", "/api/cases/%", "/api/cases/%zz", "/api/cases/%C0%AF", "/api/cases/%ED%A0%80", "/api/cases/\u4e2d", "/api/cases?q=\u4e2d", "/api/cases?asOf=%00", "*", "/", "", "//", "http://localhost/api/me",
        "http://evil.example/api/cases/x", "https://localhost/api/me", "http://", "/api/me#x", "/api/me?", "/api/me\\", "/../../etc/passwd", "/api/departments/422826-1%2Fworkload", "/healthz", "/readyz", "/openapi/v1.json", "/hubs/monitor", "/hubs/monitor/negotiate?negotiateVersion=1", "/hubs/monitor?id=x", "/api/rules/QX-008",
    ];

    private static readonly string[] Lines =
    [
        "Content-Length: 0", "Content-Length: 5", "Content-Length: -1", "Content-Length: 99999999999999999999", "Content-Length: 200000000", "Content-Length: 5\r\nContent-Length: 6", "Content-Length: 5, 5", "Content-Length: abc", "Content-Length: +5", "Content-Length: ", "Transfer-Encoding: chunked", "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: chunked, chunked",
        "Transfer-Encoding: xchunked", "Transfer-Encoding: identity", "Transfer-Encoding: chunked\r\nContent-Length: 5", "Content-Encoding: gzip", "Content-Encoding: br", "Expect: 100-continue", "Expect: x", "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x",
        "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__", "Host: a\r\nHost: b", "Host: \u4e2d", "Host: [::1", "Connection: close", "Connection: keep-alive", " folded: x", "Bad Name: x", "NoColon", ": empty", "X: \0", "X: \u0001", "Cookie: \u4e2d=\u4e2d", "Authorization: Bearer \u4e2d", "Origin: \u0080", "Accept: */*", "If-None-Match: \"", "Content-Type: application/json", "Content-Type: multipart/form-data; boundary=x", "Content-Type: \u4e2d",
    ];

    public static List<Step> Make(Dice dice, string mark)
    {
        var steps = new List<Step>();
        for (int i = dice.Between(5, 20); i > 0; i--) steps.Add(new Step { Way = Way.Socket, As = "admin", Method = "", Target = "", Body = Bytes(dice, mark) });
        return steps;
    }

    private static byte[] Bytes(Dice dice, string mark)
    {
        if (dice.Percent(5)) return Raw(dice);
        var head = new StringBuilder();
        string method = dice.Percent(60) ? "GET" : dice.One("POST", "PUT", "HEAD", "OPTIONS", "CONNECT", "TRACE", "get", "G\u0000T", "", "PRI", new string('M', 300));
        bool events = method is "POST" && dice.Percent(60);
        string target = events ? "/api/events" : dice.One(Targets);
        if (dice.Percent(3)) target += new string('x', dice.One(8_000, 9_000, 40_000));
        head.Append(method).Append(dice.Percent(97) ? " " : dice.One("", "\t", "  ")).Append(target).Append(' ').Append(dice.Percent(95) ? "HTTP/1.1" : dice.One("HTTP/1.0", "HTTP/2.0", "HTTP/9.9", "HTTP", "", "http/1.1"));
        string end = dice.Percent(95) ? "\r\n" : dice.One("\n", "\r", "\r\r\n");
        head.Append(end);
        if (dice.Percent(95)) head.Append("Host: localhost").Append(end);
        if (dice.Percent(80)) head.Append("Authorization: Bearer {token}").Append(end);
        if (events) head.Append("Content-Type: ").Append(dice.One(EventEpisodes.One, EventEpisodes.Batch, EventEpisodes.Lines)).Append(end);
        bool chunked = events && dice.Percent(60);
        if (chunked) head.Append("Transfer-Encoding: chunked").Append(end);
        for (int i = dice.One(0, 1, 1, 2, 40); i > 0; i--) head.Append(dice.One(Lines)).Append(end);
        if (dice.Percent(2)) head.Append("X: ").Append('x', dice.One(16_000, 40_000)).Append(end);
        head.Append(end);
        string body = events ? Body(dice, mark) : dice.One("", "", "hello", "{}");
        byte[] bytes = Encoding.UTF8.GetBytes(head + (chunked ? Chunks(dice, body) : body));
        return dice.Percent(10) ? bytes[..dice.Below(bytes.Length + 1)] : bytes;
    }

    private static string Body(Dice dice, string mark)
    {
        var grammar = new EventGrammar(dice, mark) { Subjects = [mark + "s"] };
        return dice.One("", "{", "[]", "\n\n\n", "[" + grammar.Event() + "]", grammar.Event().ToString(), grammar.Event() + "\r\n" + grammar.Event() + "\n", "[" + grammar.Event());
    }

    private static string Chunks(Dice dice, string body)
    {
        int length = Encoding.UTF8.GetByteCount(body);
        return dice.Below(9) switch
        {
            < 4 => $"{length:x}\r\n{body}\r\n0\r\n\r\n",
            4 => $"{length:x};ext=\"x\"\r\n{body}\r\n0\r\nTrailer: x\r\n\r\n",
            5 => $"{length + 5:x}\r\n{body}",
            6 => dice.One("zz\r\n", "-1\r\n", "ffffffffffffffff\r\n", "\r\n", "0x5\r\nhello\r\n0\r\n\r\n", "5\r\nhello", "5\r\nhelloX\r\n0\r\n\r\n", "5\nhello\n0\n\n"),
            7 => $"{length:x}\r\n{body}\r\n",
            _ => body,
        };
    }

    private static byte[] Raw(Dice dice) => dice.Below(5) switch
    {
        0 => [],
        1 => [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03],
        2 => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0"u8.ToArray(),
        3 => Encoding.UTF8.GetBytes(new string('\n', 100_000)),
        _ => [.. Enumerable.Range(0, dice.Between(1, 3_000)).Select(_ => (byte)dice.Next())],
    };
}

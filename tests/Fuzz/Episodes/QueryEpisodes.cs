using System.Text;
using Cluster.Fuzz.Grammar;
using Cluster.Fuzz.Serving;

namespace Cluster.Fuzz.Episodes;

/// <summary>Everything that is read: filters, cursors, segments of paths, headers.</summary>
internal static class QueryEpisodes
{
    private static readonly string[] CaseFilters = ["procuratorate", "department", "prosecutor", "caseType", "stage", "level", "category", "rule", "status", "open", "dueBefore", "q", "limit", "cursor", "asOf", "from", "until", "x"];

    private static readonly (string Target, string Template)[] Lists =
    [
        ("/api/cases", "/api/cases"), ("/api/alerts", "/api/alerts"), ("/api/cases", "/api/cases"), ("/api/alerts", "/api/alerts"), ("/api/departments/422826-1/draws", "/api/departments/{id}/draws"),
        ("/api/departments/422826-1/workload", "/api/departments/{id}/workload"), ("/api/units", "/api/units"), ("/api/me", "/api/me"), ("/api/stages", "/api/stages"), ("/api/steps", "/api/steps"), ("/api/rules/drafts", "/api/rules/drafts"),
        ("/api/catalogue", "/api/catalogue"),
    ];

    private static readonly (string Before, string After, string Template)[] Things =
    [
        ("/api/cases/", "", "/api/cases/{id}"), ("/api/cases/", "", "/api/cases/{id}"), ("/api/rules/", "", "/api/rules/{id}"), ("/api/rules/drafts/", "", "/api/rules/drafts/{id}"), ("/api/rules/drafts/", "/backtest", "/api/rules/drafts/{id}/backtest"),
        ("/api/departments/", "/workload", "/api/departments/{id}/workload"), ("/api/departments/", "/draws", "/api/departments/{id}/draws"),
    ];

    private static readonly string[] Segments =
    [
        "%", "%0", "%zz", "%00", "%2F", "%2f", "%252F", "%25", "%2E%2E", "..", ".", "%2e", "//", "/", "%20", "+", "%C0%AF", "%ED%A0%80", "%FF", "%F0%9F%98%80", "%E4%B8%AD", "%u4e2d", "{id}", "{**id}", "*", ";a=b", "%0A", "%0D%0A", "%7F", "%C2%85", "a:b", "@", "~", "'", "%22", "%5C", "%3F", "%23", "workload", "backtest",
    ];

    private static readonly string[] Nowhere = ["/api", "/api/", "/api/nothing", "/hubs", "/hubs/monitor", "/hubs/monitor/negotiate", "/openapi/v2.json", "/openapi/.json", "/metrics", "/assets/x.js", "/index.html", "/.env", "/api/alerts/x", "/api/events", "//api/cases", "/api//cases", "/API/CASES", "/api/cases;x", "/%61pi/cases"];

    private static readonly string[] Methods = ["GET", "GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "get", "CONNECT", "FOO"];

    public static List<Step> Make(Dice dice, string mark)
    {
        var steps = new List<Step>();
        for (int i = dice.Between(10, 40); i > 0; i--) steps.Add(Ask(dice, mark));
        return steps;
    }

    private static Step Ask(Dice dice, string mark)
    {
        string method = dice.Percent(95) ? "GET" : dice.One(Methods);
        (string target, string? template) = dice.Below(10) switch
        {
            < 6 => List(dice, mark),
            < 9 => Thing(dice, mark),
            _ => (dice.One(Nowhere) + (dice.Percent(20) ? "?" + Filter(dice, mark) : ""), null),
        };
        // Negotiating is a POST with a protocol of its own; what GET says of it is the library's.
        return new Step
        {
            Method = method,
            Target = target,
            Template = method == "GET" ? template : null,
            As = dice.Percent(60) ? "admin" : dice.Percent(80) ? dice.One(World.Accounts) : dice.One(null, "", "x", new string('A', 43), "Bearer"),
            Headers = dice.Percent(15) ? Header(dice) : null,
        };
    }

    private static (string, string?) List(Dice dice, string mark)
    {
        (string target, string template) = dice.One(Lists);
        string[] filters = [.. Enumerable.Range(0, dice.One(0, 1, 1, 2, 3, 8)).Select(_ => Filter(dice, mark))];
        return (filters.Length == 0 ? target : target + "?" + string.Join(dice.Percent(98) ? "&" : dice.One(";", "&&", "?"), filters), template);
    }

    private static (string, string?) Thing(Dice dice, string mark)
    {
        (string before, string after, string template) = dice.One(Things);
        string id = dice.Below(5) switch
        {
            0 => dice.One(Segments),
            1 => dice.One(Segments) + mark + dice.One(Segments),
            2 => Uri.EscapeDataString(Values.OddText(dice)),
            3 => dice.One("QX-008", "K-001", "422826-1", "DQ-001", "1", "d1", "draft-1"),
            _ => mark,
        };
        if (id.Length > 6_000) id = id[..6_000];
        return (before + id + after + (dice.Percent(20) ? "?" + Filter(dice, mark) : ""), template);
    }

    private static string Filter(Dice dice, string mark)
    {
        string name = dice.One(CaseFilters);
        string value = dice.Below(8) switch
        {
            0 => Values.OddText(dice),
            1 => Values.OddTime(dice),
            2 => dice.One("true", "false", "1", "500", "501", "0", "-1", "99999999999", "1.5", "١", "", " 5"),
            3 => dice.One("422826", "422826-1", "p1", mark, "W1", "L2", "open", "closed", "PRO", "期限", "unaccepted", "UNDER_REVIEW"),
            4 => dice.One("eyJ9", "AAAA", "after:1", "====", "bnVsbA==", Convert.ToBase64String(Encoding.UTF8.GetBytes("2026-02-09|" + mark)), new string('A', 1_024), new string('A', 1_025)),
            5 => dice.One("2026-03-01", "2026-03-01T00:00:00%2B08:00", "2100-12-31", "1979-01-01"),
            6 => dice.One(Segments),
            _ => name switch { "limit" => "3", "open" => "true", "level" => "L2", "cursor" => "", _ => "x" },
        };
        if (value.Length > 3_000) value = value[..3_000];
        string written = dice.Percent(80) ? Uri.EscapeDataString(value) : value.Replace(" ", "+", StringComparison.Ordinal);
        return dice.Percent(95) ? name + "=" + written : dice.One(name, name + "=", "=" + written, "", name + "=" + written + "&" + name + "=" + written);
    }

    private static Dictionary<string, string> Header(Dice dice)
    {
        (string name, string value) = dice.One<(string, string)>(
            ("If-None-Match", "*"), ("If-None-Match", "\"x\", W/\"y\","), ("If-None-Match", ""), ("If-None-Match", new string(',', 5_000)), ("Accept", "text/html"), ("Accept", "application/xml;q=0.9, */*;q=0"), ("Accept", "\0"),
            ("Origin", "http://evil.example"), ("Origin", "null"), ("Cookie", "cluster-session=x"), ("Cookie", "=;;;=="), ("Cookie", new string('a', 4_000)), ("Authorization", ""), ("Authorization", "Basic YTpi"), ("Authorization", "Bearer"),
            ("Authorization", "Bearer  "), ("Authorization", "bearer " + new string('é', 43)), ("Authorization", "Bearer " + new string('A', 43)), ("X-CSRF-Token", "x"), ("X-HTTP-Method-Override", "DELETE"), ("X-Forwarded-For", "::::"), ("Expect", "100-continue"),
            ("Content-Length", "5"), ("Transfer-Encoding", "gzip"), ("Content-Encoding", "gzip"), ("Range", "bytes=0-99999999999"), ("Host", "evil"), ("Host", ""), ("Accept-Language", "zz;q=NaN"), ("Upgrade", "websocket"), ("Connection", "upgrade"),
            ("traceparent", "00-zzz"), ("Idempotency-Key", new string('k', 300)));
        return new Dictionary<string, string> { [name] = value };
    }
}

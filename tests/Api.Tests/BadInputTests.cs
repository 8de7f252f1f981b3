using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Cluster.Api.Tests.World;

namespace Cluster.Api.Tests;

/// <summary>Malformed requests at every endpoint: always a problem, never a failure of the server.</summary>
public sealed class BadInputTests : IAsyncLifetime
{
    private static readonly string[] Bodies =
    [
        "", "{", "null", "true", "17", "\"text\"", "[]", "[null]", "{}", "[[[[[[[[]]]]]]]]", """{"":null}""", """{"a":{"b":[1,2,{"c":null}]}}""",
        "{\"name\":\"\\ud800\"}", "{\"name\":1,\"name\":2}", "{\"user\":{},\"password\":[]}", "{\"user\":\"a\\u0000\",\"password\":\"b\"}",
        """{"limit":7,"start":{},"extensions":{},"excluded":"x","custody":null,"variant":[]}""",
        """{"events":7,"asOf":"yesterday"}""", """{"events":[null,7,"x",[],{}],"asOf":null}""", """{"events":[],"asOf":"9999-12-31T23:59:59+08:00"}""",
        """{"roles":[null],"password":null,"mustChangePassword":"no"}""", """{"name":[],"level":7,"parent":{},"reports":[]}""",
        """{"name":"x","department":7,"capacity":"much","absences":[7]}""", """{"systemAdmin":7,"securityAdmin":null,"auditor":[]}""",
        """{"case":{}}""", """{"current":7,"new":null}""", new string('[', 3_000), "{\"limit\":\"" + new string('x', 100_000) + "\",\"start\":\"2026-02-09\"}",
    ];

    private static readonly string[] Types =
        ["application/json", "application/cloudevents+json", "application/cloudevents-batch+json", "application/x-ndjson", "text/plain"];

    private ApiServer server = null!;
    private HttpClient admin = null!;

    public async Task InitializeAsync()
    {
        server = await ApiServer.Start(configure: services => services.Configure<Login.LoginOptions>(o => o.FreeFailures = o.FreeFailuresOfAddress = 100_000));
        await server.DefineOffice();
        admin = await server.Admin();
    }

    public async Task DisposeAsync()
    {
        admin.Dispose();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData("POST", "/api/login")]
    [InlineData("POST", "/api/password")]
    [InlineData("POST", "/api/events")]
    [InlineData("POST", "/api/assess")]
    [InlineData("POST", "/api/deadlines/compute")]
    [InlineData("PUT", "/api/procuratorates/422826")]
    [InlineData("PUT", "/api/departments/422826-1")]
    [InlineData("PUT", "/api/prosecutors/422826-p1")]
    [InlineData("POST", "/api/departments/422826-1/assignments/preview")]
    [InlineData("POST", "/api/departments/422826-1/rebalancing/accept")]
    [InlineData("POST", "/api/cases/x/reassign")]
    [InlineData("PUT", "/api/users/somebody")]
    [InlineData("POST", "/api/setup/complete")]
    public async Task A_malformed_body_is_answered_with_a_problem(string method, string path)
    {
        foreach (string type in Types)
        {
            foreach (string body in Bodies) await Check(method, path, Encoding.UTF8.GetBytes(body), type);
            await Check(method, path, [0xef, 0xbb, 0xbf], type);
            await Check(method, path, [0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d], type);
        }
    }

    [Theory]
    [InlineData("/api/cases?limit=0", "limit")]
    [InlineData("/api/cases?limit=501", "limit")]
    [InlineData("/api/cases?limit=many", "limit")]
    [InlineData("/api/cases?limit=1&limit=2", "limit")]
    [InlineData("/api/cases?cursor=nonsense", "cursor")]
    [InlineData("/api/cases?open=maybe", "open")]
    [InlineData("/api/cases?level=W9", "level")]
    [InlineData("/api/cases?status=forgotten", "status")]
    [InlineData("/api/cases?dueBefore=soon", "dueBefore")]
    [InlineData("/api/cases?dueBefore=2026-02-30", "dueBefore")]
    [InlineData("/api/cases?q=%00", "q")]
    [InlineData("/api/cases?dueAfter=2026-02-09", "dueAfter")]
    [InlineData("/api/wall/deadlines?days=0", "days")]
    [InlineData("/api/wall/deadlines?days=32", "days")]
    [InlineData("/api/cases/x?asOf=0001-01-01T00:00:00Z", "asOf")]
    [InlineData("/api/cases/x?asOf=9999-12-31T23:59:59-12:00", "asOf")]
    [InlineData("/api/alerts?limit=-1", "limit")]
    [InlineData("/api/alerts?cursor=nonsense", "cursor")]
    [InlineData("/api/alerts?dueBefore=2026-02-09T09:30:00", "dueBefore")]
    [InlineData("/api/departments/422826-1/draws?from=tomorrow", "from")]
    [InlineData("/api/departments/422826-1/draws?from=2026-02-02&until=2026-02-01", "until")]
    [InlineData("/api/departments/422826-1/draws?from=2020-02-02&until=2026-02-01", "from")]
    [InlineData("/api/departments/422826-1/fairness?from=2020-02-02&until=2026-02-01", "from")]
    [InlineData("/api/departments/422826-1/fairness?from=2026-02-02&until=2026-02-01", "until")]
    [InlineData("/api/departments/422826-1/fairness?step=hour", "step")]
    [InlineData("/api/departments/422826-1/fairness/cases?until=soon", "until")]
    [InlineData("/api/departments/422826-1/fairness/cases?kind=lost", "kind")]
    [InlineData("/api/departments/findings?procuratorate=%00", "procuratorate")]
    public async Task A_malformed_query_is_422_with_the_parameter(string path, string parameter) =>
        Assert.Equal(parameter, (await (await admin.GetAsync(path)).Problem(422)).GetProperty("parameter").GetString());

    [Theory]
    [InlineData("GET", "/api/nothing", 404)]
    [InlineData("GET", "/api", 404)]
    [InlineData("GET", "/api/cases/%00", 404)]
    [InlineData("GET", "/api/cases/%0A", 404)]
    [InlineData("GET", "/api/cases/%FF", 404)]
    [InlineData("PUT", "/api/procuratorates/%0A", 422)]
    [InlineData("PUT", "/api/users/a%2Fb", 422)]
    [InlineData("DELETE", "/api/cases/x", 405)]
    [InlineData("GET", "/api/events", 405)]
    [InlineData("GET", "/api/login", 405)]
    [InlineData("PATCH", "/api/users/x", 405)]
    [InlineData("GET", "/hubs/other", 404)]
    public async Task An_address_or_method_that_does_not_exist_is_a_problem_too(string method, string path, int status)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(server.Address.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        HttpResponseMessage response = await admin.SendAsync(request);
        if (path == "/api/cases/%00" && (int)response.StatusCode == 400) return; // The server itself refuses this one, before any of our code.
        await response.Problem(status);
    }

    [Fact]
    public async Task A_case_id_of_more_than_128_characters_does_not_exist() => await (await admin.GetAsync("/api/cases/" + new string('x', 129))).Problem(404);

    [Fact]
    public async Task A_failure_of_the_server_says_nothing_of_its_inside()
    {
        server.Grains.BeforeRecord = _ => throw new TimeoutException("inside");
        JsonElement problem = await (await admin.PostAsync("/api/events", Events.One(Events.Plea("1", "x")))).Problem(503);
        Assert.DoesNotContain("inside", problem.ToString());
    }

    private async Task Check(string method, string path, byte[] body, string type)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        HttpResponseMessage response = await admin.SendAsync(new HttpRequestMessage(new HttpMethod(method), path) { Content = content });
        string sent = Encoding.UTF8.GetString(body);
        string what = $"{method} {path} {type} {sent[..Math.Min(80, sent.Length)]}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
        Assert.True((int)response.StatusCode is 400 or 401 or 404 or 413 or 415 or 422 || (response.IsSuccessStatusCode && path == "/api/events"), what);
        if (!response.IsSuccessStatusCode) await response.Problem((int)response.StatusCode);
        Assert.DoesNotContain("Cluster.Api", await response.Content.ReadAsStringAsync());
    }
}

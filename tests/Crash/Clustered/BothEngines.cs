using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cluster.Crash.Load;
using Cluster.Crash.Stores;
using Cluster.Crash.Truth;
using Cluster.Serving;
using Cluster.Shared;
using Simulation.Running;

namespace Cluster.Crash.Clustered;

/// <summary>
/// One scenario, a file of events, sent to a single server on SQLite and to a cluster on PostgreSQL. Both must answer alike, each event when it is sent and everything that can be
/// read afterwards. Departments have one prosecutor each, for the secrets of the day, and with them who is drawn, differ by nature.
/// </summary>
internal static partial class BothEngines
{
    private const int Batch = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A scenario: cases of the last two months, whose events arrive mixed.</summary>
    /// <returns>An event a line.</returns>
    public static IEnumerable<string> Write(int cases, ulong seed)
    {
        var dice = new Dice(seed);
        var writer = new CaseWriter(dice);
        IEnumerable<CloudEvent> events = Enumerable.Range(0, cases).SelectMany(_ => writer.Write(Office.ClockStart.AddDays(-dice.Below(60)).AddHours(-30)));
        return dice.Shuffled([.. events]).Select(e => JsonSerializer.Serialize(e, Web));
    }

    /// <param name="scenario">Events as JSON, one a line.</param>
    /// <exception cref="BrokenClaim">They do not answer alike.</exception>
    public static async Task<string> Run(IReadOnlyList<string> scenario, int silos)
    {
        using var single = new SingleServer();
        using Office one = await Office.At(await single.Start(), bare: true);
        await using PostgresUnderFault store = await PostgresUnderFault.Start();
        using LocalCluster cluster = store.Cluster(silos, apis: 2);
        await cluster.StartAll(Office.Clock(Office.Still));
        using Office many = await Office.At(cluster.Addresses[0], bare: true);
        using HttpClient other = many.Client(cluster.Addresses[1]);

        await SetUp(one);
        await SetUp(many);
        int sent = 0;
        foreach (string[] batch in scenario.Chunk(Batch))
        {
            string here = await Send(one.Http, batch);
            // Each process of the API takes its share.
            string there = await Send(sent / Batch % 2 == 0 ? many.Http : other, batch);
            Claim.Holds(here == there, () => $"The answers to events {sent} to {sent + batch.Length} differ: {Difference(here, there)}");
            sent += batch.Length;
        }

        int compared = 0;
        await Claim.Comes(Patience, async () => compared = await Compare(one, many));
        return FormattableString.Invariant($"{sent} events to one server on SQLite and to {silos} silos with 2 APIs on PostgreSQL: the same answers to each, and to {compared} questions afterwards");
    }

    private static async Task SetUp(Office office)
    {
        await office.Call(HttpMethod.Put, $"/api/procuratorates/{Office.Procuratorate}", new { name = "咸丰县人民检察院", level = "county" });
        foreach (string department in Office.Departments)
        {
            await office.Call(HttpMethod.Put, $"/api/departments/{department}", new { name = $"{department}部", procuratorate = Office.Procuratorate, caseTypes = Array.Empty<string>() });
            await office.Call(HttpMethod.Put, $"/api/prosecutors/{Office.Prosecutor(department, 1)}", Office.Definition(department, 1));
        }
    }

    private static async Task<string> Send(HttpClient http, string[] batch)
    {
        using var content = new StringContent($"[{string.Join(',', batch)}]", Encoding.UTF8, "application/cloudevents-batch+json");
        using HttpResponseMessage answer = await http.PostAsync("/api/events", content);
        return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
    }

    private static async Task<int> Compare(Office one, Office many)
    {
        List<string> cases = [.. (await one.List("/api/cases")).Select(Lists.Id).Order(StringComparer.Ordinal)];
        string[] questions =
        [
            .. cases.Select(id => $"/api/cases/{Uri.EscapeDataString(id)}"),
            .. Office.Departments.Select(d => $"/api/departments/{d}/workload"),
        ];
        foreach (string question in questions) Same(question, await one.Get(question), await many.Get(question));
        foreach (string list in (string[])["/api/cases", "/api/alerts"])
            Same(list, InOrder(await one.List(list)), InOrder(await many.List(list)));
        return questions.Length + 2;
    }

    private static JsonArray InOrder(List<JsonNode> items) => [.. items.OrderBy(i => (string)i["id"]!, StringComparer.Ordinal).Select(i => i.DeepClone())];

    private static void Same(string question, JsonNode here, JsonNode there)
    {
        (string one, string many) = (Plain(here), Plain(there));
        Claim.Holds(one == many, () => $"{question} is answered differently: {Difference(one, many)}");
    }

    // Instants that the clock gave are those of its start but for microseconds; a draw's place in its day depends on who came first.
    private static string Plain(JsonNode node) => DrawName().Replace(Instant().Replace(node.ToJsonString(Web), "$1"), "draw");

    private static string Difference(string one, string many)
    {
        int at = one.Zip(many).TakeWhile(pair => pair.First == pair.Second).Count();
        int from = Math.Max(0, at - 150);
        return $"…{one[from..Math.Min(one.Length, at + 150)]}… and …{many[from..Math.Min(many.Length, at + 150)]}";
    }

    [GeneratedRegex(@"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d+")]
    private static partial Regex Instant();

    [GeneratedRegex(@"(yi|er)/\d{4}-\d\d-\d\d/\d+|""draw"":\d+")]
    private static partial Regex DrawName();

    // A single server on a store of its own.
    private sealed class SingleServer : IDisposable
    {
        private readonly string _data = Directory.CreateTempSubdirectory("cluster-crash-").FullName;
        private ServerProcess? _server;

        public async Task<Uri> Start() => (_server = await ServerProcess.Start(_data, ServerProcess.FreePort(), Office.Clock(Office.Still))).Address;

        public void Dispose()
        {
            _server?.Dispose();
            Directory.Delete(_data, recursive: true);
        }
    }
}

using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cluster.Crash.Stores;
using Cluster.Serving;

namespace Cluster.Crash;

/// <summary>One office on a store: a real server process that can be killed and started again at the same address, and a person who may do everything there.</summary>
internal sealed class Office : IDisposable
{
    public const string Procuratorate = "422826";

    /// <summary>Prosecutors of a department.</summary>
    public const int People = 5;

    /// <summary>Legal seconds in a real one: days pass while the server is killed and started, so that wakes fall due.</summary>
    public const double Quick = 7200;

    /// <summary>The clock all but stands, so that what is read one after the other can be compared to the letter.</summary>
    public const double Still = 1e-6;

    private static readonly TimeSpan Hangs = TimeSpan.FromSeconds(30);

    private readonly StoreUnderFault? _store;

    private Office(StoreUnderFault? store, Uri address)
    {
        _store = store;
        Address = address;
        Http = Client();
    }

    public static DateTimeOffset ClockStart { get; } = new(2026, 2, 9, 9, 0, 0, TimeSpan.FromHours(8));

    public static IReadOnlyList<string> Departments { get; } = ["yi", "er"];

    public Uri Address { get; }

    /// <summary>Calls of the administrator. The session is the same for ever: it is in the store.</summary>
    public HttpClient Http { get; }

    public string Token { get; private set; } = "";

    public ServerProcess Server { get; private set; } = null!;

    /// <summary>What the server's clock last read, as far as anybody looked.</summary>
    public DateTimeOffset Now { get; private set; } = ClockStart;

    /// <summary>Starts a server on an empty store and sets the office up.</summary>
    public static async Task<Office> Open(StoreUnderFault store, double speed = Quick)
    {
        var office = new Office(store, new Uri($"http://127.0.0.1:{ServerProcess.FreePort()}"));
        try
        {
            await office.Start(speed);
            await office.LogIn();
            await office.SetUp();
            return office;
        }
        catch
        {
            office.Dispose();
            throw;
        }
    }

    /// <summary>Sets an office up on servers that somebody else starts and ends.</summary>
    /// <param name="bare">Without departments and people.</param>
    public static async Task<Office> At(Uri address, bool bare = false)
    {
        var office = new Office(null, address);
        try
        {
            await office.LogIn();
            if (!bare) await office.SetUp();
            return office;
        }
        catch
        {
            office.Dispose();
            throw;
        }
    }

    private async Task LogIn()
    {
        Token = (string)(await Call(HttpMethod.Post, "/api/login", new { user = "admin", password = ServerProcess.AdminPassword }))["token"]!;
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    private async Task SetUp()
    {
        await Call(HttpMethod.Put, $"/api/procuratorates/{Procuratorate}", new { name = "咸丰县人民检察院", level = "county" });
        foreach (string department in Departments)
        {
            await Call(HttpMethod.Put, $"/api/departments/{department}", new { name = $"{department}部", procuratorate = Procuratorate, caseTypes = Array.Empty<string>() });
            for (int i = 1; i <= People; i++) await Call(HttpMethod.Put, $"/api/prosecutors/{Prosecutor(department, i)}", Definition(department, i));
        }
    }

    public static string Prosecutor(string department, int number) => string.Create(CultureInfo.InvariantCulture, $"{department}-{number}");

    /// <summary>What a prosecutor is at first.</summary>
    public static JsonObject Definition(string department, int number) =>
        new() { ["name"] = $"检察官{number}", ["department"] = department, ["capacity"] = 1.0, ["onDuty"] = true };

    /// <summary>A client of its own connections with the administrator's session.</summary>
    public HttpClient Client() => Client(Address);

    /// <summary>The same at another address of the office.</summary>
    public HttpClient Client(Uri address)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = address, Timeout = Hangs };
        if (Token.Length > 0) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return http;
    }

    /// <summary>Options of a process whose clock starts when the office's does.</summary>
    /// <param name="speed">Legal seconds in a real one.</param>
    public static string[] Clock(double speed) =>
        ["--clock", ClockStart.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture), "--speed", speed.ToString("R", CultureInfo.InvariantCulture)];

    /// <summary>Starts the server and waits for nothing.</summary>
    public void Launch(double speed = Quick)
    {
        Server?.Dispose();
        Server = ServerProcess.Launch(
            _store!.Data, Address.Port,
            [.. Clock(speed), .. _store.Options]);
    }

    /// <summary>Starts the server and waits until it is ready.</summary>
    public async Task Start(double speed = Quick)
    {
        Launch(speed);
        await Server.Ready();
    }

    public async Task<JsonNode> Get(string path) => await Call(HttpMethod.Get, path, null);

    /// <summary>A case as the server shows it.</summary>
    public async Task<JsonNode> Case(string id)
    {
        JsonNode one = await Get($"/api/cases/{Uri.EscapeDataString(id)}");
        DateTimeOffset now = DateTimeOffset.Parse((string)one["asOf"]!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        if (now > Now) Now = now;
        return one;
    }

    /// <summary>Every item of a list, page after page.</summary>
    public async Task<List<JsonNode>> List(string path)
    {
        var items = new List<JsonNode>();
        for (string? cursor = ""; cursor is not null;)
        {
            JsonNode page = await Get($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=500{(cursor.Length == 0 ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}");
            items.AddRange(page["items"]!.AsArray()!);
            cursor = (string?)page["next"];
        }
        return items;
    }

    /// <summary>One call; an answer other than 2xx throws and tells what the server said.</summary>
    public async Task<JsonNode> Call(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using HttpResponseMessage answer = await Http.SendAsync(request);
        string text = await answer.Content.ReadAsStringAsync();
        Claim.Holds(answer.IsSuccessStatusCode, () => $"{method} {path} answered {(int)answer.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }

    public void Dispose()
    {
        Http.Dispose();
        Server?.Dispose();
    }
}

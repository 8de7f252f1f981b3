using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Api.Hosting;
using Cluster.Api.Login;
using Cluster.Fuzz.Grammar;
using Cluster.Silo;
using Cluster.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace Cluster.Fuzz.Serving;

/// <summary>The whole system in this process on a directory of its own, with an office and an account of every role.</summary>
internal sealed class World : IAsyncDisposable
{
    public const string Office = "422826", Department = "422826-1";

    // Contains what no input may make the server write into a log.
    private const string Password = "first password 秘";

    /// <summary>The legal clock stands, so that a seed means the same at every hour and speed.</summary>
    public static readonly DateTimeOffset Now = new(2026, 2, 9, 9, 30, 0, TimeSpan.FromHours(8));

    private readonly string directory = Directory.CreateTempSubdirectory("fuzz").FullName;
    private readonly Dictionary<string, string> tokens = [];
    private readonly LogLevel logLevel;
    private WebApplication app = null!;
    private TappedServer server = null!;

    private World(LogLevel logLevel)
    {
        this.logLevel = logLevel;
        Logs = new LogWatch(logLevel);
    }

    public static IReadOnlyList<string> Accounts { get; } =
        ["admin", "handler", "head", "monitor", "leader", "superior", "sender", "system-admin", "security-admin", "auditor"];

    public LogWatch Logs { get; private set; }

    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => app.Services;

    /// <summary>Statuses that the API's description allows for a method and a template.</summary>
    public IReadOnlyDictionary<(string Method, string Template), HashSet<int>> Described { get; private set; } = null!;

    public static async Task<World> Start(LogLevel logLevel = LogLevel.Information)
    {
        var world = new World(logLevel);
        await world.StartAgain();
        await world.Furnish();
        world.Described = await world.ReadDescription();
        return world;
    }

    /// <summary>Starts the system on what is stored; the first time, on nothing.</summary>
    public async Task StartAgain()
    {
        if (app is not null) await Stop();
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(Logs);
        builder.Services.AddClusterSilo(new SiloOptions { Storage = new StorageOptions { Directory = directory }, ClockStart = Now, ClockSpeed = 1e-6 });
        builder.Services.AddClusterApi(new ServerOptions { AdminPassword = Password });
        builder.Services.Configure<LoginOptions>(login => login.Rounds = 1);
        Type kestrel = builder.Services.Last(s => s.ServiceType == typeof(IServer)).ImplementationType!;
        builder.Services.AddSingleton<IServer>(provider => server = new TappedServer((IServer)ActivatorUtilities.CreateInstance(provider, kestrel)));
        app = builder.Build();
        app.MapClusterApi(new NullFileProvider());
        await app.StartAsync();
        Address = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public string? Token(string? account) => account is null ? null : tokens.GetValueOrDefault(account, account);

    /// <summary>One request through the pipeline.</summary>
    /// <exception cref="TimeoutException">It was not answered in time.</exception>
    public async Task<Answer> Send(Step step, TimeSpan patience)
    {
        var request = new PipelineRequest(step, Token(step.As));
        // On a thread of its own, so that one that computes for ever cannot keep its caller.
        Task work = Task.Run(() => server.Process(request.Features));
        try
        {
            await work.WaitAsync(patience);
        }
        catch (TimeoutException)
        {
            request.Abort();
            throw;
        }
        return request.Answer;
    }

    public async Task<JsonNode> Call(string method, string target, object? body = null, string? account = "admin")
    {
        byte[] bytes = body is null ? [] : JsonSerializer.SerializeToUtf8Bytes(body);
        Answer answer = await Send(new Step { Method = method, Target = target, As = account, Body = bytes, ContentType = "application/json" }, TimeSpan.FromMinutes(1));
        return answer.Status is 200 or 201 or 202 ? JsonNode.Parse(answer.Body)! : throw new InvalidOperationException($"{method} {target}: {answer.Status} {answer.Text}");
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Directory.Delete(directory, true);
    }

    /// <summary>Bytes of the store's files.</summary>
    public long StoredBytes => new DirectoryInfo(directory).EnumerateFiles().Sum(f => f.Length);

    private async Task Stop()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task Furnish()
    {
        await LogIn("admin");
        await Call("PUT", "/api/procuratorates/4228", new { name = "恩施州院", level = "city" });
        await Call("PUT", "/api/procuratorates/" + Office, new
        {
            name = "巴东县院",
            level = "county",
            parent = "4228",
            // Every rule that waits for evidence looks.
            reports = new { on = Vocabulary.Steps, off = Array.Empty<string>() },
        });
        await Call("PUT", "/api/departments/" + Department, new { name = "第一检察部", procuratorate = Office });
        foreach (string id in (string[])["p1", "p2", "p3"]) await Call("PUT", "/api/prosecutors/" + id, new { name = "秘" + id, department = Department });
        foreach (string role in Accounts.Skip(1))
        {
            await Call("PUT", "/api/users/" + role, new
            {
                password = Password,
                mustChangePassword = false,
                roles = new[] { role },
                procuratorate = role == "superior" ? "4228" : Office,
                department = Department,
                prosecutor = "p1",
            });
            await LogIn(role);
        }
        Logs.Keep(Values.Secret, Password);
    }

    private async Task LogIn(string user)
    {
        tokens[user] = (string)(await Call("POST", "/api/login", new { user, password = Password }, null))["token"]!;
        Logs.Keep(tokens[user]);
    }

    private async Task<Dictionary<(string, string), HashSet<int>>> ReadDescription()
    {
        JsonNode document = await Call("GET", "/openapi/v1.json", account: null);
        var statuses = new Dictionary<(string, string), HashSet<int>>();
        foreach ((string template, JsonNode? operations) in document["paths"]!.AsObject())
        {
            foreach ((string method, JsonNode? operation) in operations!.AsObject())
            {
                if (operation?["responses"] is JsonObject responses)
                    statuses[(method.ToUpperInvariant(), template)] = [.. responses.Select(r => int.Parse(r.Key))];
            }
        }
        return statuses;
    }
}

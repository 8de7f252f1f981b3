using Cluster.Serving;

namespace Cluster.Browser.Tests;

/// <summary>
/// A small office on a server of its own: three departments, of which two have one prosecutor each so that a test knows whom a case goes to,
/// and the clock standing at a Wednesday in March 2026.
/// </summary>
public sealed class Office : IAsyncLifetime
{
    public const string Procuratorate = "422826";

    /// <summary>Password of every account but admin.</summary>
    public const string Password = "a-password-for-tests";

    internal static readonly DateTimeOffset Now = new(2026, 3, 11, 9, 0, 0, TimeSpan.FromHours(8));

    private static readonly string[] Clock = ["--clock", Now.ToString("yyyy-MM-ddTHH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture), "--speed", "1"];

    private readonly string _data = Directory.CreateTempSubdirectory("cluster-browser-").FullName;
    private ServerProcess? _server;
    private ApiClient? _admin;
    private int _cases;

    internal ServerProcess Server => _server!;

    internal ApiClient Admin => _admin!;

    internal Uri Address => Server.Address;

    public async Task InitializeAsync()
    {
        if (BrowserNeeded.Reason is not null) return;
        await Start(ServerProcess.FreePort());
        await Admin.Put($"/api/procuratorates/{Procuratorate}", new { name = "咸丰县人民检察院", level = "county" });
        (string Id, string Name, string[] People)[] departments =
        [
            ("yi", "第一检察部", ["张明远"]), ("er", "第二检察部", ["李国强"]), ("san", "第三检察部", ["王秀兰", "刘建华", "陈志刚", "杨晓燕", "赵德胜"]),
        ];
        foreach ((string id, string name, string[] people) in departments)
        {
            await Admin.Put($"/api/departments/{id}", new { name, procuratorate = Procuratorate, caseTypes = Array.Empty<string>() });
            for (int i = 0; i < people.Length; i++) await Admin.Put($"/api/prosecutors/{id}-{i + 1}", new { name = people[i], department = id });
        }
        await Account("monitor", "monitor", null, null);
        await Account("leader", "leader", null, null);
        await Account("screen", "kiosk", null, null);
        await Account("handler-yi", "handler", "yi", "yi-1");
        await Account("handler-er", "handler", "er", "er-1");
    }

    public Task DisposeAsync()
    {
        _admin?.Dispose();
        _server?.Dispose();
        Directory.Delete(_data, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Starts the server on the same store again, after <see cref="ServerProcess.Kill"/> or <see cref="ServerProcess.Stop"/>.</summary>
    internal async Task Start(int port)
    {
        _admin?.Dispose();
        _server?.Dispose();
        _server = await ServerProcess.Start(_data, port, Clock);
        _admin = await ApiClient.LogIn(_server.Address, "admin", ServerProcess.AdminPassword);
    }

    /// <summary>Accepts a case for review of one suspect. Nothing is amiss if it came today; after five days the rights notice is overdue (SQ-001).</summary>
    /// <param name="daysAgo">Days since it was received.</param>
    /// <param name="department">Who gets it: yi and er have one prosecutor each.</param>
    internal async Task<CaseAtHand> Accept(int daysAgo = 0, string department = "san")
    {
        int number = Interlocked.Increment(ref _cases);
        DateTimeOffset received = Now.AddDays(-daysAgo);
        var one = new CaseAtHand($"咸检起诉受[2026]422826{number:00000}号", $"王某{number}盗窃案");
        string day = received.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await Send(one, "case.accepted", new
        {
            caseType = "PRO",
            procuratorate = Procuratorate,
            department,
            one.Name,
            receivedOn = day,
            registeredOn = day,
            suspects = new[] { new { suspect = "1", name = $"王某{number}" } },
        }, received);
        return one;
    }

    /// <summary>The rights notice, now: the cure of SQ-001.</summary>
    internal Task NotifyRights(CaseAtHand one) => Send(one, "rights.notified", new { who = "suspect", suspect = "1", how = "document" });

    /// <summary>An interrogation before anybody told the suspect about pleas: raises SQ-003 and nothing else.</summary>
    internal Task Interrogate(CaseAtHand one) => Send(one, "suspect.interrogated", new { suspect = "1", staff = 2, place = "看守所" });

    internal Task Send(CaseAtHand one, string type, object data, DateTimeOffset? at = null) =>
        Admin.Send(new CloudEvent(Guid.NewGuid().ToString(), $"/{Procuratorate}/tyyw", type, one.Id, at ?? Now, data));

    private Task Account(string name, string role, string? department, string? prosecutor) =>
        Admin.Put($"/api/users/{name}", new { password = Password, mustChangePassword = false, roles = new[] { role }, procuratorate = Procuratorate, department, prosecutor });
}

/// <summary>A case that a test works with.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name; no two are the same.</param>
internal sealed record CaseAtHand(string Id, string Name);

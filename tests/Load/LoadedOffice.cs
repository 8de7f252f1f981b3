using Cluster.Serving;

namespace Cluster.Load;

/// <summary>One procuratorate of three departments and 24 prosecutors, on the real clock: a server on a store of its own, or one that somebody else runs.</summary>
internal sealed class LoadedOffice : IDisposable
{
    public const string Procuratorate = "422826";

    /// <summary>Password of the account <c>monitor</c>.</summary>
    public const string Password = "a-password-under-load";

    private const int People = 8;

    private static readonly string[] Departments = ["yi", "er", "san"];

    private readonly string _data = Directory.CreateTempSubdirectory("cluster-load-").FullName;

    private readonly string? _store;
    private ServerProcess? _server;

    private LoadedOffice(string? store) => _store = store;

    /// <summary>The server that was started here.</summary>
    public ServerProcess Server => _server ?? throw new InvalidOperationException("Somebody else runs the server.");

    /// <summary>Where it is served.</summary>
    public Uri Address { get; private set; } = null!;

    public ApiClient Admin { get; private set; } = null!;

    /// <summary>Bytes of the store.</summary>
    public long Stored => new DirectoryInfo(_data).EnumerateFiles().Sum(f => f.Length);

    /// <param name="store">Address of a PostgreSQL database; null: SQLite.</param>
    public static async Task<LoadedOffice> Open(string? store = null)
    {
        var office = new LoadedOffice(store);
        try
        {
            await office.Start();
            await office.SetUp();
            return office;
        }
        catch
        {
            office.Dispose();
            throw;
        }
    }

    /// <param name="address">Where somebody else serves it.</param>
    public static async Task<LoadedOffice> At(Uri address)
    {
        var office = new LoadedOffice(null) { Address = address, Admin = await ApiClient.LogIn(address, "admin", ServerProcess.AdminPassword) };
        try
        {
            await office.SetUp();
            return office;
        }
        catch
        {
            office.Dispose();
            throw;
        }
    }

    private async Task SetUp()
    {
        await Admin.Put($"/api/procuratorates/{Procuratorate}", new { name = "咸丰县人民检察院", level = "county" });
        foreach (string department in Departments)
        {
            await Admin.Put($"/api/departments/{department}", new { name = $"{department}部", procuratorate = Procuratorate, caseTypes = Array.Empty<string>() });
            for (int i = 1; i <= People; i++) await Admin.Put($"/api/prosecutors/{department}-{i}", new { name = $"检察官{department}{i}", department });
        }
        await Admin.Put("/api/users/monitor", new { password = Password, mustChangePassword = false, roles = new[] { "monitor" }, procuratorate = Procuratorate });
    }

    /// <summary>Starts the server, or starts it again on the same store.</summary>
    public async Task Start()
    {
        Admin?.Dispose();
        _server?.Dispose();
        _server = await ServerProcess.Start(_data, ServerProcess.FreePort(), _store is null ? [] : ["--store", _store]);
        Address = _server.Address;
        Admin = await ApiClient.LogIn(Address, "admin", ServerProcess.AdminPassword);
    }

    /// <summary>Waits until the server has used almost no CPU for two seconds.</summary>
    public async Task Quiet()
    {
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(2), TimeProvider.System);
        TimeSpan before = Server.Worked;
        while (await beat.WaitForNextTickAsync())
        {
            TimeSpan after = Server.Worked;
            if (after - before < TimeSpan.FromMilliseconds(60)) return;
            before = after;
        }
    }

    public void Dispose()
    {
        Admin?.Dispose();
        _server?.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    /// <summary>A case that comes in today.</summary>
    /// <param name="name">What its number and name begin with.</param>
    public static CloudEvent Accepted(string name, int number)
    {
        string today = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        return Event(name, number, "case.accepted", new
        {
            caseType = "PRO",
            procuratorate = Procuratorate,
            department = DepartmentOf(number),
            name = $"{name}{number}案",
            receivedOn = today,
            registeredOn = today,
            suspects = new[] { new { suspect = "1", name = "孙某" } },
        });
    }

    /// <summary>An event of such a case, now.</summary>
    public static CloudEvent Event(string name, int number, string type, object data) =>
        new($"{type}-{number}", $"/{Procuratorate}/tyyw", type, $"{name}{number}号", TimeProvider.System.GetUtcNow(), data);

    /// <summary>The department that takes a case.</summary>
    public static string DepartmentOf(int number) => Departments[number % Departments.Length];
}

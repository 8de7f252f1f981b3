using Cluster.Contracts.Storage;
using Cluster.Storage;
using Cluster.Storage.Snapshots;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Grains.Tests.Storage;

/// <summary>A real store in a folder of its own, which can be closed and opened again.</summary>
internal sealed class StoreUnderTest : IAsyncDisposable
{
    private readonly int _maxWaiting;
    private readonly ICommitObserver[] _observers;
    private ServiceProvider _services;

    public StoreUnderTest(int maxWaiting = 20_000, params ICommitObserver[] observers)
    {
        _maxWaiting = maxWaiting;
        _observers = observers;
        _services = Build();
    }

    public static DateTimeOffset Start { get; } = new(2026, 2, 9, 9, 30, 0, TimeSpan.FromHours(8));

    public string Folder { get; } = Directory.CreateTempSubdirectory("cluster-store-").FullName;

    public string File => Path.Combine(Folder, "cluster.db");

    public TestClock Clock { get; } = new(Start);

    public IJournal Journal => _services.GetRequiredService<IJournal>();

    public ICaseIndex Cases => _services.GetRequiredService<ICaseIndex>();

    public IFeedStore Feed => _services.GetRequiredService<IFeedStore>();

    public IDueIndex Due => _services.GetRequiredService<IDueIndex>();

    public IUnitIndex Units => _services.GetRequiredService<IUnitIndex>();

    public IAccountStore Accounts => _services.GetRequiredService<IAccountStore>();

    public ISnapshotStore Snapshots => _services.GetRequiredService<ISnapshotStore>();

    public IAuditLog Audit => _services.GetRequiredService<IAuditLog>();

    public IStoreHealth Health => _services.GetRequiredService<IStoreHealth>();

    public ServiceProvider Build(bool verify = false)
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(Clock);
        services.AddClusterStorage(new StorageOptions { Directory = Folder, MaxWaiting = _maxWaiting, VerifyOnStart = verify });
        foreach (var observer in _observers)
            services.AddSingleton(observer);
        return services.BuildServiceProvider();
    }

    public Task Close() => _services.DisposeAsync().AsTask();

    public async Task Reopen(bool verify = false)
    {
        await Close();
        _services = Build(verify);
    }

    /// <summary>Another connection to the file, to look behind or to stand in the way.</summary>
    public SqliteConnection Behind()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        return connection;
    }

    /// <summary>Keeps the writer from beginning a transaction until disposed of.</summary>
    public async Task<IDisposable> HoldWriter()
    {
        await Health.Check();
        var connection = Behind();
        Execute(connection, "BEGIN IMMEDIATE");
        return connection;
    }

    public long Count(string sql)
    {
        using var connection = Behind();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync()
    {
        await Close();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class TestClock(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset _now = now;

    public override DateTimeOffset GetUtcNow() => _now.ToUniversalTime();

    public void Advance(TimeSpan by) => _now += by;
}

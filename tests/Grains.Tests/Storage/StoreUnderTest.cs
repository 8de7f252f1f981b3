using System.Data.Common;
using Cluster.Contracts.Storage;
using Cluster.Shared;
using Cluster.Storage;
using Cluster.Storage.Snapshots;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Grains.Tests.Storage;

/// <summary>What a store is kept in.</summary>
public enum StoreKind
{
    Sqlite,
    Postgres,
}

/// <summary>A real store in a folder or a database of its own, which can be closed and opened again.</summary>
internal sealed class StoreUnderTest : IAsyncDisposable
{
    private readonly int _maxWaiting;
    private readonly ICommitObserver[] _observers;
    private readonly PostgresServer? _server;
    private readonly string _database = $"store_{Guid.NewGuid():N}";
    private ServiceProvider _services;

    public StoreUnderTest(StoreKind kind, int maxWaiting = 20_000, params ICommitObserver[] observers) : this(kind, null, maxWaiting, observers)
    {
    }

    /// <param name="server">The server of the database; null: the one that all tests share.</param>
    public StoreUnderTest(StoreKind kind, PostgresServer? server, int maxWaiting = 20_000, params ICommitObserver[] observers)
    {
        Kind = kind;
        _maxWaiting = maxWaiting;
        _observers = observers;
        if (kind == StoreKind.Postgres)
        {
            _server = server ?? PostgresServer.Start().GetAwaiter().GetResult()!;
            Administer($"CREATE DATABASE {_database}");
        }
        _services = Build();
    }

    public static DateTimeOffset Start { get; } = new(2026, 2, 9, 9, 30, 0, TimeSpan.FromHours(8));

    public StoreKind Kind { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("cluster-store-").FullName;

    public string File => Path.Combine(Folder, "cluster.db");

    /// <summary>The folder, or the address of the database.</summary>
    public string Place => Address ?? Folder;

    public TestClock Clock { get; } = new(Start);

    public IJournal Journal => _services.GetRequiredService<IJournal>();

    public ICaseIndex Cases => _services.GetRequiredService<ICaseIndex>();

    public IFeedStore Feed => _services.GetRequiredService<IFeedStore>();

    public IDueIndex Due => _services.GetRequiredService<IDueIndex>();

    public IUnitIndex Units => _services.GetRequiredService<IUnitIndex>();

    public IRuleIndex Rules => _services.GetRequiredService<IRuleIndex>();

    public ICaseArchive Archive => _services.GetRequiredService<ICaseArchive>();

    public IAccountStore Accounts => _services.GetRequiredService<IAccountStore>();

    public ISnapshotStore Snapshots => _services.GetRequiredService<ISnapshotStore>();

    public IAuditLog Audit => _services.GetRequiredService<IAuditLog>();

    public IStoreHealth Health => _services.GetRequiredService<IStoreHealth>();

    private string? Address => _server?.Uri(_database);

    /// <param name="exclusive">Whether it alone may use the database.</param>
    public ServiceProvider Build(bool verify = false, bool exclusive = true)
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(Clock);
        services.AddClusterStorage(new StorageOptions { Directory = Folder, Postgres = Address, Exclusive = exclusive, MaxWaiting = _maxWaiting, VerifyOnStart = verify });
        foreach (var observer in _observers)
            services.AddSingleton(observer);
        return services.BuildServiceProvider();
    }

    public Task Close() => _services.DisposeAsync().AsTask();

    public async Task Reopen(bool verify = false, bool exclusive = true)
    {
        await Close();
        _services = Build(verify, exclusive);
    }

    /// <summary>Another connection to the database, to look behind or to stand in the way.</summary>
    public DbConnection Behind()
    {
        DbConnection connection = _server is null ? new SqliteConnection($"Data Source={File};Pooling=False") : new NpgsqlConnection(Settings(_database));
        connection.Open();
        return connection;
    }

    /// <summary>Keeps the writer from writing until disposed of.</summary>
    public async Task<IDisposable> HoldWriter()
    {
        await Health.Check();
        var connection = Behind();
        Execute(connection, Kind == StoreKind.Sqlite ? "BEGIN IMMEDIATE" : "BEGIN; LOCK TABLE stream, event, case_row, meta, audit_head IN EXCLUSIVE MODE");
        return connection;
    }

    /// <summary>Makes every INSERT into or UPDATE of a table fail.</summary>
    /// <returns>Mends it when disposed of.</returns>
    public IDisposable Break(string verb, string table, string reason)
    {
        var name = $"no_{verb}_{table}";
        var connection = Behind();
        if (Kind == StoreKind.Sqlite)
        {
            Execute(connection, $"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{reason}'); END");
            return new Mending(connection, $"DROP TRIGGER {name}");
        }
        Execute(connection, $"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{reason}'; END $$");
        Execute(connection, $"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()");
        return new Mending(connection, $"DROP TRIGGER {name} ON {table}");
    }

    public long Count(string sql)
    {
        using var connection = Behind();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    public static void Execute(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync()
    {
        await Close();
        Directory.Delete(Folder, recursive: true);
        if (_server is not null)
            Administer($"DROP DATABASE {_database} WITH (FORCE)");
    }

    private void Administer(string sql)
    {
        using var connection = new NpgsqlConnection(Settings("postgres"));
        connection.Open();
        Execute(connection, sql);
    }

    private string Settings(string database)
    {
        var address = new Uri(_server!.Uri(database));
        var user = address.UserInfo.Split(':');
        return new NpgsqlConnectionStringBuilder { Host = address.Host, Port = address.Port, Database = database, Username = user[0], Password = user[1], Pooling = false }.ConnectionString;
    }

    private sealed class Mending(DbConnection connection, string sql) : IDisposable
    {
        public void Dispose()
        {
            Execute(connection, sql);
            connection.Dispose();
        }
    }
}

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class TestClock(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset _now = now;

    public override DateTimeOffset GetUtcNow() => _now.ToUniversalTime();

    public void Advance(TimeSpan by) => _now += by;
}

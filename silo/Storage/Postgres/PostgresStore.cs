using System.Diagnostics.Metrics;
using Cluster.Contracts.Storage;
using Cluster.Storage.Writing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Cluster.Storage.Postgres;

/// <summary>The store in a PostgreSQL database: one writer's loop and a few readers. Opens at first use, and comes back by itself when the database does.</summary>
internal sealed partial class PostgresStore : IStoreHealth, IAsyncDisposable, IDisposable
{
    private readonly StorageOptions _options;
    private readonly PostgresAddress _address;
    private readonly TimeProvider _clock;
    private readonly IServiceProvider _services;
    private readonly ILogger<PostgresStore> _logger;
    private readonly WriterMeters? _meters;
    private readonly Lock _opening = new();
    private volatile OpenDatabase? _open;
    private Task<OpenDatabase>? _task;
    private bool _disposed;

    public PostgresStore(StorageOptions options, TimeProvider clock, IServiceProvider services, ILogger<PostgresStore> logger)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxWaiting, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Readers, 1);
        _options = options;
        _address = PostgresAddress.Parse(options.Postgres!);
        _clock = clock;
        _services = services;
        _logger = logger;
        _meters = services.GetService<IMeterFactory>() is { } meters ? new WriterMeters(meters, () => _open?.Writer.Waiting ?? 0) : null;
    }

    public DateTimeOffset Now => _clock.GetUtcNow();

    public Deliveries Deliveries { get; } = new();

    /// <summary>Opens the store if it is not open. Many may wait for it without holding a thread.</summary>
    /// <exception cref="StoreFormatException">A newer program wrote it, or the database cannot hold what we write.</exception>
    /// <exception cref="IOException">Another process uses it, or it cannot be reached.</exception>
    public Task<OpenDatabase> Open()
    {
        lock (_opening)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_task is null || _task.IsFaulted)
                _task = Task.Run(OpenNow);
            return _task;
        }
    }

    /// <summary>Runs a read against what was committed before.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<T> Read<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> query, CancellationToken cancellation)
    {
        try
        {
            var database = _open ?? await Open().WaitAsync(cancellation);
            return await database.Read(query, cancellation);
        }
        catch (Exception failure) when (Sessions.IsAway(failure) || failure is PostgresException)
        {
            throw new StoreUnavailableException(failure);
        }
    }

    public Task<List<T>> All<T>(Statement statement, Func<NpgsqlDataReader, T> read, CancellationToken cancellation) =>
        Read((connection, cancel) => statement.All(connection, read, cancel), cancellation);

    /// <summary>The first row, or the default value if there is none.</summary>
    public Task<T?> One<T>(Statement statement, Func<NpgsqlDataReader, T> read, CancellationToken cancellation) =>
        Read((connection, cancel) => statement.One(connection, read, cancel), cancellation);

    /// <summary>A connection for a long reading, which must not take one of the few that answer people. Its user disposes of it.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public NpgsqlConnection OpenReader()
    {
        try
        {
            return (_open ?? Open().GetAwaiter().GetResult()).OpenReader();
        }
        catch (Exception failure) when (Sessions.IsAway(failure))
        {
            throw new StoreUnavailableException(failure);
        }
    }

    /// <summary>Writes durably, together with whatever else waits.</summary>
    /// <exception cref="JournalOverloadedException"/>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<T> Write<T>(Work<T> work, CancellationToken cancellation)
    {
        // Once it waits it will be written, so a later cancellation would leave the caller not knowing.
        cancellation.ThrowIfCancellationRequested();
        try
        {
            var database = _open ?? await Open().WaitAsync(cancellation);
            return await database.Write(work);
        }
        catch (Exception failure) when (Sessions.IsAway(failure))
        {
            throw new StoreUnavailableException(failure);
        }
    }

    /// <summary>A revision was delivered. Never fails: after the end of the store it is forgotten, and delivered again.</summary>
    public void Delivered(string caseId, long revision)
    {
        Deliveries.Add(caseId, revision);
        _open?.Writer.Nudge();
    }

    public async Task<StoreHealth> Check(CancellationToken cancellation = default)
    {
        try
        {
            await One(new Statement("SELECT value FROM meta WHERE name = 'schema'"), row => row.Long(0), cancellation);
            if (_open?.Writer.Failure is not null)
                await Write(new SessionWork<int>(session => new Statement("UPDATE meta SET value = value WHERE name = 'schema'").Run(session)), cancellation);
            return new StoreHealth(true, null);
        }
        catch (StoreUnavailableException away)
        {
            return new StoreHealth(false, away.InnerException!.Message);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new StoreHealth(false, exception.Message);
        }
    }

    public void Dispose()
    {
        Task<OpenDatabase>? task;
        lock (_opening)
        {
            _disposed = true;
            (task, _task) = (_task, null);
        }
        if (task is null)
            return;
        Task.WaitAny(task);
        if (task.IsCompletedSuccessfully)
            task.Result.Dispose();
    }

    public async ValueTask DisposeAsync() => await Task.Run(Dispose);

    private OpenDatabase OpenNow()
    {
        var database = new OpenDatabase(_address, _options, Deliveries, _clock, _logger, _meters);
        _open = database;
        try
        {
            // Observers may themselves depend on the store, so they are asked for only now that it is there.
            database.Writer.Start([.. _services.GetServices<ICommitObserver>()]);
        }
        catch
        {
            _open = null;
            database.Dispose();
            throw;
        }
        Opened(_logger, Schema.Version);
        return database;
    }

    [LoggerMessage(EventId = 4201, Level = LogLevel.Information, Message = "The store is open on PostgreSQL, schema {Schema}")]
    private static partial void Opened(ILogger logger, long schema);
}

using System.Diagnostics.Metrics;
using Cluster.Contracts.Storage;
using Cluster.Storage.Writing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cluster.Storage.Sqlite;

/// <summary>The database of one process: one writer's loop and a few readers. Opens at first use.</summary>
internal sealed partial class Store : IStoreHealth, IAsyncDisposable, IDisposable
{
    private readonly StorageOptions _options;
    private readonly TimeProvider _clock;
    private readonly IServiceProvider _services;
    private readonly ILogger<Store> _logger;
    private readonly WriterMeters? _meters;
    private readonly Lock _opening = new();
    private volatile OpenStore? _open;
    private bool _disposed;

    public Store(StorageOptions options, TimeProvider clock, IServiceProvider services, ILogger<Store> logger)
    {
        ArgumentException.ThrowIfNullOrEmpty(options.Directory);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxWaiting, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Readers, 1);
        _options = options;
        _clock = clock;
        _services = services;
        _logger = logger;
        _meters = services.GetService<IMeterFactory>() is { } meters ? new WriterMeters(meters, () => _open?.Writer.Waiting ?? 0) : null;
    }

    public DateTimeOffset Now => _clock.GetUtcNow();

    public Deliveries Deliveries { get; } = new();

    /// <summary>Opens the store if it is not open.</summary>
    /// <exception cref="StoreFormatException">The file is damaged, or a newer program wrote it.</exception>
    /// <exception cref="IOException">Another process uses it, or the folder cannot be used.</exception>
    public OpenStore Open()
    {
        if (_open is { } ready)
            return ready;
        lock (_opening)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_open is { } opened)
                return opened;
            _open = new OpenStore(_options, Deliveries, _clock, _logger, _meters);
            // Observers may themselves depend on the store, so they are asked for only now that it is there.
            _open.Writer.Start([.. _services.GetServices<ICommitObserver>()]);
            Opened(_logger, Schema.Version);
            return _open;
        }
    }

    /// <summary>Runs a read against what was committed before.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<T> Read<T>(Func<Connection, T> query, CancellationToken cancellation)
    {
        try
        {
            return await Open().Readers.Read(query, cancellation);
        }
        catch (SqliteException failure)
        {
            throw new StoreUnavailableException(failure);
        }
    }

    /// <summary>A connection for a long reading, which must not take one of the few that answer people.</summary>
    public Connection OpenReader() => Open().Readers.OpenOwn();

    /// <summary>Writes durably, together with whatever else waits.</summary>
    /// <exception cref="JournalOverloadedException"/>
    public async Task<T> Write<T>(Work<T> work, CancellationToken cancellation)
    {
        // Once it waits it will be written, so a later cancellation would leave the caller not knowing.
        cancellation.ThrowIfCancellationRequested();
        return await Open().Writer.Write(work);
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
            await Read(connection => connection.Prepare("SELECT value FROM meta WHERE name = 'schema'").One(row => row.Long(0)), cancellation);
            if (Open().Writer.Failure is not null)
                await Write(new TableWork<int>(tables => tables.Connection.Prepare("UPDATE meta SET value = value WHERE name = 'schema'").Run()), cancellation);
            return new StoreHealth(true, null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new StoreHealth(false, exception.Message);
        }
    }

    public void Dispose()
    {
        lock (_opening)
        {
            _disposed = true;
            _open?.Dispose();
            _open = null;
        }
    }

    public async ValueTask DisposeAsync() => await Task.Run(Dispose);

    [LoggerMessage(EventId = 4001, Level = LogLevel.Information, Message = "The store is open, schema {Schema}")]
    private static partial void Opened(ILogger logger, long schema);
}

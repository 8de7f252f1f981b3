using Cluster.Contracts.Storage;
using Cluster.Storage.Writing;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Cluster.Storage.Postgres;

/// <summary>A database in use.</summary>
internal sealed partial class OpenDatabase : IDisposable
{
    // A read that waits so long for its turn is told to come back: the database does not keep up.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Sessions _sessions;
    private readonly SemaphoreSlim _turns;
    private readonly DatabaseUse _use;
    private readonly PostgresWriter _postgres;
    private bool _disposed;

    public OpenDatabase(PostgresAddress address, StorageOptions options, Deliveries deliveries, TimeProvider clock, ILogger logger, WriterMeters? meters = null)
    {
        // Answers travel: while some do, others can be worked on.
        var readers = 2 * options.Readers;
        _turns = new SemaphoreSlim(readers);
        _sessions = new Sessions(address, readers);
        try
        {
            _use = DatabaseUse.Take(_sessions, address.ToString(), options.Exclusive, clock, logger);
            using var session = _sessions.OpenWriter();
            Schema.Prepare(session);
            if (new Statement("SHOW fsync").All(session, row => row.GetString(0))[0] != "on")
                NotDurable(logger);
        }
        catch (Exception failure)
        {
            Dispose();
            if (failure is not (IOException or StoreFormatException) && Sessions.IsAway(failure))
                throw new IOException($"{address} cannot be used: {failure.Message.ReplaceLineEndings(" ")}", failure);
            throw;
        }
        _postgres = new PostgresWriter(_sessions, _use);
        Writer = new Writer(_postgres, options.MaxWaiting, deliveries, clock, logger, meters);
    }

    public Writer Writer { get; }

    public async Task<T> Read<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> query, CancellationToken cancellation)
    {
        _use.Require();
        var away = _use.Away;
        if (!await _turns.WaitAsync(Patience, cancellation))
            throw new TimeoutException("Too many reads wait for the database.");
        return await UnlessLost(TakeTurn(query, cancellation), away, cancellation);
    }

    /// <summary>Writes durably. Whether something was written that was under way when the database was lost, nobody can know until it is back.</summary>
    public Task<T> Write<T>(Work<T> work) => UnlessLost(Writer.Write(work), _use.Away, CancellationToken.None);

    // What has been asked is left to end by itself: to have it cancelled takes a connection to a server that does not answer.
    private static async Task<T> UnlessLost<T>(Task<T> asked, CancellationToken away, CancellationToken cancellation)
    {
        try
        {
            return await asked.WaitAsync(away);
        }
        catch (OperationCanceledException) when (away.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            _ = asked.ContinueWith(static left => left.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw new IOException("The database was lost while it was asked.");
        }
    }

    private async Task<T> TakeTurn<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> query, CancellationToken cancellation)
    {
        try
        {
            // And now: what waited behind reads of a database that went away need not try it too.
            _use.Require();
            return await ReadNow(query, cancellation);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>A connection for a long reading, which must not take one of the few that answer people. Its user disposes of it.</summary>
    public NpgsqlConnection OpenReader()
    {
        _use.Require();
        return _sessions.OpenReader();
    }

    private async Task<T> ReadNow<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> query, CancellationToken cancellation)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            var isConnected = false;
            try
            {
                await using var connection = await _sessions.Reader(cancellation);
                isConnected = true;
                return await query(connection, cancellation);
            }
            // The server may have come back after it broke the idle connections; a new one tells. One that timed out would only do so again.
            catch (NpgsqlException failure) when (isFirst && isConnected && failure is not PostgresException { SqlState: not ("57P01" or "57P02") } && failure.InnerException is not TimeoutException)
            {
            }
        }
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        Writer?.Stop();
        _postgres?.Dispose();
        _use?.Dispose();
        _sessions.Dispose();
    }

    [LoggerMessage(EventId = 4204, Level = LogLevel.Warning, Message = "The database server runs with fsync off: what it acknowledges may be lost when its machine fails")]
    private static partial void NotDurable(ILogger logger);
}

using System.Collections.Concurrent;

namespace Cluster.Storage.Sqlite;

/// <summary>A few connections for reading. A read sees every commit acknowledged before it began.</summary>
internal sealed class ReadPool(string file, int size) : IDisposable
{
    private readonly SemaphoreSlim _free = new(size);
    private readonly ConcurrentBag<Connection> _idle = [];

    /// <summary>Runs a read on the caller's thread; what it returns must not depend on the connection.</summary>
    public async Task<T> Read<T>(Func<Connection, T> query, CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation);
        try
        {
            if (!_idle.TryTake(out var connection))
                connection = Connection.OpenReader(file);
            try
            {
                var result = query(connection);
                _idle.Add(connection);
                return result;
            }
            catch
            {
                // It may be the cause; the next read opens a new one.
                connection.Dispose();
                throw;
            }
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>A connection that its user disposes of.</summary>
    public Connection OpenOwn() => Connection.OpenReader(file);

    public void Dispose()
    {
        while (_idle.TryTake(out var connection))
            connection.Dispose();
    }
}

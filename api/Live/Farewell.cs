using System.Collections.Concurrent;

namespace Cluster.Api.Live;

/// <summary>
/// Tells every screen that the server is going before the framework cuts their connections off, so that they know it was meant. Made with the pipeline,
/// after the framework's own: what is registered last is told of the stop first.
/// </summary>
internal sealed class Farewell
{
    // The drain as a whole has seconds; a screen that does not read must not take them.
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<LiveConnection, bool> connections = new();
    private readonly ConcurrentDictionary<Task, bool> served = new();

    public Farewell(IHostApplicationLifetime lifetime) => lifetime.ApplicationStopping.Register(CloseAll);

    /// <summary>Live connections there are.</summary>
    public int Connections => connections.Count;

    public void Add(LiveConnection connection) => connections[connection] = true;

    public void Remove(LiveConnection connection) => connections.TryRemove(connection, out _);

    /// <summary>Serves a live connection until its last byte is out.</summary>
    public async Task Serve(Task connection)
    {
        served[connection] = true;
        try
        {
            await connection;
        }
        finally
        {
            served.TryRemove(connection, out _);
        }
    }

    private void CloseAll()
    {
        foreach (LiveConnection connection in connections.Keys) connection.Close();
        Task.WhenAny(Task.WhenAll(served.Keys), Task.Delay(Most, TimeProvider.System)).Wait();
    }
}

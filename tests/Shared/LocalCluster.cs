using Cluster.Crash.Stores;
using Cluster.Serving;

namespace Cluster.Crash.Clustered;

/// <summary>A cluster on this machine: silos and processes of the API, each a process of its own, over a PostgreSQL of our own.</summary>
internal sealed class ClusterUnderFault : IAsyncDisposable
{
    private static readonly TimeSpan Joining = TimeSpan.FromSeconds(60);

    private readonly PostgresUnderFault _store;
    private readonly int[] _siloPorts;
    private readonly int[] _gatewayPorts;
    private readonly int[] _apiPorts;
    private readonly ServerProcess?[] _silos;
    private readonly ServerProcess?[] _apis;
    private readonly string _clusterId = $"crash-{Environment.ProcessId}";
    private double _speed;

    private ClusterUnderFault(PostgresUnderFault store, int silos, int apis)
    {
        _store = store;
        int[] ports = [.. Enumerable.Range(0, (2 * silos) + apis).Select(_ => ServerProcess.FreePort())];
        (_siloPorts, _gatewayPorts, _apiPorts) = (ports[..silos], ports[silos..(2 * silos)], ports[(2 * silos)..]);
        (_silos, _apis) = (new ServerProcess?[silos], new ServerProcess?[apis]);
    }

    /// <summary>Why there can be none here; null if there can.</summary>
    public static string? Missing => Shared.PostgresServer.Missing
        ?? (File.Exists(Silo) && File.Exists(Api) ? null : $"the engine Orleans was not built here: dotnet build -p:Engine=Orleans -c {Repository.Configuration}, where its packages are to be had");

    public PostgresUnderFault Store => _store;

    public int SiloCount => _silos.Length;

    public IReadOnlyList<Uri> Addresses => [.. _apiPorts.Select(port => new Uri($"http://127.0.0.1:{port}"))];

    /// <summary>CPU time that all processes of ours have used so far.</summary>
    public TimeSpan Worked => _silos.Concat(_apis).OfType<ServerProcess>().Aggregate(TimeSpan.Zero, (sum, p) => sum + p.Worked);

    /// <summary>What the processes said last.</summary>
    public string Output => string.Join('\n', _apis.Concat(_silos).OfType<ServerProcess>().Select(p => $"--- {p.Address}\n{p.Output}"));

    private static string Silo => Repository.OnOrleans("silo/Host", "Cluster.Silo.dll");

    private static string Api => Repository.OnOrleans("api", "Cluster.Api.dll");

    public static async Task<ClusterUnderFault> Start(int silos, int apis, double speed)
    {
        var cluster = new ClusterUnderFault(await PostgresUnderFault.Start(), silos, apis);
        try
        {
            await cluster.StartAll(speed);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public ServerProcess SiloAt(int index) => _silos[index] ?? throw new InvalidOperationException($"Silo {index} does not run.");

    public ServerProcess ApiAt(int index) => _apis[index] ?? throw new InvalidOperationException($"API {index} does not run.");

    public async Task StartAll(double speed)
    {
        _speed = speed;
        await Task.WhenAll(Enumerable.Range(0, _silos.Length).Select(StartSilo));
        await Task.WhenAll(Enumerable.Range(0, _apis.Length).Select(StartApi));
    }

    /// <summary>Starts a silo and waits until it is one of the cluster.</summary>
    public async Task StartSilo(int index)
    {
        _silos[index]?.Dispose();
        ServerProcess silo = _silos[index] = ServerProcess.Run(
            Silo, new Uri($"http://127.0.0.1:{_siloPorts[index]}"),
            ["--store", _store.Options[1], "--silo-port", Text(_siloPorts[index]), "--gateway-port", Text(_gatewayPorts[index]), "--advertise", "127.0.0.1", "--cluster-id", _clusterId, .. Clock]);
        await Claim.Comes(Joining, async () =>
        {
            if (silo.ExitCode is { } code) throw new InvalidOperationException($"Silo {index} ended with {code}:\n{silo.Output}");
            Claim.Holds(await Generation(index) is not null, () => $"silo {index} joins");
        });
    }

    public async Task StartApi(int index)
    {
        _apis[index]?.Dispose();
        ServerProcess api = _apis[index] = ServerProcess.Run(Api, _apiPorts[index], ["--data", _store.Data, "--store", _store.Options[1], "--cluster-id", _clusterId, .. Clock]);
        await api.Ready();
    }

    /// <summary>Which of the silos that ever ran at a place is active there now; null if none.</summary>
    public async Task<string?> Generation(int index)
    {
        // The first silo makes the table.
        if ((await _store.Server.Query("cluster", "SELECT to_regclass('orleans.membership')")).Length == 0) return null;
        string found = await _store.Server.Query("cluster", $"SELECT generation FROM orleans.membership WHERE deploymentid = '{_clusterId}' AND port = {_siloPorts[index]} AND status = 3");
        return found.Length == 0 ? null : found.Split('\n')[^1];
    }

    /// <summary>Ends everything as an operator does.</summary>
    public async Task StopAll()
    {
        foreach (ServerProcess api in _apis.OfType<ServerProcess>()) await api.Stop();
        foreach (ServerProcess silo in _silos.OfType<ServerProcess>()) await silo.Stop();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ServerProcess process in _apis.Concat(_silos).OfType<ServerProcess>()) process.Dispose();
        await _store.DisposeAsync();
    }

    private string[] Clock => ["--clock", Office.ClockStart.ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture), "--speed", _speed.ToString("R", System.Globalization.CultureInfo.InvariantCulture)];

    private static string Text(int port) => port.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

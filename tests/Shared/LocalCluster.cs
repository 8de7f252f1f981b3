using System.Globalization;
using Cluster.Serving;

namespace Cluster.Shared;

/// <summary>A cluster on this machine: silos and processes of the API, each a process of its own, over one database.</summary>
internal sealed class LocalCluster : IDisposable
{
    private static readonly TimeSpan Joining = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly PostgresServer _server;
    private readonly string _database;
    private readonly string _store;
    private readonly string _data;
    private readonly int[] _siloPorts;
    private readonly int[] _gatewayPorts;
    private readonly int[] _apiPorts;
    private readonly ServerProcess?[] _silos;
    private readonly ServerProcess?[] _apis;
    private readonly string _clusterId = $"local-{Environment.ProcessId}";
    private string[] _options = [];

    /// <param name="server">Keeps the database.</param>
    /// <param name="database">An existing database.</param>
    /// <param name="store">Address under which the processes reach it.</param>
    /// <param name="data">A directory for the rest.</param>
    public LocalCluster(PostgresServer server, string database, string store, string data, int silos, int apis)
    {
        (_server, _database, _store, _data) = (server, database, store, data);
        int[] ports = [.. Enumerable.Range(0, (2 * silos) + apis).Select(_ => ServerProcess.FreePort())];
        (_siloPorts, _gatewayPorts, _apiPorts) = (ports[..silos], ports[silos..(2 * silos)], ports[(2 * silos)..]);
        (_silos, _apis) = (new ServerProcess?[silos], new ServerProcess?[apis]);
    }

    /// <summary>Why there can be none here; null if there can.</summary>
    public static string? Missing => PostgresServer.Missing
        ?? (IsBuilt(Repository.Root) ? null : $"the engine Orleans was not built here: dotnet build -p:Engine=Orleans -c {Repository.Configuration}, where its packages are to be had");

    /// <summary>The tree whose programs are started from now on.</summary>
    public string Tree { get; set; } = Repository.Root;

    public int SiloCount => _silos.Length;

    public int ApiCount => _apis.Length;

    /// <summary>Where the processes of the API listen.</summary>
    public IReadOnlyList<Uri> Addresses => [.. _apiPorts.Select(port => new Uri($"http://127.0.0.1:{port}"))];

    /// <summary>CPU time that the silos, and the processes of the API, have used so far.</summary>
    public (TimeSpan Silos, TimeSpan Apis) Worked => (Sum(_silos), Sum(_apis));

    /// <summary>What the processes said last.</summary>
    public string Output => string.Join('\n', _apis.Concat(_silos).OfType<ServerProcess>().Select(p => $"--- {p.Address}\n{p.Output}"));

    /// <summary>Whether a tree's programs were built for this engine.</summary>
    public static bool IsBuilt(string tree) => File.Exists(Silo(tree)) && File.Exists(Api(tree));

    public ServerProcess SiloAt(int index) => _silos[index] ?? throw new InvalidOperationException($"Silo {index} does not run.");

    public ServerProcess ApiAt(int index) => _apis[index] ?? throw new InvalidOperationException($"API {index} does not run.");

    /// <param name="options">Further options of every process, those started later included.</param>
    public async Task StartAll(params string[] options)
    {
        _options = options;
        await Task.WhenAll(Enumerable.Range(0, _silos.Length).Select(StartSilo));
        await Task.WhenAll(Enumerable.Range(0, _apis.Length).Select(StartApi));
    }

    /// <summary>Starts a silo and waits until it is one of the cluster.</summary>
    public async Task StartSilo(int index)
    {
        _silos[index]?.Dispose();
        ServerProcess silo = _silos[index] = ServerProcess.Run(
            Silo(Tree), new Uri($"http://127.0.0.1:{_siloPorts[index]}"),
            ["--store", _store, "--silo-port", Text(_siloPorts[index]), "--gateway-port", Text(_gatewayPorts[index]), "--advertise", "127.0.0.1", "--cluster-id", _clusterId, .. _options]);
        long start = TimeProvider.System.GetTimestamp();
        while (await Generation(index) is null)
        {
            if (silo.ExitCode is { } code) throw new InvalidOperationException($"Silo {index} ended with {code}:\n{silo.Output}");
            if (TimeProvider.System.GetElapsedTime(start) > Joining) throw new InvalidOperationException($"Silo {index} does not join:\n{silo.Output}");
            await Task.Delay(Look, TimeProvider.System);
        }
    }

    public async Task StartApi(int index)
    {
        _apis[index]?.Dispose();
        ServerProcess api = _apis[index] = ServerProcess.Run(Api(Tree), _apiPorts[index], ["--data", _data, "--store", _store, "--cluster-id", _clusterId, .. _options]);
        await api.Ready();
    }

    /// <summary>Which of the silos that ever ran at a place is active there now; null if none.</summary>
    public async Task<string?> Generation(int index)
    {
        // The first silo makes the table.
        if ((await _server.Query(_database, "SELECT to_regclass('orleans.membership')")).Length == 0) return null;
        string found = await _server.Query(_database, $"SELECT generation FROM orleans.membership WHERE deploymentid = '{_clusterId}' AND port = {_siloPorts[index]} AND status = 3");
        return found.Length == 0 ? null : found.Split('\n')[^1];
    }

    /// <summary>Ends everything as an operator does.</summary>
    public async Task StopAll()
    {
        foreach (ServerProcess api in _apis.OfType<ServerProcess>()) await api.Stop();
        foreach (ServerProcess silo in _silos.OfType<ServerProcess>()) await silo.Stop();
    }

    public void Dispose()
    {
        foreach (ServerProcess process in _apis.Concat(_silos).OfType<ServerProcess>()) process.Dispose();
    }

    private static string Silo(string tree) => Repository.OnOrleans("silo/Host", "Cluster.Silo.dll", tree);

    private static string Api(string tree) => Repository.OnOrleans("api", "Cluster.Api.dll", tree);

    private static TimeSpan Sum(ServerProcess?[] processes) => processes.OfType<ServerProcess>().Aggregate(TimeSpan.Zero, (sum, p) => sum + p.Worked);

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}

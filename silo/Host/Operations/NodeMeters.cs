using System.Diagnostics.Metrics;
using System.Reflection;
using Cluster.Contracts.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cluster.Silo.Operations;

/// <summary>Which process this is.</summary>
/// <param name="Name">Machine and process.</param>
/// <param name="Role">server, silo or api.</param>
/// <param name="Version">Of the program.</param>
public sealed record NodeIdentity(string Name, string Role, string Version)
{
    /// <summary>This process in a role.</summary>
    public static NodeIdentity Of(string role) => new(
        $"{Environment.MachineName}/{Environment.ProcessId}",
        role,
        typeof(NodeIdentity).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "");
}

/// <summary>
/// Measures this process out of its own meters, whichever engine runs its grains. Rates and latencies are those of the last minute, as far as
/// <see cref="Sample"/> is called every few seconds.
/// </summary>
public sealed class NodeMeters
{
    /// <summary>How often to sample.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestWindow = TimeSpan.FromMinutes(1);

    // The embedded engine's name of an instrument, and that of Orleans.
    private static readonly string[] Activations = ["cluster.engine.activations", "orleans-grains"];
    private static readonly string[] Calls = ["cluster.engine.calls", "orleans-app-requests-latency-count"];

    private static readonly (string Queue, string Instrument)[] Queues =
    [
        ("events", "cluster.events.pending"),
        ("calls", "cluster.engine.calls.waiting"),
        ("journal", "cluster.journal.waiting"),
        ("wakes", "cluster.due.waking"),
        ("failing", "cluster.due.failing"),
    ];

    private readonly Lock _lock = new();
    private readonly Queue<Sampled> _samples = new();
    private readonly MeterTotals _totals;
    private readonly RecentErrors _errors;
    private readonly IOperationalAlerts _alerts;
    private readonly TimeProvider _time;
    private readonly IHostApplicationLifetime? _lifetime;
    private readonly DateTimeOffset _since;

    public NodeMeters(NodeIdentity identity, MeterTotals totals, RecentErrors errors, IOperationalAlerts alerts, IMeterFactory meters, TimeProvider time, IServiceProvider services)
    {
        Identity = identity;
        _totals = totals;
        _errors = errors;
        _alerts = alerts;
        _time = time;
        _lifetime = services.GetService<IHostApplicationLifetime>();
        _since = time.GetUtcNow();
        var meter = meters.Create("Cluster.Node");
        meter.CreateObservableGauge(
            "cluster.node.info", () => new Measurement<int>(1, new("name", identity.Name), new("role", identity.Role), new("version", identity.Version)), null, "Which process this is; always 1.");
        meter.CreateObservableCounter("cluster.errors", () => errors.Total, "{error}", "Lines of level error or worse in the log.");
        Sample();
    }

    public NodeIdentity Identity { get; }

    /// <summary>Remembers what was counted up to now.</summary>
    public void Sample() => Keep(Take());

    /// <summary>How this process is doing.</summary>
    public NodeStatus Status()
    {
        var now = Take();
        Sampled then;
        lock (_lock) then = _samples.Count > 0 ? _samples.Peek() : now;
        var window = _time.GetElapsedTime(then.At, now.At).TotalSeconds;
        return new NodeStatus(
            Identity.Name, Identity.Role, Identity.Version, _since, State(),
            now.Activations, Rate(now.Calls - then.Calls, window), Rate(now.Events - then.Events, window), now.Queues,
            now.Commit.Since(then.Commit), now.Reply.Since(then.Reply), now.Due.Since(then.Due), now.Lag.Since(then.Lag),
            now.Clients, Errors(), Math.Round(window, 1));
    }

    private static double Rate(double count, double seconds) => seconds > 0 ? Math.Round(Math.Max(0, count) / seconds, 2) : 0;

    private void Keep(Sampled sampled)
    {
        lock (_lock)
        {
            _samples.Enqueue(sampled);
            while (_samples.Count > 1 && _time.GetElapsedTime(_samples.Peek().At, sampled.At) > LongestWindow) _samples.Dequeue();
        }
    }

    private Sampled Take() => _totals.Read(instruments =>
    {
        var byName = instruments.ToLookup(i => i.Instrument.Name, StringComparer.Ordinal);
        return new Sampled(
            _time.GetTimestamp(),
            [.. Activations.SelectMany(name => byName[name]).SelectMany(i => i.Series)
                .GroupBy(s => Kind(s["kind"] ?? s["type"] ?? ""), StringComparer.Ordinal)
                .Select(g => new NamedCount(g.Key, (long)g.Sum(s => s.Value))).Where(c => c.Count > 0).OrderByDescending(c => c.Count).ThenBy(c => c.Name, StringComparer.Ordinal)],
            Calls.Sum(name => Sum(byName[name])),
            Sum(byName["cluster.journal.events"]),
            [.. Queues.Where(q => byName[q.Instrument].Any()).Select(q => new NamedCount(q.Queue, (long)Sum(byName[q.Instrument])))],
            Distribution.Of(byName["cluster.journal.commit.duration"]),
            Distribution.Of(byName["cluster.events.latency"]),
            Distribution.Of(byName["cluster.due.lateness"]),
            Distribution.Of(byName["cluster.feed.lag"]),
            (int)Sum(byName["cluster.hub.clients"]));
    });

    private static double Sum(IEnumerable<InstrumentTotals> instruments) => instruments.SelectMany(i => i.Series).Sum(s => s.Value);

    // Orleans names the class, the embedded engine the grain type: "Cluster.Grains.Cases.CaseGrain" and "case" are the same to whoever reads it.
    private static string Kind(string name)
    {
        var type = name.Split(',', '`')[0];
        type = type[(type.LastIndexOf('.') + 1)..];
        const string Suffix = "Grain";
        return (type.Length > Suffix.Length && type.EndsWith(Suffix, StringComparison.Ordinal) ? type[..^Suffix.Length] : type).ToLowerInvariant();
    }

    private string State() => _lifetime switch
    {
        { ApplicationStopping.IsCancellationRequested: true } => NodeState.Stopping,
        { ApplicationStarted.IsCancellationRequested: false } => NodeState.Starting,
        _ => NodeState.Running,
    };

    // Which cases they are confined to is nobody's business here.
    private NodeError[] Errors() =>
    [
        .. _alerts.Open.GroupBy(a => a.Kind)
            .Select(g => new NodeError(g.Key, g.Max(a => a.Last), g.Sum(a => a.Count), g.MaxBy(a => a.Last)!.Error, Open: true))
            .Concat(_errors.Latest())
            .OrderByDescending(e => e.Open).ThenByDescending(e => e.Last),
    ];

    private sealed record Sampled(
        long At, NamedCount[] Activations, double Calls, double Events, NamedCount[] Queues,
        Distribution Commit, Distribution Reply, Distribution Due, Distribution Lag, int Clients);
}

using System.Diagnostics.Metrics;
using Cluster.Contracts.Operations;
using Microsoft.Extensions.Logging;

namespace Cluster.Silo.Operations;

/// <summary>The operational alerts of this process. Bounded: past so many, further ones are only counted.</summary>
public sealed partial class OperationalAlerts : IOperationalAlerts
{
    private const int MostKept = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Kind, string? Case), OperationalAlert> _open = [];
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>An empty board with a gauge.</summary>
    public OperationalAlerts(TimeProvider time, IMeterFactory meters, ILogger<OperationalAlerts> logger)
    {
        _time = time;
        _logger = logger;
        meters.Create("Cluster.Operations").CreateObservableGauge(
            "cluster.operational_alerts", Measure, "{alert}", "Open operational alerts by kind.");
    }

    public IReadOnlyList<OperationalAlert> Open
    {
        get
        {
            lock (_lock) return [.. _open.Values.OrderBy(a => a.Since).ThenBy(a => a.Kind, StringComparer.Ordinal)];
        }
    }

    public void Raise(string kind, string? caseId = null, string? detail = null, Exception? cause = null)
    {
        var now = _time.GetUtcNow();
        var first = false;
        lock (_lock)
        {
            if (_open.TryGetValue((kind, caseId), out var known))
            {
                _open[(kind, caseId)] = known with { Last = now, Count = known.Count + 1, Detail = detail ?? known.Detail, Error = cause?.GetType().Name ?? known.Error };
            }
            else if (_open.Count < MostKept)
            {
                _open[(kind, caseId)] = new OperationalAlert(kind, caseId, detail, now, now, 1, cause?.GetType().Name);
                first = true;
            }
        }

        if (first) LogRaised(kind, detail, cause?.GetType().Name);
    }

    public void Clear(string kind, string? caseId = null)
    {
        bool cleared;
        lock (_lock) cleared = _open.Count > 0 && _open.Remove((kind, caseId));
        if (cleared) LogCleared(kind);
    }

    private IEnumerable<Measurement<int>> Measure()
    {
        lock (_lock) return [.. _open.Values.GroupBy(a => a.Kind).Select(g => new Measurement<int>(g.Count(), new KeyValuePair<string, object?>("kind", g.Key)))];
    }

    [LoggerMessage(EventId = 5001, Level = LogLevel.Error, Message = "Operational alert {Kind} {Detail} ({Error})")]
    private partial void LogRaised(string kind, string? detail, string? error);

    [LoggerMessage(EventId = 5002, Level = LogLevel.Information, Message = "Operational alert {Kind} is over")]
    private partial void LogCleared(string kind);
}

using Cluster.Contracts;

namespace Cluster.Grains.Assignment;

/// <summary>The cases that a grain knows of, by their latest summary.</summary>
internal sealed class CaseLoads
{
    private readonly Dictionary<string, CaseSummary> _cases = new(StringComparer.Ordinal);

    public IEnumerable<CaseSummary> Open => _cases.Values;

    public void Load(IEnumerable<CaseSummary> open)
    {
        foreach (var summary in open) _cases[summary.Case] = summary;
    }

    /// <summary>Learns a summary; one that is not newer than what is known changes nothing.</summary>
    /// <param name="mine">Whether the case belongs here as it now stands.</param>
    public bool Observe(CaseSummary summary, bool mine)
    {
        if (_cases.TryGetValue(summary.Case, out var known) && known.Revision >= summary.Revision) return false;
        if (summary.Open && mine)
        {
            _cases[summary.Case] = summary;
            return true;
        }

        // A case that left is kept as closed only while it might be overtaken by an older summary; its alerts still count.
        if (mine && summary.Alerts.Length > 0)
        {
            _cases[summary.Case] = summary;
            return true;
        }

        return _cases.Remove(summary.Case);
    }

    /// <summary>Notes a draw before the case itself reports it.</summary>
    public void Drawn(AssignmentRequest request, string department, string prosecutor)
    {
        var known = _cases.GetValueOrDefault(request.Case);
        _cases[request.Case] = known is null
            ? new CaseSummary(request.Case, 0, null, department, prosecutor, request.CaseType, request.Weight, true, [])
            : known with { Prosecutor = prosecutor };
    }

    public static int AlertsOf(IEnumerable<CaseSummary> cases) => cases.Sum(c => c.Alerts.Sum(a => a.Count));
}

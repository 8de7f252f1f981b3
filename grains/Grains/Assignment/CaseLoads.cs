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

        // Of a closed case the open alerts still count.
        if (mine && summary.Alerts.Length > 0)
        {
            _cases[summary.Case] = summary;
            return true;
        }

        return _cases.Remove(summary.Case);
    }

    /// <summary>Notes a draw before the case itself reports it; the revision that records the draw replaces the note, older ones do not.</summary>
    public void Drawn(AssignmentRequest request, string department, string prosecutor)
    {
        var alerts = _cases.GetValueOrDefault(request.Case)?.Alerts ?? [];
        _cases[request.Case] = new CaseSummary(request.Case, request.Revision - 1, null, department, prosecutor, request.CaseType, request.Weight, true, alerts);
    }

    /// <summary>Takes a case as it stands, whatever was noted.</summary>
    public void Reset(CaseSummary summary, bool mine)
    {
        _cases.Remove(summary.Case);
        Observe(summary, mine);
    }

    public static int AlertsOf(IEnumerable<CaseSummary> cases) => cases.Sum(c => c.Alerts.Sum(a => a.Count));
}

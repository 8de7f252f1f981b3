using Cluster.Contracts;
using Cluster.Contracts.Storage;

namespace Cluster.Grains.Assignment;

/// <summary>The cases that a grain knows of, by their latest summary.</summary>
/// <param name="mine">Whether a case belongs here as it now stands.</param>
internal sealed class CaseLoads(ICaseIndex index, Func<CaseSummary, bool> mine)
{
    private readonly Dictionary<string, CaseSummary> _cases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Arrival> _arriving = new(StringComparer.Ordinal);
    private readonly Dictionary<string, decimal> _openWeights = new(StringComparer.Ordinal);

    public IEnumerable<CaseSummary> Open => _cases.Values;

    /// <summary>Sum of the weights of the open cases by prosecutor, kept as cases change. Decimal: what is added and taken away again leaves nothing behind.</summary>
    public IReadOnlyDictionary<string, decimal> OpenWeights => _openWeights;

    public void Load(IEnumerable<CaseSummary> open)
    {
        foreach (var summary in open) Put(summary);
    }

    /// <summary>
    /// Learns a summary; one that is not newer than what is known changes nothing. Nothing is kept of cases that left, so one that seems to arrive may be
    /// an old summary that came late: its row tells.
    /// </summary>
    /// <returns>Whether anything changed.</returns>
    public async Task<bool> Observe(CaseSummary summary)
    {
        if (_cases.ContainsKey(summary.Case)) return Adopt(summary);
        if (!_arriving.TryGetValue(summary.Case, out var arrival))
        {
            if (!Counts(summary)) return false;
            _arriving[summary.Case] = arrival = new Arrival(index.Find(summary.Case));
        }

        if (!(arrival.Latest?.Revision >= summary.Revision)) arrival.Latest = summary;
        try
        {
            var row = await arrival.Stored;
            return !(row?.Revision > arrival.Latest!.Revision) && Adopt(arrival.Latest);
        }
        finally
        {
            if (_arriving.GetValueOrDefault(summary.Case) == arrival) _arriving.Remove(summary.Case);
        }
    }

    /// <summary>Notes a draw before the case itself reports it; the revision that records the draw replaces the note, older ones do not.</summary>
    public void Drawn(AssignmentRequest request, string department, string prosecutor)
    {
        var alerts = _cases.GetValueOrDefault(request.Case)?.Alerts ?? [];
        Put(new CaseSummary(request.Case, request.Revision - 1, null, department, prosecutor, request.CaseType, request.Weight, true, alerts));
    }

    /// <summary>Takes a case as it stands, whatever was noted.</summary>
    public void Reset(CaseSummary summary)
    {
        Remove(summary.Case);
        Adopt(summary);
    }

    public static int AlertsOf(IEnumerable<CaseSummary> cases) => cases.Sum(c => c.Alerts.Sum(a => a.Count));

    private bool Adopt(CaseSummary summary)
    {
        if (_cases.TryGetValue(summary.Case, out var known) && known.Revision >= summary.Revision) return false;
        if (!Counts(summary)) return Remove(summary.Case);
        Put(summary);
        return true;
    }

    private void Put(CaseSummary summary)
    {
        Remove(summary.Case);
        _cases[summary.Case] = summary;
        Weigh(summary, 1);
    }

    private bool Remove(string caseId)
    {
        if (!_cases.Remove(caseId, out var summary)) return false;
        Weigh(summary, -1);
        return true;
    }

    private void Weigh(CaseSummary summary, int sign)
    {
        if (!summary.Open || summary.Prosecutor is not { } prosecutor) return;
        var sum = _openWeights.GetValueOrDefault(prosecutor) + (sign * (decimal)summary.Weight);
        if (sum == 0) _openWeights.Remove(prosecutor);
        else _openWeights[prosecutor] = sum;
    }

    // Of a closed case the open alerts still count.
    private bool Counts(CaseSummary summary) => mine(summary) && (summary.Open || summary.Alerts.Length > 0);

    /// <summary>A case that is not known yet, while its row is looked up.</summary>
    private sealed class Arrival(Task<CaseRow?> stored)
    {
        public Task<CaseRow?> Stored => stored;

        /// <summary>The newest summary that came meanwhile.</summary>
        public CaseSummary? Latest { get; set; }
    }
}

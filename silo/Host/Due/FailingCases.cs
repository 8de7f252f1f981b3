namespace Cluster.Silo.Due;

/// <summary>A case that could not be woken.</summary>
/// <param name="At">When it was due.</param>
/// <param name="Failures">How often in a row.</param>
internal sealed record FailedWake(string Case, DateTimeOffset At, int Failures);

/// <summary>
/// Cases that could not be woken, each with the time of its next try, which doubles from failure to failure. Of more than a batch of
/// them only the fact is kept: their rows stand in the store and are looked up again once the longest wait has passed.
/// </summary>
internal sealed class FailingCases(DueOptions options)
{
    private readonly Dictionary<string, (FailedWake Wake, TimeSpan Next)> _cases = new(StringComparer.Ordinal);
    private readonly SortedSet<(TimeSpan Next, DueEntry Entry)> _order = [];
    private TimeSpan? _lookAgain;

    public int Count => _cases.Count;

    public void Add(FailedWake wake, TimeSpan realNow)
    {
        if (_cases.Count >= options.Batch)
        {
            _lookAgain ??= realNow + options.MostRetry;
            return;
        }

        Set(wake, realNow + Pause(wake.Failures));
    }

    /// <summary>Whether a case failed at what its row in the store still says.</summary>
    public bool Knows(string caseId, DateTimeOffset at) => _cases.TryGetValue(caseId, out var known) && known.Wake.At == at;

    public void Forget(string caseId)
    {
        if (_cases.Remove(caseId, out var known)) _order.Remove((known.Next, new DueEntry(known.Wake.At, caseId)));
    }

    /// <summary>Takes the next one whose pause is over; else says when the next one's is.</summary>
    public FailedWake? Take(DateTimeOffset now, TimeSpan realNow, out TimeSpan? next)
    {
        while (_order.Count > 0)
        {
            var (at, entry) = _order.Min;
            next = at;
            if (at > realNow) return null;
            var wake = _cases[entry.Case].Wake;
            Forget(entry.Case);
            if (wake.At <= now) return wake;
            // The legal clock was set back; nobody is woken early.
            Set(wake, realNow + options.Retry);
        }

        next = null;
        return null;
    }

    /// <summary>Ends the pauses of all that are known here. Those of whom nothing is kept wait: else they themselves would look like an outage that passes again and again.</summary>
    public void TryAll(TimeSpan realNow)
    {
        foreach (var (wake, next) in _cases.Values.ToList())
        {
            if (next <= realNow) continue;
            Forget(wake.Case);
            Set(wake, realNow);
        }
    }

    /// <summary>Whether the store must be read from its beginning, for those of whom nothing is kept.</summary>
    public bool MustLookAgain(TimeSpan realNow) => _lookAgain <= realNow;

    public void LookedAgain() => _lookAgain = null;

    private void Set(FailedWake wake, TimeSpan next)
    {
        _cases[wake.Case] = (wake, next);
        _order.Add((next, new DueEntry(wake.At, wake.Case)));
    }

    private TimeSpan Pause(int failures)
    {
        var pause = options.Retry * Math.Pow(2, Math.Min(failures - 1, 30));
        return pause < options.MostRetry ? pause : options.MostRetry;
    }
}

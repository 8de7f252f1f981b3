namespace Cluster.Embedded;

/// <summary>
/// Keeps the number of activations within bounds: whenever one more has come, those longest unused are asked to leave. One
/// that was used since it was last looked at gets another round, so the order is nearly that of use and costs nothing per call.
/// </summary>
internal sealed class Census(EngineOptions options)
{
    // More leave than come, so a bound that is passed is soon kept again, and nobody waits for a long search.
    private const int LooksPerEntry = 4;

    private readonly Lock _gate = new();
    private readonly LinkedList<Entry> _entries = new();

    public int Count
    {
        get
        {
            lock (_gate)
                return _entries.Count;
        }
    }

    /// <summary>Enters an activation that has become active.</summary>
    public void Enter(Activation activation)
    {
        lock (_gate)
        {
            activation.Census = _entries.AddLast(new Entry(activation, activation.LastUsed));
            var looks = _entries.Count > options.MaxActivations || GC.GetTotalMemory(false) > options.MaxMemory ? LooksPerEntry : 0;
            while (looks-- > 0 && _entries.First is { } eldest)
            {
                _entries.Remove(eldest);
                if (eldest.Value.Activation.TryLeave(eldest.Value.Seen))
                    continue;
                eldest.Value = new Entry(eldest.Value.Activation, eldest.Value.Activation.LastUsed);
                _entries.AddLast(eldest);
            }
        }
    }

    /// <summary>Takes out an activation that has ended.</summary>
    public void Leave(Activation activation)
    {
        lock (_gate)
        {
            if (activation.Census is { List: not null } entry)
                _entries.Remove(entry);
        }
    }

    /// <param name="Activation">Who.</param>
    /// <param name="Seen">Timestamp of its last use when it was last looked at.</param>
    internal readonly record struct Entry(Activation Activation, long Seen);
}

using System.Collections.Concurrent;
using Cluster.Serving;
using Simulation;

namespace Cluster.Crash.Load;

/// <summary>Every event that was ever sent and what the server said of it: what it acknowledged it must have for ever.</summary>
internal sealed class Ledger
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, Sent> _sent = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, List<Sent>> _byCase = new(StringComparer.Ordinal);
    private readonly List<Sent> _pending = [];
    private readonly List<Sent> _acknowledged = [];
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);

    /// <summary>Events that were acknowledged.</summary>
    public int Acknowledged
    {
        get
        {
            lock (_gate) return _acknowledged.Count;
        }
    }

    /// <summary>Events that were sent, or will be, and were not acknowledged yet.</summary>
    public int Pending
    {
        get
        {
            lock (_gate) return _pending.Count;
        }
    }

    public IReadOnlyCollection<string> Cases => [.. _byCase.Keys];

    public void Add(IEnumerable<CloudEvent> events)
    {
        lock (_gate)
        {
            foreach (CloudEvent e in events)
            {
                var sent = new Sent(e);
                _sent[e.Id] = sent;
                _byCase.GetOrAdd(e.Subject, _ => []).Add(sent);
                _pending.Add(sent);
            }
        }
    }

    /// <summary>Some events to send: out of order, some of them again, a few twice in the same batch.</summary>
    public List<Sent> Draw(int count, Dice dice)
    {
        lock (_gate)
        {
            var drawn = new List<Sent>(count);
            int near = Math.Min(_pending.Count, 4 * count);
            for (int i = 0; i < count; i++)
            {
                // Near the front, so that nothing waits for ever.
                if (near > 0 && !dice.Chance(0.1)) drawn.Add(_pending[dice.Below(near)]);
                else if (_acknowledged.Count > 0) drawn.Add(_acknowledged[dice.Below(_acknowledged.Count)]);
            }
            return drawn;
        }
    }

    /// <summary>Notes an answer.</summary>
    /// <exception cref="BrokenClaim">It cannot be true beside the earlier ones.</exception>
    public void Answered(Sent sent, string status, string? why)
    {
        Claim.Holds(status is "accepted" or "duplicate", () => $"{sent.Event.Id} is well-formed, but was {status}: {why}");
        lock (_gate)
        {
            _touched.Add(sent.Event.Subject);
            // Two answers may overtake each other on the way, so only a second acceptance is wrong for certain.
            if (status == "accepted") Claim.Holds(++sent.Accepted == 1, () => $"{sent.Event.Id} was accepted twice");
            if (sent.Acknowledged) return;
            sent.Acknowledged = true;
            _pending.Remove(sent);
            _acknowledged.Add(sent);
        }
    }

    /// <summary>Cases that something was acknowledged of since the last call.</summary>
    public List<string> Touched()
    {
        lock (_gate)
        {
            List<string> touched = [.. _touched];
            _touched.Clear();
            return touched;
        }
    }

    /// <summary>What was sent of a case.</summary>
    public IReadOnlyList<Sent> Of(string caseId)
    {
        lock (_gate) return [.. _byCase[caseId]];
    }

    public Sent? Find(string eventId) => _sent.GetValueOrDefault(eventId);
}

/// <summary>An event that was sent once or often.</summary>
internal sealed class Sent(CloudEvent e)
{
    public CloudEvent Event => e;

    /// <summary>Whether the server has it: it said accepted or duplicate.</summary>
    public bool Acknowledged { get; set; }

    /// <summary>How often it said accepted.</summary>
    public int Accepted { get; set; }
}

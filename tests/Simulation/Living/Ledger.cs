using Cluster.Contracts;
using Cluster.Contracts.Storage;

namespace Simulation.Living;

/// <summary>The reference: what was sent, for which cases, and what the senders were told. It knows nothing of how the system works.</summary>
internal sealed class Ledger
{
    private readonly List<Sending> _sendings = [];

    public IReadOnlyList<Sending> Sendings => _sendings;

    /// <summary>Entries of the audit log whose writing was acknowledged.</summary>
    public List<AuditEntry> Audited { get; } = [];

    /// <summary>Every event that was sent, and the cases it was sent for.</summary>
    public Dictionary<(string Source, string Id), (EventMessage Event, HashSet<string> Cases)> Sent { get; } = [];

    public Sending Add(string caseId, EventMessage[] events)
    {
        var sending = new Sending(caseId, events);
        _sendings.Add(sending);
        foreach (var e in events)
        {
            if (!Sent.TryGetValue((e.Source, e.Id), out var known)) Sent[(e.Source, e.Id)] = known = (e, []);
            known.Cases.Add(caseId);
        }

        return sending;
    }
}

/// <summary>A message a client sends until it is answered.</summary>
internal sealed class Sending(string caseId, EventMessage[] events)
{
    public string Case => caseId;

    public EventMessage[] Events => events;

    /// <summary>What the client was told; null while it was told nothing.</summary>
    public EventOutcome[]? Answer { get; set; }
}

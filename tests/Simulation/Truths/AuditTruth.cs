using Cluster.Contracts.Storage;
using Simulation.Living;

namespace Simulation.Truths;

/// <summary>Invariant 7: the chain of the audit log verifies, holds every entry that was acknowledged, and no end of it that was seen is ever gone.</summary>
internal sealed class AuditTruth(Office office, Ledger ledger)
{
    private const int Page = 500;

    private readonly List<string> _hashes = [];
    private AuditHead _noted = AuditHead.Nothing;
    private int _checked;

    public void Check()
    {
        var check = office.Ask(silo => silo.Service<IAuditLog>().Verify(_noted.Number + 1, noted: _noted));
        Claim.Holds("audit", check.Ok, () => $"entry {check.BrokenAt} is {check.Problem}");
        while (_hashes.Count < check.Head.Number)
            _hashes.AddRange(office.Ask(silo => silo.Service<IAuditLog>().After(_hashes.Count, Page)).Select(e => e.Hash));
        for (; _checked < ledger.Audited.Count; _checked++)
        {
            var entry = ledger.Audited[_checked];
            Claim.Holds("audit", entry.Number <= _hashes.Count && _hashes[(int)entry.Number - 1] == entry.Hash, () => $"entry {entry.Number} is as it was acknowledged");
        }

        _noted = check.Head;
    }
}

using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary><c>service</c>: whoever a document is served on signs for it (送达回证, CPL 107).</summary>
internal sealed class ServiceTemplate : IRuleTemplate
{
    private readonly (string Code, ClockBinding Binding)[] _served;

    /// <param name="documents">Those with a receipt count.</param>
    /// <param name="within">How long it may take from the issue.</param>
    public ServiceTemplate(IEnumerable<CaseDocument> documents, string rule, Period within) => _served =
    [
        .. documents.Where(d => d.Receipt.Length > 0).Select(d => (d.Code, new ClockBinding
        {
            Id = rule,
            Length = within,
            Clock = Clock.Calendar,
            CaseTypes = d.Binding.CaseTypes,
            PerSuspect = false,
            Runs = Runs.Each,
            Gate = CustodyGate.None,
            Start = [Trigger.OfDocument("document.issued", [d.Code])],
            Stop = [Trigger.OfDocument("document.served", [d.Code]), .. d.Receipt],
            Early = false,
        })),
    ];

    /// <summary>Where receipts are not told as such, other signs of service prove nothing of those that are missing.</summary>
    public IEnumerable<Trigger> Evidence => _served.Select(s => s.Binding.Stop[0]);

    public EventSet Grounds(Catalogue catalogue)
    {
        var set = default(EventSet);
        foreach (var (_, binding) in _served) set.Add(binding.Grounds);
        return set;
    }

    public void Look(Rule rule, Looking at)
    {
        var pool = ClockPool.Own;
        foreach (var (code, binding) in _served)
        {
            if (binding.CaseTypes.Length > 0 && Array.IndexOf(binding.CaseTypes, at.State.CaseType) < 0) continue;
            binding.Run(at.State, at.Calendar, pool.Clocks);
            foreach (var clock in pool.Clocks) at.Follow(rule, clock, clock.Whole, new RunName(code, clock.Instance, 0), code);
            pool.Return();
        }
    }
}

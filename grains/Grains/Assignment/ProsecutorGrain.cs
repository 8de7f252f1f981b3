using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Orleans;

namespace Cluster.Grains.Assignment;

/// <summary>One prosecutor: definition, open cases and load.</summary>
public sealed class ProsecutorGrain(IJournal journal, ICaseIndex index, LegalClock clock) : Grain, IProsecutorGrain
{
    private readonly HashSet<string> _departments = new(StringComparer.Ordinal);
    private CaseLoads _cases = null!;
    private OwnStream _stream = null!;
    private ProsecutorDefinition? _definition;

    private string Id => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stream = new OwnStream(journal, "prosecutor:" + Id, clock, DeactivateOnIdle);
        foreach (var stored in await _stream.Load(cancellationToken))
        {
            if (stored.Event.Type != "prosecutor.defined") continue;
            _definition = UnitJson.Read<ProsecutorDefinition>(stored.Event.Data);
            _departments.Add(_definition.Department);
        }

        _cases = new CaseLoads(index, c => c.Prosecutor == Id);
        _cases.Load(await index.OpenCases(new CaseScope(null, null, Id), cancellationToken));
    }

    public async Task Define(ProsecutorDefinition definition)
    {
        var data = UnitJson.Write(definition);
        await _stream.Append("prosecutor.defined", data, new UnitRow("prosecutor", Id, definition.Department, definition.Name, data));
        _definition = definition;
        _departments.Add(definition.Department);
        // All there ever were: a withdrawal that failed, or was cut short, is made up for by the next definition.
        foreach (var department in _departments.Where(d => d != definition.Department).ToList())
            await GrainFactory.GetGrain<IDepartmentGrain>(department).Withdraw(Id);
        await GrainFactory.GetGrain<IDepartmentGrain>(definition.Department).Enrol(definition);
    }

    public Task<ProsecutorDefinition?> Definition() => Task.FromResult(_definition);

    public Task Observe(CaseSummary summary) => _cases.Observe(summary);

    public Task<ProsecutorLoad> Load()
    {
        var open = _cases.Open.Where(c => c.Open).ToList();
        return Task.FromResult(new ProsecutorLoad(open.Sum(c => c.Weight), open.Count, CaseLoads.AlertsOf(_cases.Open)));
    }
}

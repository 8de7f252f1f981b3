using System.Text.Json;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Orleans;

namespace Cluster.Grains.Assignment;

/// <summary>One procuratorate: what it reports, and the counters of its wall.</summary>
public sealed class ProcuratorateGrain : Grain, IProcuratorateGrain
{
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(250);

    private readonly ICaseIndex _index;
    private readonly LegalClock _clock;
    private readonly IJournal _journal;
    private readonly CaseLoads _cases;
    private readonly Pacing _pacing;
    private OwnStream _stream = null!;
    private ProcuratorateDefinition? _definition;

    public ProcuratorateGrain(IJournal journal, ICaseIndex index, LegalClock clock)
    {
        _journal = journal;
        _index = index;
        _clock = clock;
        _cases = new CaseLoads(index, c => c.Procuratorate == Code);
        _pacing = new Pacing(this, Wait, Tell);
    }

    private string Code => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stream = new OwnStream(_journal, "procuratorate:" + Code, _clock, DeactivateOnIdle);
        foreach (var stored in await _stream.Load(cancellationToken))
        {
            if (stored.Event.Type == "procuratorate.defined") _definition = UnitJson.Read<ProcuratorateDefinition>(stored.Event.Data);
        }

        _cases.Load(await _index.OpenCases(new CaseScope(Code, null, null), cancellationToken));
        // What was to be told when the last activation ended, however it ended.
        _pacing.Changed();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _pacing.Flush();

    public async Task Define(ProcuratorateDefinition definition)
    {
        var data = UnitJson.Write(definition);
        await _stream.Append("procuratorate.defined", data, new UnitRow("procuratorate", Code, definition.Parent, definition.Name, data));
        _definition = definition;
    }

    public Task<ProcuratorateDefinition?> Definition() => Task.FromResult(_definition);

    public async Task Observe(CaseSummary summary)
    {
        if (await _cases.Observe(summary)) _pacing.Changed();
    }

    public Task<byte[]> Counters() => Task.FromResult(Body());

    private Task Tell() => _stream.Feed([new FeedEntry(["all", "procuratorate:" + Code], "counters", _clock.GetUtcNow(), Body())]);

    private byte[] Body()
    {
        var levels = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var categories = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var departments = new SortedDictionary<string, SortedDictionary<string, int>>(StringComparer.Ordinal);
        var open = 0;
        foreach (var summary in _cases.Open)
        {
            if (summary.Open) open++;
            foreach (var (category, level, count) in summary.Alerts)
            {
                levels[level] = levels.GetValueOrDefault(level) + count;
                categories[category] = categories.GetValueOrDefault(category) + count;
                if (summary.Department is not { } department) continue;
                if (!departments.TryGetValue(department, out var own)) departments[department] = own = new SortedDictionary<string, int>(StringComparer.Ordinal);
                own[level] = own.GetValueOrDefault(level) + count;
            }
        }

        return JsonSerializer.SerializeToUtf8Bytes(new { procuratorate = Code, levels, categories, departments, openCases = open }, UnitJson.Options);
    }
}

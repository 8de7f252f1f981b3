using Cluster.Cases.Assignment;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Law;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Cluster.Grains.Assignment;

/// <summary>One department: who is on its roster, who carries what, and who was drawn for which case.</summary>
public sealed partial class DepartmentGrain : Grain, IDepartmentGrain
{
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(500);

    private readonly IJournal _journal;
    private readonly ICaseIndex _index;
    private readonly IUnitIndex _units;
    private readonly LegalClock _clock;
    private readonly DaySecret _secret;
    private readonly ILogger<DepartmentGrain> _logger;
    private readonly CaseLoads _cases;
    private readonly SortedDictionary<string, ProsecutorDefinition> _roster = new(StringComparer.Ordinal);
    private readonly Pacing _pacing;
    private readonly Pacing _review;
    private OwnStream _stream = null!;
    private DrawBook _draws = null!;
    private readonly Dictionary<string, int> _refused = new(StringComparer.Ordinal);
    private DepartmentDefinition? _definition;
    private Task? _opening;
    private Task _drawing = Task.CompletedTask;
    private int _rosterVersion;

    public DepartmentGrain(IJournal journal, ICaseIndex index, IUnitIndex units, LegalClock clock, DaySecret secret, ILogger<DepartmentGrain> logger)
    {
        _journal = journal;
        _index = index;
        _units = units;
        _clock = clock;
        _secret = secret;
        _logger = logger;
        _cases = new CaseLoads(index, c => c.Department == Id);
        _pacing = new Pacing(this, Wait, Tell);
        _review = new Pacing(this, ReviewWait, Review);
    }

    private string Id => this.GetPrimaryKeyString();

    /// <summary>Never before a day of draws that has begun: the clock of another machine, on which it began, may be ahead of this one's.</summary>
    private DateOnly Today => LegalTime.DateOf(_clock.GetUtcNow()) is var day && day >= _draws.Latest ? day : _draws.Latest;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stream = new OwnStream(_journal, "department:" + Id, _clock, DeactivateOnIdle);
        _draws = new DrawBook(Id);
        foreach (var stored in await _stream.Load(cancellationToken))
        {
            switch (stored.Event.Type)
            {
                case "department.defined":
                    _definition = UnitJson.Read<DepartmentDefinition>(stored.Event.Data);
                    break;
                case "day.opened":
                    _draws.Open(stored.Event.Data);
                    break;
                case "case.drawn":
                    _draws.Add(stored.Event.Data);
                    break;
            }
        }

        foreach (var unit in await _units.All(cancellationToken))
        {
            if (unit.Kind == "prosecutor" && unit.Parent == Id) _roster[unit.Id] = UnitJson.Read<ProsecutorDefinition>(unit.Json);
        }

        _cases.Load(await _index.OpenCases(new CaseScope(null, Id, null), cancellationToken));
        // What was to be told when the last activation ended, however it ended.
        _pacing.Changed();
        _review.Changed();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _pacing.Flush();

    public async Task Define(DepartmentDefinition definition)
    {
        var data = UnitJson.Write(definition);
        await _stream.Append("department.defined", data, new UnitRow("department", Id, definition.Procuratorate, definition.Name, data));
        _definition = definition;
        _rosterVersion++;
        _pacing.Changed();
        _review.Changed();
        await OpenDay(Today);
        await WakeUnassigned();
    }

    public async Task Enrol(ProsecutorDefinition prosecutor)
    {
        _roster[prosecutor.Id] = prosecutor;
        _entries = null;
        _rosterVersion++;
        _pacing.Changed();
        _review.Changed();
        await WakeUnassigned();
    }

    public Task Withdraw(string prosecutor)
    {
        _roster.Remove(prosecutor);
        _entries = null;
        _pacing.Changed();
        _review.Changed();
        return Task.CompletedTask;
    }

    public async Task Observe(CaseSummary summary)
    {
        if (await _cases.Observe(summary))
        {
            _pacing.Changed();
            _review.Changed();
        }

        // Whoever came between the refusal of a draw and this news was not told of the case.
        if (_refused.Remove(summary.Case, out var version) && version != _rosterVersion && summary.Open && summary.Prosecutor is null) _ = Wake(summary.Case);
    }

    public Task<byte[]?> Workload() => Task.FromResult(_definition is null ? null : Body());

    private Task WakeUnassigned() => Task.WhenAll(_cases.Open.Where(c => c.Open && c.Prosecutor is null).Select(c => c.Case).ToList().Select(Wake));

    private async Task Wake(string caseId)
    {
        try
        {
            await GrainFactory.GetGrain<ICaseGrain>(caseId).Wake();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The roster is as it was told to be; the case draws again when it is next due.
            LogWakeFailed(e, Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A case of department {Department} that waits for a prosecutor could not be woken.")]
    private partial void LogWakeFailed(Exception exception, string department);

    private Task Tell() => _definition is null
        ? Task.CompletedTask
        : _stream.Feed([new FeedEntry(["all", "procuratorate:" + _definition.Procuratorate, "department:" + Id], "workload", _clock.GetUtcNow(), Body())]);

    private byte[] Body()
    {
        var open = _cases.Open.Where(c => c.Open && c.Prosecutor is not null).ToLookup(c => c.Prosecutor!);
        var alerts = _cases.Open.Where(c => c.Prosecutor is not null).ToLookup(c => c.Prosecutor!);
        var rows = _roster.Values.Select(p => new
        {
            p.Id,
            p.Name,
            Capacity = CarryingCapacity(p),
            Load = Math.Round(open[p.Id].Sum(c => c.Weight) / CarryingCapacity(p), 4),
            OpenCases = open[p.Id].Count(),
            Alerts = CaseLoads.AlertsOf(alerts[p.Id]),
            OnDuty = p.OnDuty && !p.Absences.Any(a => a.From <= Today && Today <= a.Until),
        }).ToList();
        var fairness = Fairness.Of([.. rows.Select(r => r.Load)]);
        return UnitJson.Write(new
        {
            Department = Id,
            _definition!.Name,
            _definition.Procuratorate,
            Prosecutors = rows,
            Fairness = new { Cv = Math.Round(fairness.Cv, 4), Gini = Math.Round(fairness.Gini, 4), MaxOverMean = Math.Round(fairness.MaxOverMean, 4) },
            Unassigned = _cases.Open.Count(c => c.Open && c.Prosecutor is null),
            Findings,
        });
    }
}

using Cluster.Cases.Rules;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Grains.Assignment;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Cluster.Grains.Rules;

/// <summary>Tests drafts on everything stored, one at a time.</summary>
[KeepAlive]
public sealed partial class BacktestGrain(
    ICaseArchive archive, IUnitIndex units, LiveCatalogue live, LegalClock clock, TimeProvider real, ILogger<BacktestGrain> logger) : Grain, IBacktestGrain
{
    private string? _draft;
    private Backtest? _test;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _test?.Cancel();
        return _test?.Done.WaitAsync(cancellationToken) ?? Task.CompletedTask;
    }

    public async Task<BacktestReport?> Start(DraftView draft)
    {
        if (_test is { Running: true }) return _draft == draft.Id ? _test.Report : null;
        var rules = live.Current;
        var text = OfficeRules.Restore(draft.Yaml, rules.Catalogue);
        var now = clock.GetUtcNow();
        RuleComparison Comparison() => new(rules.Catalogue, text, draft.Procuratorate, rules.Assessor.Calendar, now);
        var offices = new Offices(await units.All(), Comparison().Scopes, draft.Procuratorate);
        var total = await archive.Count(offices.InScope);
        _draft = draft.Id;
        _test = new Backtest(archive, text.Ids, Comparison, offices.Of, total, clock, real);
        _test.Start();
        _ = Keep(draft, _test);
        return _test.Report;
    }

    public Task<BacktestReport?> Progress(string draft) => Task.FromResult(_draft == draft ? _test?.Report : null);

    public async Task<BacktestReport?> Cancel(string draft)
    {
        if (_draft != draft || _test is not { Running: true } test) return null;
        test.Cancel();
        await test.Done;
        return test.Report;
    }

    private async Task Keep(DraftView draft, Backtest test)
    {
        await test.Done;
        LogEnded(draft.Id, test.Report.State, test.Report.Done, test.Report.CasesPerSecond);
        if (test.Failure is { } failure) LogFailed(failure, draft.Id);
        if (test.Report.State != "done") return;
        try
        {
            await GrainFactory.GetGrain<ICatalogueGrain>(ICatalogueGrain.Key).Backtested(draft.Id, draft.ChangedAt, test.Report);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(e, draft.Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Backtest of {Draft}: {State} after {Cases} cases, {Rate} a second.")]
    private partial void LogEnded(string draft, string state, long cases, double rate);

    [LoggerMessage(Level = LogLevel.Error, Message = "The backtest of {Draft} failed or could not be kept.")]
    private partial void LogFailed(Exception exception, string draft);

    /// <summary>What each office reports and under whom it stands, as the units stood when the test began.</summary>
    private sealed class Offices
    {
        private readonly Dictionary<string, Observability?> _known = new(StringComparer.Ordinal);
        private readonly string? _scope;

        public Offices(IReadOnlyList<UnitRow> units, IReadOnlySet<string> scopes, string? scope)
        {
            _scope = scope;
            var rows = units.Where(u => u.Kind == "procuratorate").ToDictionary(u => u.Id, StringComparer.Ordinal);
            foreach (var row in rows.Values)
            {
                var path = new List<string> { row.Id };
                while (rows.GetValueOrDefault(path[^1])?.Parent is { } above && !path.Contains(above)) path.Add(above);
                if (scope is not null && !path.Contains(scope)) _known[row.Id] = null;
                else _known[row.Id] = ReportsOf.Cached(UnitJson.Read<ProcuratorateDefinition>(row.Json)).Within(path.FindAll(scopes.Contains));
            }

            // An office that nobody defined stands for itself.
            if (scope is not null) _known.TryAdd(scope, Observability.Default.Within([scope]));
            InScope = scope is null ? null : [.. _known.Where(k => k.Value is not null).Select(k => k.Key)];
        }

        /// <summary>The offices in scope; null: all.</summary>
        public IReadOnlyCollection<string>? InScope { get; }

        public Observability? Of(string? procuratorate) =>
            procuratorate is not null && _known.TryGetValue(procuratorate, out var known) ? known : _scope is null ? Observability.Default : null;
    }
}

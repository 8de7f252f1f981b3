using Orleans;
using Orleans.Concurrency;

namespace Cluster.Contracts;

/// <summary>Tries drafts on everything stored, one at a time. There is one, under the key of the catalogue.</summary>
[Alias("cluster.backtest-grain")]
public interface IBacktestGrain : IGrainWithStringKey
{
    /// <summary>Begins a backtest of a draft.</summary>
    /// <returns>Its state; null while another draft is being tested.</returns>
    [Alias("start")]
    Task<BacktestReport?> Start(DraftView draft);

    /// <summary>How far a backtest is, or what it found; null if this draft was not tested since the start.</summary>
    [Alias("progress"), AlwaysInterleave]
    Task<BacktestReport?> Progress(string draft);

    /// <summary>Ends a backtest before it is done.</summary>
    /// <returns>Its state then; null if this draft is not being tested.</returns>
    [Alias("cancel"), AlwaysInterleave]
    Task<BacktestReport?> Cancel(string draft);
}

/// <summary>A backtest: what the rules in force find in all that is stored, and what those of a draft would.</summary>
/// <param name="State">running, done, cancelled or failed.</param>
/// <param name="Done">Cases looked at.</param>
/// <param name="Total">Cases there are in the draft's scope.</param>
/// <param name="CasesTotal">Findings that differ.</param>
/// <param name="Cases">The first of them.</param>
[GenerateSerializer, Immutable, Alias("cluster.backtest-report")]
public sealed record BacktestReport(
    [property: Id(0)] string State,
    [property: Id(1)] long Done,
    [property: Id(2)] long Total,
    [property: Id(3)] double CasesPerSecond,
    [property: Id(4)] DateTimeOffset StartedAt,
    [property: Id(5)] DateTimeOffset? FinishedAt,
    [property: Id(6)] BacktestedRule[] Rules,
    [property: Id(7)] ChangedFinding[] Cases,
    [property: Id(8)] long CasesTotal);

/// <summary>One rule in a backtest.</summary>
/// <param name="Added">Findings that only the draft makes.</param>
/// <param name="Removed">Findings that only the rules in force make.</param>
[GenerateSerializer, Immutable, Alias("cluster.backtested-rule")]
public sealed record BacktestedRule(
    [property: Id(0)] string Rule,
    [property: Id(1)] RuleFigures Live,
    [property: Id(2)] RuleFigures Draft,
    [property: Id(3)] long Added,
    [property: Id(4)] long Removed);

/// <summary>What a rule finds.</summary>
[GenerateSerializer, Immutable, Alias("cluster.rule-figures")]
public sealed record RuleFigures(
    [property: Id(0)] long Alerts,
    [property: Id(1)] long Cases,
    [property: Id(2)] WeekFigure[] PerWeek);

/// <summary>Findings raised in one week, <c>2018-W09</c> by ISO 8601.</summary>
[GenerateSerializer, Immutable, Alias("cluster.week-figure")]
public sealed record WeekFigure(
    [property: Id(0)] string Week,
    [property: Id(1)] long Alerts);

/// <summary>A finding that differs.</summary>
/// <param name="Change">added, removed or changed.</param>
/// <param name="Scope">Whose the case is.</param>
[GenerateSerializer, Immutable, Alias("cluster.changed-finding")]
public sealed record ChangedFinding(
    [property: Id(0)] string Case,
    [property: Id(1)] string Rule,
    [property: Id(2)] string Subject,
    [property: Id(3)] string Change,
    [property: Id(4)] string Level,
    [property: Id(5)] DateTimeOffset RaisedAt,
    [property: Id(6)] CaseScope Scope);

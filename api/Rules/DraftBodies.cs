using Cluster.Api.Units;
using Cluster.Contracts;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Rules;

/// <summary>What somebody writes.</summary>
/// <param name="Yaml">A list of rules, as those of the catalogue are written.</param>
/// <param name="Note">Why.</param>
internal sealed record DraftRequest(string? Yaml, string? Note = null);

/// <summary>Whether a trial runs.</summary>
internal sealed record ShadowRequest(bool? On);

/// <summary>From when on.</summary>
/// <param name="EffectiveFrom">The first day whose acts the rules judge; today or later.</param>
internal sealed record PublishRequest(string? EffectiveFrom);

/// <summary>Why.</summary>
internal sealed record RollbackRequest(string? Reason);

/// <summary>A file that may be drafted.</summary>
/// <param name="Valid">Always true; what is not is a problem.</param>
/// <param name="Rules">The rules in it.</param>
internal sealed record ValidBody(bool Valid, IReadOnlyList<string> Rules);

/// <summary>Drafts, newest first.</summary>
internal sealed record DraftsBody(IReadOnlyList<DraftBody> Items);

/// <summary>A draft and what became of it.</summary>
/// <param name="Id">The draft.</param>
/// <param name="Procuratorate">Where it applies, and below; null everywhere.</param>
/// <param name="Rules">The rules in it.</param>
/// <param name="Yaml">As written.</param>
/// <param name="Note">Why.</param>
/// <param name="State">draft, shadow, published, withdrawn or rolled-back.</param>
/// <param name="Editors">Whoever wrote on it.</param>
/// <param name="Version">Number of the catalogue it made.</param>
/// <param name="EffectiveFrom">The first day whose acts it judges.</param>
/// <param name="Shadow">The last trial of this text.</param>
/// <param name="Backtest">The last backtest of this text.</param>
internal sealed record DraftBody(
    string Id, string? Procuratorate, IReadOnlyList<string> Rules, string Yaml, string? Note, string State, IReadOnlyList<string> Editors,
    DateTimeOffset CreatedAt, DateTimeOffset ChangedAt, int? Version, DateOnly? EffectiveFrom, string? PublishedBy, DateTimeOffset? PublishedAt,
    ShadowBody? Shadow, BacktestBody? Backtest)
{
    public static DraftBody Of(DraftView draft, IReadOnlyList<TrialCount> trials, Rights rights)
    {
        TrialCount? found = trials.FirstOrDefault(t => t.Run == draft.Run && t.Rule is null);
        return new DraftBody(
            draft.Id, draft.Procuratorate, draft.Rules, draft.Yaml, draft.Note, draft.State, draft.Editors, draft.CreatedAt, draft.ChangedAt,
            draft.Version, draft.EffectiveFrom, draft.PublishedBy, draft.PublishedAt,
            draft.TriedSince is { } since ? new ShadowBody(since, found?.Fired ?? 0, found?.Cases ?? 0) : null,
            draft.Backtest is { } report ? BacktestBody.Of(report, rights) : null);
    }
}

/// <summary>A trial in the shadow.</summary>
/// <param name="Since">When it began.</param>
/// <param name="Fired">What its rules found.</param>
/// <param name="Cases">In how many cases.</param>
internal sealed record ShadowBody(DateTimeOffset Since, long Fired, long Cases);

/// <summary>A backtest.</summary>
/// <param name="State">running, done, cancelled or failed.</param>
/// <param name="Done">Cases looked at.</param>
/// <param name="Total">Cases in scope.</param>
/// <param name="Rules">What each rule finds in force and in the draft.</param>
/// <param name="Cases">The first findings that differ, of cases that the caller may see.</param>
/// <param name="CasesTotal">How many differ.</param>
internal sealed record BacktestBody(
    string State, long Done, long Total, double CasesPerSecond, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt,
    IReadOnlyList<BacktestedRule> Rules, IReadOnlyList<ChangedCaseBody> Cases, long CasesTotal)
{
    public static BacktestBody Of(BacktestReport report, Rights rights) => new(
        report.State, report.Done, report.Total, report.CasesPerSecond, report.StartedAt, report.FinishedAt, report.Rules,
        [.. report.Cases.Where(c => rights.CanSee(c.Scope)).Select(c => new ChangedCaseBody(c.Case, c.Rule, c.Subject, c.Change, c.Level, c.RaisedAt))],
        report.CasesTotal);
}

/// <summary>A finding that differs.</summary>
/// <param name="Change">added, removed or changed.</param>
internal sealed record ChangedCaseBody(string Case, string Rule, string Subject, string Change, string Level, DateTimeOffset RaisedAt);

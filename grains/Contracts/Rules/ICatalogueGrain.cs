using Orleans;
using Orleans.Concurrency;

namespace Cluster.Contracts;

/// <summary>The rules offices write: drafts, trials, publications, who did what and when. There is one, <see cref="Key"/>.</summary>
[Alias("cluster.catalogue-grain")]
public interface ICatalogueGrain : IGrainWithStringKey
{
    /// <summary>The key of the only one.</summary>
    const string Key = "catalogue";

    /// <summary>What is published and on trial; null if that is still <paramref name="revision"/>.</summary>
    /// <param name="revision">What the caller has; -1 for nothing.</param>
    [Alias("contents"), AlwaysInterleave]
    Task<CatalogueContents?> Contents(long revision);

    /// <summary>Every draft, newest first.</summary>
    [Alias("drafts"), ReadOnly]
    Task<DraftView[]> Drafts();

    /// <summary>One draft; null if there is none.</summary>
    [Alias("find"), ReadOnly]
    Task<DraftView?> Find(string draft);

    /// <summary>Says what is wrong with a file, or which rules it holds; stores nothing.</summary>
    [Alias("validate"), AlwaysInterleave]
    Task<DraftOutcome> Validate(string yaml);

    /// <summary>Makes a draft. A file that is wrong makes none.</summary>
    [Alias("draft")]
    Task<DraftOutcome> Draft(DraftText text);

    /// <summary>Changes a draft that is not published; a trial of what it was ends. A file that is wrong changes nothing.</summary>
    [Alias("edit")]
    Task<DraftOutcome> Edit(string draft, DraftText text);

    /// <summary>Ends a draft that is not published.</summary>
    [Alias("withdraw")]
    Task<DraftOutcome> Withdraw(string draft, string user);

    /// <summary>Begins or ends a trial.</summary>
    [Alias("try")]
    Task<DraftOutcome> Try(string draft, bool on, string user);

    /// <summary>Puts the rules of a draft in force from a day on. Nobody who wrote on it may.</summary>
    [Alias("publish")]
    Task<DraftOutcome> Publish(string draft, DateOnly effectiveFrom, string user);

    /// <summary>Takes a publication back, as if it had never been. Nobody who wrote on it may.</summary>
    [Alias("roll-back")]
    Task<DraftOutcome> RollBack(string draft, string reason, string user);

    /// <summary>Keeps what a backtest of a draft found, unless the draft was changed meanwhile.</summary>
    /// <param name="changedAt">When the draft that was tested was last changed.</param>
    [Alias("backtested")]
    Task Backtested(string draft, DateTimeOffset changedAt, BacktestReport report);
}

/// <summary>What somebody writes.</summary>
/// <param name="Procuratorate">Where the rules shall apply, and below; null everywhere. Of an edit it does not count.</param>
/// <param name="User">Who writes.</param>
[GenerateSerializer, Immutable, Alias("cluster.draft-text")]
public sealed record DraftText(
    [property: Id(0)] string Yaml,
    [property: Id(1)] string? Note,
    [property: Id(2)] string? Procuratorate,
    [property: Id(3)] string User);

/// <summary>What became of a request.</summary>
/// <param name="Refusal">not-found, invalid, not-a-draft, not-published, same-person or effective-date; null if it was done.</param>
/// <param name="Detail">The refusal for people.</param>
/// <param name="Errors">What is wrong with the file.</param>
/// <param name="Rules">The rules of the file.</param>
/// <param name="Draft">The draft after it.</param>
[GenerateSerializer, Immutable, Alias("cluster.draft-outcome")]
public sealed record DraftOutcome(
    [property: Id(0)] string? Refusal,
    [property: Id(1)] string? Detail,
    [property: Id(2)] FileError[] Errors,
    [property: Id(3)] string[] Rules,
    [property: Id(4)] DraftView? Draft);

/// <summary>One thing wrong with a rule file.</summary>
/// <param name="Line">From 1.</param>
[GenerateSerializer, Immutable, Alias("cluster.file-error")]
public sealed record FileError(
    [property: Id(0)] string File,
    [property: Id(1)] long Line,
    [property: Id(2)] string Reason);

/// <summary>A draft and what became of it.</summary>
/// <param name="State">draft, shadow, published, withdrawn or rolled-back.</param>
/// <param name="Editors">Whoever wrote on it, first the one who began.</param>
/// <param name="Version">Number of the catalogue it made; null if it was never published.</param>
/// <param name="Run">The last trial; null if there was none.</param>
/// <param name="TriedSince">When that began.</param>
/// <param name="Backtest">The last finished backtest of this text.</param>
[GenerateSerializer, Immutable, Alias("cluster.draft-view")]
public sealed record DraftView(
    [property: Id(0)] string Id,
    [property: Id(1)] string? Procuratorate,
    [property: Id(2)] string[] Rules,
    [property: Id(3)] string Yaml,
    [property: Id(4)] string? Note,
    [property: Id(5)] string State,
    [property: Id(6)] string[] Editors,
    [property: Id(7)] DateTimeOffset CreatedAt,
    [property: Id(8)] DateTimeOffset ChangedAt,
    [property: Id(9)] int? Version,
    [property: Id(10)] DateOnly? EffectiveFrom,
    [property: Id(11)] string? PublishedBy,
    [property: Id(12)] DateTimeOffset? PublishedAt,
    [property: Id(13)] string? Run,
    [property: Id(14)] DateTimeOffset? TriedSince,
    [property: Id(15)] BacktestReport? Backtest);

/// <summary>What is published and on trial.</summary>
/// <param name="Revision">Rises with every change of it.</param>
/// <param name="Touched">Every rule that an office ever published, also where it was taken back.</param>
[GenerateSerializer, Immutable, Alias("cluster.catalogue-contents")]
public sealed record CatalogueContents(
    [property: Id(0)] long Revision,
    [property: Id(1)] PublishedFile[] Published,
    [property: Id(2)] TrialFile[] Trials,
    [property: Id(3)] string[] Touched);

/// <summary>A rule file in force.</summary>
[GenerateSerializer, Immutable, Alias("cluster.published-file")]
public sealed record PublishedFile(
    [property: Id(0)] int Version,
    [property: Id(1)] string? Procuratorate,
    [property: Id(2)] DateOnly EffectiveFrom,
    [property: Id(3)] string Yaml,
    [property: Id(4)] string By,
    [property: Id(5)] DateTimeOffset At);

/// <summary>A rule file on trial.</summary>
[GenerateSerializer, Immutable, Alias("cluster.trial-file")]
public sealed record TrialFile(
    [property: Id(0)] string Run,
    [property: Id(1)] string? Procuratorate,
    [property: Id(2)] string Yaml);

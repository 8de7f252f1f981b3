namespace Cluster.Contracts.Storage;

/// <summary>What the store knows of rules: cases that were judged by older ones, what trials found, what people thought of alerts.</summary>
public interface IRuleIndex
{
    /// <summary>The same, whose stale cases are some of all only.</summary>
    /// <exception cref="NotSupportedException">It is the store of a single process, which needs no parts.</exception>
    IRuleIndex Of(CaseShard shard) => shard == CaseShard.Whole ? this : throw new NotSupportedException("A store of one process has no parts.");

    /// <summary>Cases that must be assessed again, in order of their ids: those open, or with an alert of certain rules, last assessed by an older revision.</summary>
    /// <param name="revision">Of the catalogue.</param>
    /// <param name="rules">Rules whose alerts count.</param>
    /// <param name="after">The case to go on after; null from the first.</param>
    Task<IReadOnlyList<string>> Stale(long revision, IReadOnlyCollection<string> rules, string? after, int limit, CancellationToken cancellation = default);

    /// <summary>What the rules of every trial found.</summary>
    Task<IReadOnlyList<TrialCount>> Trials(CancellationToken cancellation = default);

    /// <summary>What people did with the alerts of each rule that a caller may see.</summary>
    Task<IReadOnlyDictionary<string, RuleDecisions>> Decisions(Visibility visible, CancellationToken cancellation = default);
}

/// <summary>What a rule on trial found.</summary>
/// <param name="Rule">Null: all rules of the trial together.</param>
public sealed record TrialCount(string Run, string? Rule, long Fired, long Cases);

/// <summary>Alerts that people decided on, and how many of them they dismissed.</summary>
public readonly record struct RuleDecisions(long Dismissed, long Decided);

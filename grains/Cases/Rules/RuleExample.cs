namespace Cluster.Cases.Rules;

/// <summary>A small history on which a rule must fire, or must not.</summary>
/// <param name="At">When to look.</param>
/// <param name="Events">CloudEvents as JSON, ready to be read.</param>
/// <param name="Level">The level expected; null where it must stay silent, or where any will do.</param>
/// <param name="Instance">The instance expected; null for any.</param>
internal sealed record RuleExample(string Title, DateTimeOffset At, string[] Events, string? Level, string? Instance, bool? Cleared)
{
    /// <summary>Where it stands in its file, from 1.</summary>
    public long Line { get; init; }
}

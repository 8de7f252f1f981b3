namespace Cluster.Cases.Rules.Cards;

/// <summary>What is wrong with the cards of a case, whatever the time is now.</summary>
/// <param name="Spans">In the order of the rules.</param>
/// <param name="Failed">Rules that could not look.</param>
internal sealed record GatheredCards(CardSpan[] Spans, IReadOnlyList<string> Failed);

namespace Cluster.Cases.Assignment.Rebalancing;

/// <summary>One who carries cases, or could.</summary>
/// <param name="Capacity">Share of a full workload, above 0; how much is fair is in proportion to it.</param>
/// <param name="Leaves">Every case must go to somebody else.</param>
/// <param name="Takes">Whether more cases may come.</param>
public sealed record Carrier(string Id, double Capacity, bool Leaves = false, bool Takes = true);

/// <summary>A case and who carries it.</summary>
/// <param name="Weight">Open weight.</param>
/// <param name="Handover">What it costs whoever takes it over to learn it, in weight.</param>
/// <param name="Fixed">Why it must not be moved, a stable code; null if it may be. The cases of one who leaves go all the same.</param>
/// <param name="Barred">Who must not have it.</param>
/// <param name="Must">Must go to somebody else, though whoever carries it stays: something falls due while they are away.</param>
public sealed record CarriedCase(string Id, string Carrier, double Weight, double Handover, string? Fixed, IReadOnlyList<string> Barred, bool Must = false);

/// <summary>What a proposal follows from.</summary>
/// <param name="MostMoves">No more moves than these; those that must be are not counted.</param>
public sealed record RebalancingInput(IReadOnlyList<Carrier> Carriers, IReadOnlyList<CarriedCase> Cases, int MostMoves);

/// <summary>A case that should go to somebody else.</summary>
/// <param name="Gain">By how much less weight lies in the wrong place when this is the last of the moves to be made; 0 or less where one must leave.</param>
public sealed record ProposedMove(string Case, string From, string To, double Weight, double Handover, double Gain);

/// <summary>Who should take what.</summary>
/// <param name="Moves">By case id.</param>
/// <param name="Stranded">Cases that must go to somebody else and that nobody may take.</param>
/// <param name="Before">Weight in the wrong place now: half the sum of the distances from what would be fair. Of people who leave everything is.</param>
/// <param name="After">The same after all moves.</param>
/// <param name="Handover">What all moves cost, in weight.</param>
public sealed record RebalancingProposal(IReadOnlyList<ProposedMove> Moves, IReadOnlyList<string> Stranded, double Before, double After, double Handover)
{
    /// <summary>What is made small: weight in the wrong place and the cost of putting it right.</summary>
    public double Total => After + Handover;
}

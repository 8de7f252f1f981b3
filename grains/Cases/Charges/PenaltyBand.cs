namespace Cluster.Cases;

/// <summary>One band of penalties.</summary>
/// <param name="MinMonths">Least fixed term, months; null without a fixed term.</param>
/// <param name="MaxMonths">Greatest fixed term, months; null without a fixed term. A single crime bears at most fifteen years (CRIM 45).</param>
/// <param name="Life">Life imprisonment is among its penalties.</param>
/// <param name="Death">Death is among its penalties.</param>
public readonly record struct PenaltyBand(int? MinMonths, int? MaxMonths, bool Life, bool Death)
{
    /// <summary>Years after which a crime of this band is no longer prosecuted (CRIM 87): 5, 10, 15 or 20.</summary>
    public int LimitationYears => (Life || Death, MaxMonths) switch
    {
        (true, _) => 20,
        (_, < 60) => 5,
        (_, < 120) => 10,
        _ => 15,
    };
}

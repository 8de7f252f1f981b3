namespace Cluster.Cases.Assignment;

/// <summary>How the capacity of a newcomer grows from the day of joining.</summary>
public sealed class NewcomerRamp
{
    /// <summary>Share of the full capacity on the first day, above 0.</summary>
    public decimal From { get; init; } = 1;

    /// <summary>Months until it is full.</summary>
    public int Months { get; init; }
}

/// <summary>How somebody takes less before going away.</summary>
public sealed class AbsenceTaper
{
    /// <summary>Shortest absence that counts, days.</summary>
    public int Least { get; init; } = 1;

    /// <summary>From how many days before; 0 is never.</summary>
    public int Days { get; init; }

    /// <summary>What is left right before it, above 0.</summary>
    public decimal Left { get; init; } = 1;
}

/// <summary>Why somebody has less capacity for a case than the office gives them: full × newcomer × absence, each share with four decimals.</summary>
/// <param name="Full">As the office gives it.</param>
/// <param name="Newcomer">Share that a newcomer has by now.</param>
/// <param name="Absence">Share that is left before an absence. Counts for the case that is dealt, not for what is carried.</param>
public sealed record ReducedCapacity(decimal Full, decimal Newcomer, decimal Absence)
{
    /// <summary>What loads are measured by.</summary>
    public decimal Carrying => Product(Full, Newcomer);

    /// <summary>What a new case is measured by.</summary>
    public decimal ForNew => Product(Full, Newcomer * Absence);

    // Never nothing: nobody divides by it.
    private static decimal Product(decimal full, decimal share) => Math.Max(0.0001m, Math.Round(full * share, Fixed.Decimals, MidpointRounding.AwayFromZero));
}

/// <summary>Capacity on a day, by who has just come and who is about to leave (domain.md 8.2); the parameters are in Catalogue/weights.yaml.</summary>
public static class CapacityAhead
{
    private const string Newcomer = "newcomer";

    /// <summary>Null if it is as the office gives it.</summary>
    public static ReducedCapacity? Of(RosterEntry entry, DateOnly date, DrawPolicy policy)
    {
        if ((entry.Since is null || entry.Role != Newcomer) && entry.Absences.Count == 0)
        {
            return null;
        }

        var (newcomer, absence) = (Grown(entry, date, policy.Newcomer), Left(entry, date, policy.Absence));
        return newcomer == 1 && absence == 1 ? null : new(Fixed.Printed(Fixed.Of(entry.Capacity)), newcomer, absence);
    }

    private static decimal Grown(RosterEntry entry, DateOnly date, NewcomerRamp ramp)
    {
        if (entry.Role != Newcomer || entry.Since is not { } since)
        {
            return 1;
        }

        // Whose day of joining is at the end of time has not joined.
        var days = since.Year > 9000 ? int.MaxValue : since.AddMonths(ramp.Months).DayNumber - since.DayNumber;
        return Between(ramp.From, date.DayNumber - since.DayNumber, days);
    }

    private static decimal Left(RosterEntry entry, DateOnly date, IReadOnlyList<AbsenceTaper> tapers)
    {
        var left = 1m;
        foreach (var absence in entry.Absences)
        {
            var ahead = absence.From.DayNumber - date.DayNumber;
            for (var i = 0; ahead > 0 && i < tapers.Count; i++)
            {
                if (ahead <= tapers[i].Days && !(absence.Until is { } until && until.DayNumber - absence.From.DayNumber + 1 < tapers[i].Least))
                {
                    left = Math.Min(left, Between(tapers[i].Left, ahead, tapers[i].Days + 1));
                }
            }
        }

        return left;
    }

    /// <summary>From a share to all of it, evenly.</summary>
    private static decimal Between(decimal from, int passed, int of) =>
        passed >= of ? 1 : Math.Round(from + ((1 - from) * Math.Max(0, passed) / of), Fixed.Decimals, MidpointRounding.AwayFromZero);
}

namespace Cluster.Cases.Assignment;

/// <summary>
/// Weights, capacities and loads in ten-thousandths, as draws are printed: whole numbers, so that everybody who recomputes a draw
/// from print rounds and compares alike.
/// </summary>
internal static class Fixed
{
    public const int Decimals = 4;

    private const long One = 10_000;
    private const long Most = 1_000_000_000 * One; // nobody carries more; keeps the products below 2⁶³
    private const decimal MostLoad = (decimal)Most * One; // by the least capacity

    /// <summary>Rounded half away from zero, from 0 to the most.</summary>
    public static long Of(decimal value)
    {
        if (value <= 0)
        {
            return 0;
        }

        // Weights have two decimals, so their sums go without rounding.
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        if (value.Scale <= 2 && (parts[1] | parts[2]) == 0)
        {
            return Math.Min(Most, (uint)parts[0] * (value.Scale switch { 0 => One, 1 => One / 10, _ => One / 100 }));
        }

        return value >= Most / One ? Most : (long)Math.Round(value * One, MidpointRounding.AwayFromZero);
    }

    /// <inheritdoc cref="Of(decimal)"/>
    public static long Of(double value) => value > 0 ? (long)Math.Round(Math.Min(value * One, Most), MidpointRounding.AwayFromZero) : 0;

    /// <summary>What was printed; false if no draw prints such a number.</summary>
    /// <param name="least">Ten-thousandths.</param>
    public static bool TryExact(decimal printed, long least, out long value)
    {
        value = 0;
        if (printed < (decimal)least / One || printed > MostLoad / One || decimal.Round(printed, Decimals) != printed)
        {
            return false;
        }

        value = (long)(printed * One);
        return true;
    }

    /// <summary>Weight ÷ capacity, rounded half up.</summary>
    public static long Ratio(long weight, long capacity) => ((weight * One * 2) + capacity) / (capacity * 2);

    /// <summary>As printed, without trailing zeros.</summary>
    public static decimal Printed(long value, int decimals = Decimals)
    {
        for (; decimals > 0 && value % 10 == 0; decimals--)
        {
            value /= 10;
        }

        return new((int)value, (int)(value >> 32), 0, false, (byte)decimals);
    }
}

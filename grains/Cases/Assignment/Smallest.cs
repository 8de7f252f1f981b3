namespace Cluster.Cases.Assignment;

/// <summary>Finds the k-th smallest without sorting all: of 500 loads a draw needs only the one at the boundary.</summary>
internal static class Smallest
{
    /// <param name="values">Not empty; left as they are.</param>
    /// <param name="k">From 1 to their number.</param>
    public static long Of(ReadOnlySpan<long> values, int k)
    {
        var rest = values.ToArray();
        var (low, high) = (0, rest.Length - 1);
        while (low < high)
        {
            var bound = Middle(rest[low], rest[(low + high) / 2], rest[high]);
            var (i, j) = (low - 1, high + 1);
            while (true)
            {
                while (rest[++i] < bound)
                {
                }

                while (rest[--j] > bound)
                {
                }

                if (i >= j)
                {
                    break;
                }

                (rest[i], rest[j]) = (rest[j], rest[i]);
            }

            (low, high) = k - 1 <= j ? (low, j) : (j + 1, high);
        }

        return rest[low];
    }

    private static long Middle(long a, long b, long c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}

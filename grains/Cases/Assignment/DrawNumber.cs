using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Cluster.Cases.Assignment;

/// <summary>The random number u of a draw: 64 bits over 2⁶⁴ (contract chapter 7).</summary>
public readonly record struct DrawNumber(ulong Bits)
{
    private const decimal Range = 18_446_744_073_709_551_616m; // 2⁶⁴

    /// <summary>u as printed: 20 decimals tell any two apart.</summary>
    public decimal Value => Math.Round(Bits / Range, 20, MidpointRounding.ToZero);

    /// <summary>The number that follows from the day's secret.</summary>
    public static DrawNumber Of(byte[] secret, string department, DateOnly date, int number, string caseId)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{department}|{date:yyyy-MM-dd}|{number}|{caseId}");
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text), hash);
        return new(BinaryPrimitives.ReadUInt64BigEndian(hash));
    }

    /// <summary>
    /// Index of the first whose running sum of scores ÷ total exceeds u; −1 of none. Compares running × 2⁶⁴ with bits × total in
    /// whole numbers, so no rounding can move the choice.
    /// </summary>
    /// <param name="scores">Any common multiple of the scores; their sum is below 2⁶⁴.</param>
    public int Choose(ReadOnlySpan<ulong> scores)
    {
        var total = 0UL;
        foreach (var score in scores)
        {
            total = checked(total + score);
        }

        var bound = (UInt128)total * Bits;
        var running = 0UL;
        for (var i = 0; i < scores.Length; i++)
        {
            running += scores[i];
            if ((UInt128)running << 64 > bound)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The same for scores as printed, whatever their size.</summary>
    public int Choose(IReadOnlyList<decimal> scores)
    {
        var scale = scores.Select(s => (int)s.Scale).DefaultIfEmpty().Max();
        var whole = scores.Select(s => Whole(s, scale)).ToArray();
        var bound = whole.Aggregate(BigInteger.Zero, BigInteger.Add) * Bits;
        var running = BigInteger.Zero;
        for (var i = 0; i < whole.Length; i++)
        {
            running += whole[i];
            if (running << 64 > bound)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The score times 10^scale, exactly.</summary>
    private static BigInteger Whole(decimal score, int scale)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(score, parts);
        var mantissa = (new BigInteger((uint)parts[2]) << 64) + (new BigInteger((uint)parts[1]) << 32) + (uint)parts[0];
        return mantissa * BigInteger.Pow(10, scale - score.Scale);
    }
}

using System.Globalization;

namespace Cluster.Cases.Rules;

/// <summary>The citizen identity number of GB 11643.</summary>
public static class IdentityNumber
{
    private static ReadOnlySpan<byte> Weights => [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    private const string CheckDigits = "10X98765432";

    /// <summary>18 signs with the right check digit.</summary>
    public static bool IsValid(string number)
    {
        if (number.Length != 18) return false;
        var sum = 0;
        for (var i = 0; i < 17; i++)
        {
            if (!char.IsAsciiDigit(number[i])) return false;
            sum += (number[i] - '0') * Weights[i];
        }

        return char.ToUpperInvariant(number[17]) == CheckDigits[sum % 11];
    }

    /// <summary>The birth date in digits 7 to 14; null if there is none.</summary>
    public static DateOnly? BirthDate(string? number) =>
        number is { Length: 18 } && DateOnly.TryParseExact(number.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    /// <summary>男 for an odd, 女 for an even 17th digit; null if there is none.</summary>
    public static string? Sex(string? number) =>
        number is { Length: 18 } && char.IsAsciiDigit(number[16]) ? (number[16] - '0') % 2 == 1 ? "男" : "女" : null;
}

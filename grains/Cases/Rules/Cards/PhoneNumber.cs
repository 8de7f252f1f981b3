using System.Text.RegularExpressions;

namespace Cluster.Cases.Rules.Cards;

/// <summary>Telephone numbers of the mainland, mobile or fixed, and international ones.</summary>
internal static partial class PhoneNumber
{
    /// <summary>Every number of a text, several parted by commas, has the pattern of one. Masked numbers are not judged.</summary>
    public static bool IsPossible(string text)
    {
        if (text.Contains('*', StringComparison.Ordinal)) return true;
        foreach (var part in text.Split([',', '，', ';', '；', '/', '、'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Pattern().IsMatch(part)) return false;
        }

        return true;
    }

    [GeneratedRegex("^(?:(?:(?:\\+|00)?86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}|(?:[(（]?0[0-9]{2,3}[)）]?[- ]?)?[2-9][0-9]{6,7}(?:[-转][0-9]{1,6})?|(?:\\+|00)(?!86)[0-9][0-9 -]{6,16})$")]
    private static partial Regex Pattern();
}

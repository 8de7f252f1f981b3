namespace Cluster.Cases.Rules.Cards;

/// <summary>What stands in the field of a name and is none.</summary>
internal static class PersonName
{
    /// <summary>Whether a name is a whole, single name: no digits, no ×, no 等人, no spaces between Chinese signs.</summary>
    public static bool IsProper(string name)
    {
        if (name.Contains("等人", StringComparison.Ordinal) || name.AsSpan().IndexOfAny("×✕＊") >= 0) return false;
        foreach (var sign in name)
        {
            if (char.IsDigit(sign)) return false;
        }

        return IsForeign(name) || !name.Any(c => char.IsWhiteSpace(c) || c is 'x' or 'X');
    }

    /// <summary>Whether 某 hides a name that is known in full.</summary>
    public static bool IsHidden(string name, string known) => name.Contains('某', StringComparison.Ordinal) && !known.Contains('某', StringComparison.Ordinal);

    /// <summary>Written in letters: an X and spaces belong to it.</summary>
    private static bool IsForeign(string name) => name.Any(c => char.IsAsciiLetter(c) && c is not ('x' or 'X'));
}

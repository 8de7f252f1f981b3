namespace Cluster.Cases.Rules;

/// <summary>The level of a procuratorate, as its division code tells (GB/T 2260): 420000 a province, 422800 a city, 422826 a county.</summary>
internal static class UnitLevel
{
    private static readonly string[] Rising = ["county", "city", "province", "national"];

    /// <summary>Null of a code of another kind.</summary>
    public static string? OfCode(string? code)
    {
        if (code is not { Length: 6 }) return null;
        foreach (var sign in code)
        {
            if (!char.IsAsciiDigit(sign)) return null;
        }

        return code switch
        {
            "100000" or "000000" => "national",
            [_, _, '0', '0', '0', '0'] => "province",
            [.., '0', '0'] => "city",
            _ => "county",
        };
    }

    /// <summary>0 for a county, rising; null of what is no level.</summary>
    public static int? Rank(string? level) => Array.IndexOf(Rising, level) is >= 0 and var rank ? rank : null;
}

using System.Text.RegularExpressions;

namespace Cluster.Cases.Rules.Cards;

/// <summary>What a text cites of the Criminal Law.</summary>
internal static partial class CriminalLaw
{
    /// <summary>The text without what it cites of the procedure law; bare numbers written as articles.</summary>
    public static string Articles(string text)
    {
        if (text.Contains("诉讼法", StringComparison.Ordinal)) text = Procedure().Replace(text, "");
        return text.Contains('条', StringComparison.Ordinal) ? text : Bare().Replace(text, m => m.Groups[2].Success ? $"第{m.Groups[1].Value}条之{m.Groups[2].Value}" : $"第{m.Groups[1].Value}条");
    }

    [GeneratedRegex("《?[^《》、，；。]*诉讼法》?[^《]*")]
    private static partial Regex Procedure();

    [GeneratedRegex("([0-9]{2,3})(?:-([0-9]{1,2}))?(?:[(（][0-9][)）])?")]
    private static partial Regex Bare();
}

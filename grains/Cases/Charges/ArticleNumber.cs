using System.Globalization;
using System.Text.RegularExpressions;

namespace Cluster.Cases;

/// <summary>An article of the Criminal Law.</summary>
/// <param name="Number">224 of 第224条之一.</param>
/// <param name="Inserted">1 of 第224条之一; 0 without.</param>
public readonly partial record struct ArticleNumber(int Number, int Inserted)
{
    private const string Digits = "一二三四五六七八九";

    /// <summary>Every article a text such as 第114条、第115条第1款 names.</summary>
    public static IReadOnlyList<ArticleNumber> Of(string text) =>
    [
        .. Pattern().Matches(text).Select(m => new ArticleNumber(
            int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture),
            m.Groups[2].Success ? Digits.IndexOf(m.Groups[2].Value[0], StringComparison.Ordinal) + 1 : 0)),
    ];

    public override string ToString() => Inserted == 0
        ? Number.ToString(CultureInfo.InvariantCulture)
        : FormattableString.Invariant($"{Number}-{Inserted}");

    [GeneratedRegex("第([0-9]+)条(?:之([一二三四五六七八九]))?")]
    private static partial Regex Pattern();
}

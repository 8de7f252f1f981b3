using System.Globalization;
using System.Text.RegularExpressions;

namespace Cluster.Cases;

/// <summary>An article of the Criminal Law.</summary>
/// <param name="Number">224 of 第224条之一.</param>
/// <param name="Inserted">1 of 第224条之一; 0 without.</param>
public readonly partial record struct ArticleNumber(int Number, int Inserted)
{
    /// <summary>Every article a text such as 第114条、第115条第1款 or 第二百二十四条之一 names.</summary>
    public static IReadOnlyList<ArticleNumber> Of(string text) =>
        [.. Pattern().Matches(text).Select(m => new ArticleNumber(ChineseNumber.Read(m.Groups[1].ValueSpan) ?? 0, ChineseNumber.Read(m.Groups[2].ValueSpan) ?? 0))];

    public override string ToString() => Inserted == 0
        ? Number.ToString(CultureInfo.InvariantCulture)
        : FormattableString.Invariant($"{Number}-{Inserted}");

    [GeneratedRegex("第([0-9]{1,4}|[一二三四五六七八九十百零〇]{1,9})条(?:之([0-9]{1,2}|[一二三四五六七八九十]{1,3}))?")]
    private static partial Regex Pattern();
}

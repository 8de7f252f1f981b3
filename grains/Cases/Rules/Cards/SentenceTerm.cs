using System.Text.RegularExpressions;

namespace Cluster.Cases.Rules.Cards;

/// <summary>A term written out: 有期徒刑三年六个月，缓刑四年 is 42 months.</summary>
internal static partial class SentenceTerm
{
    /// <summary>Months; null where no term of years or months is written, as for life.</summary>
    public static int? Months(string text)
    {
        var suspended = text.IndexOf("缓", StringComparison.Ordinal);
        var match = Pattern().Match(suspended > 0 ? text[..suspended] : text);
        if (!match.Success) return null;
        var years = match.Groups["years"].Success ? ChineseNumber.Read(match.Groups["years"].ValueSpan) : 0;
        var months = match.Groups["months"].Success ? ChineseNumber.Read(match.Groups["months"].ValueSpan) : 0;
        return years * 12 + months;
    }

    [GeneratedRegex($"(?<years>[{ChineseNumber.Signs}]+)年(?:零?(?<months>[{ChineseNumber.Signs}]+)个?月)?|(?<months>[{ChineseNumber.Signs}]+)个?月")]
    private static partial Regex Pattern();
}

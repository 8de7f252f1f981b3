using System.Globalization;
using System.Text.RegularExpressions;

namespace Cluster.Cases;

/// <summary>An article of the Criminal Law.</summary>
/// <param name="Number">224 of 第224条之一.</param>
/// <param name="Inserted">1 of 第224条之一; 0 without.</param>
public readonly partial record struct ArticleNumber(int Number, int Inserted)
{
    private const string Digits = "零一二三四五六七八九";

    /// <summary>Every article a text such as 第114条、第115条第1款 or 第二百二十四条之一 names.</summary>
    public static IReadOnlyList<ArticleNumber> Of(string text) =>
        [.. Pattern().Matches(text).Select(m => new ArticleNumber(Read(m.Groups[1].Value), m.Groups[2].Success ? Read(m.Groups[2].Value) : 0))];

    public override string ToString() => Inserted == 0
        ? Number.ToString(CultureInfo.InvariantCulture)
        : FormattableString.Invariant($"{Number}-{Inserted}");

    private static int Read(string number)
    {
        if (char.IsAsciiDigit(number[0])) return int.Parse(number, CultureInfo.InvariantCulture);
        var sum = 0;
        var digit = 0;
        foreach (var c in number)
        {
            var unit = c switch { '百' => 100, '十' => 10, _ => 0 };
            if (unit == 0)
            {
                digit = Math.Max(0, Digits.IndexOf(c, StringComparison.Ordinal));
                continue;
            }

            sum += Math.Max(1, digit) * unit;
            digit = 0;
        }

        return sum + digit;
    }

    [GeneratedRegex("第([0-9]{1,4}|[一二三四五六七八九十百零〇]{1,9})条(?:之([0-9]{1,2}|[一二三四五六七八九十]{1,3}))?")]
    private static partial Regex Pattern();
}

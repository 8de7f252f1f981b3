using System.Globalization;

namespace Cluster.Cases;

/// <summary>Numbers below a thousand, in Arabic or Chinese digits: 36, 三十六, 二百六十四.</summary>
internal static class ChineseNumber
{
    /// <summary>The signs such a number is made of, for a regular expression.</summary>
    public const string Signs = "0-9零〇一二两三四五六七八九十百";

    private const string Digits = "零一二三四五六七八九";

    public static int? Read(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var arabic)) return arabic;
        var sum = 0;
        var digit = 0;
        foreach (var sign in text)
        {
            switch (sign)
            {
                case '百':
                    sum += Math.Max(digit, 1) * 100;
                    digit = 0;
                    break;
                case '十':
                    sum += Math.Max(digit, 1) * 10;
                    digit = 0;
                    break;
                case '〇':
                    digit = 0;
                    break;
                case '两':
                    digit = 2;
                    break;
                default:
                    digit = Digits.IndexOf(sign, StringComparison.Ordinal);
                    if (digit < 0) return null;
                    break;
            }
        }

        return sum + digit;
    }
}

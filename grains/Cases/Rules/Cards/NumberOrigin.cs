using System.Globalization;
using System.Text.RegularExpressions;

namespace Cluster.Cases.Rules.Cards;

/// <summary>The office and year of a document or case number: 咸检刑诉〔2026〕12号 is 咸检 and 2026.</summary>
internal static partial class NumberOrigin
{
    /// <summary>Null for a text that is no such number.</summary>
    public static (string Office, int Year)? Read(string? text) => text is not null && Pattern().Match(text.Trim()) is { Success: true } match
        ? (match.Groups[1].Value, int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture))
        : null;

    /// <summary>Of the same office, and not of a year before the case came. A document of the next year is as it may be.</summary>
    public static bool FitsCase(string? document, string? number) =>
        Read(document) is not { } d || Read(number) is not { } c || (d.Office == c.Office && d.Year >= c.Year);

    [GeneratedRegex("^([^0-9\\[〔（(]{1,12}?检)[^0-9]*?[\\[〔（(]([0-9]{4})[\\]〕）)]")]
    private static partial Regex Pattern();
}

using System.Globalization;
using Cluster.Cases.Events;

namespace Cluster.Cases.Rules.Cards;

/// <summary>The ways in which cards write a day.</summary>
internal static class CardDate
{
    private static readonly string[] Formats = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日", "yyyyMMdd"];

    public static DateOnly? Read(string text) =>
        text.Length >= 8 && DateOnly.TryParseExact(text.AsSpan().Trim(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && Rfc3339.IsCountable(date) ? date : null;
}

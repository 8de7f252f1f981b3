using Cluster.Cases.Events;

namespace Cluster.Cases.Rules.Cards;

/// <summary>What of a value a message may show: dates, numbers, choices and charges; of a person only enough to find the slip.</summary>
internal static class CardValue
{
    private const int MostSigns = 40;
    private const int DigitsOfANumber = 7;

    public static bool IsMissing(WrongField wrong) =>
        !wrong.Value.IsPresent || (wrong.Value.Kind == FieldKind.Text && string.IsNullOrWhiteSpace(wrong.Value.Text));

    /// <summary>A value in the words of the card.</summary>
    /// <param name="chinese">Of what is added to them.</param>
    public static string Shown(WrongField wrong, bool chinese)
    {
        var value = wrong.Field.Read(wrong.Value);
        var text = value.AsText();
        return wrong.Field.Kind switch
        {
            CardFieldKind.Identity or CardFieldKind.Phone or CardFieldKind.Code => LastFour(text),
            CardFieldKind.Name => FirstSign(text),
            CardFieldKind.Text or CardFieldKind.Address => chinese ? "已填" : "filled",
            CardFieldKind.Document => text,
            CardFieldKind.Date or CardFieldKind.Number when value.Kind != FieldKind.Text => text,
            CardFieldKind.Term when value.Kind == FieldKind.Number => text + (chinese ? "个月" : " months"),
            _ => Harmless(text),
        };
    }

    private static string LastFour(string text) => text.Length > 4 ? new string('*', text.Length - 4) + text[^4..] : new string('*', text.Length);

    private static string FirstSign(string text) => text.Length == 0 ? "" : text[..(char.IsHighSurrogate(text[0]) && text.Length > 1 ? 2 : 1)] + "**";

    /// <summary>A list may have been given a number that belongs elsewhere.</summary>
    private static string Harmless(string text)
    {
        var run = 0;
        foreach (var sign in text)
        {
            run = char.IsDigit(sign) ? run + 1 : 0;
            if (run >= DigitsOfANumber) return LastFour(text);
        }

        return text.Length > MostSigns ? text[..MostSigns] + "…" : text;
    }
}

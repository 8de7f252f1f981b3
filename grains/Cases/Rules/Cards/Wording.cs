using System.Globalization;
using System.Text;
using Cluster.Law;

namespace Cluster.Cases.Rules.Cards;

/// <summary>Puts what is wrong into words: the card, the field, and its value where that is harmless.</summary>
/// <param name="subject">The suspect the message is about anyway.</param>
internal sealed class Wording(string? subject)
{
    private const int MostFields = 12;

    private readonly List<WrongField> _fields = [];
    private readonly List<LocalizedText> _sentences = [];

    public void Add(WrongField wrong)
    {
        if (!_fields.Exists(f => f.Field == wrong.Field && f.Suspect == wrong.Suspect)) _fields.Add(wrong);
    }

    /// <summary>Adds a sentence of its own.</summary>
    public void Add(LocalizedText sentence) => _sentences.Add(sentence);

    public LocalizedText? Finish()
    {
        if (_fields.Count == 0 && _sentences.Count == 0) return null;
        var zh = new StringBuilder();
        var en = new StringBuilder();
        foreach (var card in _fields.Take(MostFields).GroupBy(f => f.Suspect))
        {
            Join(zh, en, "；", "; ");
            var (nameZh, nameEn) = CardOf(card.Key);
            zh.Append(nameZh).AppendJoin('、', card.Select(f => f.Field.Name + Chinese(f)));
            en.Append(nameEn).Append(": ").AppendJoin(", ", card.Select(f => $"{f.Field.Name} {English(f)}"));
        }

        if (_fields.Count > MostFields)
        {
            zh.Append('等').Append(_fields.Count.ToString(CultureInfo.InvariantCulture)).Append('项');
            en.Append(CultureInfo.InvariantCulture, $" and {_fields.Count - MostFields} more");
        }

        foreach (var (sentenceZh, sentenceEn) in _sentences)
        {
            Join(zh, en, "；", "; ");
            zh.Append(sentenceZh);
            en.Append(sentenceEn);
        }

        return new LocalizedText(zh.ToString(), en.ToString());
    }

    private static void Join(StringBuilder zh, StringBuilder en, string signZh, string signEn)
    {
        if (zh.Length == 0) return;
        zh.Append(signZh);
        en.Append(signEn);
    }

    private (string Zh, string En) CardOf(string? suspect) => suspect is null
        ? ("全案卡", "card of the whole case")
        : suspect == subject ? ("人卡", "card of the suspect") : ($"嫌疑人{suspect}人卡", $"card of suspect {suspect}");

    private static string Chinese(WrongField wrong)
    {
        if (CardValue.IsMissing(wrong)) return "未填";
        var shown = CardValue.Shown(wrong, chinese: true);
        return wrong.Field.Kind is CardFieldKind.Date or CardFieldKind.Number ? " " + shown : $"“{shown}”";
    }

    private static string English(WrongField wrong) => CardValue.IsMissing(wrong) ? "empty" : CardValue.Shown(wrong, chinese: false);
}

using Cluster.Cases.Events;

namespace Cluster.Cases.Assessment;

/// <summary>A case card (案卡): the latest value of each field.</summary>
internal sealed class CaseCard
{
    private const string Prefix = "fields.";

    private readonly Dictionary<string, FieldValue> _fields = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, FieldValue> Fields => _fields;

    public FieldValue this[string field] => _fields.TryGetValue(field, out var value) ? value : default;

    public void Fill(CaseEvent e)
    {
        foreach (var (key, value) in e.Data.Fields)
        {
            if (key.StartsWith(Prefix, StringComparison.Ordinal)) _fields[key[Prefix.Length..]] = value;
        }
    }
}

/// <summary>The cards of a case: one of the whole case, one of each suspect.</summary>
internal sealed class CaseCards
{
    private readonly Dictionary<string, CaseCard> _cards = new(StringComparer.Ordinal);

    public static CaseCards Of(ReadOnlySpan<CaseEvent> fillings)
    {
        var cards = new CaseCards();
        foreach (var e in fillings) cards.Fill(e);
        return cards;
    }

    public void Fill(CaseEvent e) => this[e.Data["suspect"].Text].Fill(e);

    /// <summary>The card of a suspect; of the whole case for null.</summary>
    public CaseCard this[string? suspect]
    {
        get
        {
            if (!_cards.TryGetValue(suspect ?? "", out var card)) _cards[suspect ?? ""] = card = new CaseCard();
            return card;
        }
    }
}

using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Law;

namespace Cluster.Cases.Rules.Cards;

/// <summary><c>anyCardDate</c>: a date of the card lies after its filling, or before a day.</summary>
internal sealed class CardDates
{
    private const string Birth = "fields.出生日期";
    private readonly DateOnly _earliest;
    private readonly CardFieldTest _isWrong;

    public CardDates(Yaml yaml)
    {
        yaml.Only("inFutureOrBefore");
        var first = yaml.Need("inFutureOrBefore");
        _earliest = CardDate.Read(first.Text) ?? throw first.Wrong("a date YYYY-MM-DD expected");
        _isWrong = IsWrong;
    }

    public bool IsWrong(in Scope scope) => scope.Cards.Any(scope.Suspect?.Number, _isWrong, LegalTime.DateOf(scope.Instant));

    public void Describe(in Scope scope, Wording into)
    {
        var suspect = scope.Suspect?.Number;
        var cards = scope.Cards;
        cards.Any(
            suspect,
            (key, value, today) =>
            {
                if (IsWrong(key, value, today) && cards.Value(suspect, key) == value) into.Add(new WrongField(CardFields.OfKey(key) ?? Unknown(key), suspect, value));
                return false;
            },
            LegalTime.DateOf(scope.Instant));
    }

    /// <summary>Of a field that no check knows, the name says whether it is a date; that it lies ahead may be as it should.</summary>
    private bool IsWrong(string key, FieldValue value, DateOnly today)
    {
        var field = CardFields.OfKey(key);
        if (field is not { Kind: CardFieldKind.Date } && (field is not null || !key.EndsWith("日期", StringComparison.Ordinal))) return false;
        if (PredicateReader.DateOf((field ?? Unknown(key)).Read(value)) is not { } date) return false;
        return key == Birth ? date > today : (date > today && field is { MayLieAhead: false }) || date < _earliest;
    }

    private static CardField Unknown(string key) => new(key["fields.".Length..], key, CardFieldKind.Date, CardHolder.Both, MayLieAhead: true);
}

using System.Globalization;
using Cluster.Law;

namespace Cluster.Cases.Rules.Cards;

/// <summary><c>order</c>: of the dates that are filled in, none lies before the one listed before it.</summary>
internal sealed class DateOrder
{
    private readonly (CardField Field, Operand Read)[] _dates;

    public DateOrder(Yaml fields) => _dates = [.. fields.Items.Select(f => (Field(f), PredicateReader.Field(f)))];

    /// <summary>Whether a date lies before the last one filled in before it.</summary>
    public bool IsBroken(in Scope scope)
    {
        DateOnly? last = null;
        foreach (var (_, read) in _dates)
        {
            if (PredicateReader.DateOf(read(scope)) is not { } date) continue;
            if (date < last) return true;
            last = date;
        }

        return false;
    }

    /// <summary>Names each pair that is in the wrong order.</summary>
    public void Describe(in Scope scope, Wording into)
    {
        (CardField Field, DateOnly Date)? last = null;
        foreach (var (field, read) in _dates)
        {
            if (PredicateReader.DateOf(read(scope)) is not { } date) continue;
            if (last is { } before && date < before.Date)
            {
                into.Add(new LocalizedText(
                    $"{field.Name} {Text(date)} 早于 {before.Field.Name} {Text(before.Date)}",
                    $"{field.Name} {Text(date)} before {before.Field.Name} {Text(before.Date)}"));
            }

            last = (field, date);
        }
    }

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static CardField Field(Yaml name) =>
        CardFields.Find(name.Text[(name.Text.IndexOf('.', StringComparison.Ordinal) + 1)..]) is { Kind: CardFieldKind.Date } field
            ? field
            : throw name.Wrong($"'{name.Text}' is no date of a card");
}

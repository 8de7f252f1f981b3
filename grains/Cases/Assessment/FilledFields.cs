using Cluster.Cases.Events;
using Cluster.Cases.Rules.Cards;

namespace Cluster.Cases.Assessment;

/// <summary>Which fillings filled which registered card field: folded once, because a hundred checks ask for single fields again and again.</summary>
internal sealed class FilledFields
{
    private readonly ushort[] _first = new ushort[CardFields.Count + 1];
    private readonly ushort[] _fillings;
    private readonly FieldSet _all;

    public FilledFields(ReadOnlySpan<CaseEvent> fillings)
    {
        Span<ushort> counts = stackalloc ushort[CardFields.Count];
        var total = 0;
        foreach (var e in fillings)
        {
            foreach (var (key, _) in e.Data)
            {
                if (CardFields.OfKey(key) is not { } field) continue;
                counts[field.Ordinal]++;
                _all.Add(field);
                total++;
            }
        }

        for (var i = 0; i < counts.Length; i++) _first[i + 1] = (ushort)(_first[i] + counts[i]);
        _fillings = new ushort[total];
        counts.Clear();
        for (var i = 0; i < fillings.Length; i++)
        {
            foreach (var (key, _) in fillings[i].Data)
            {
                if (CardFields.OfKey(key) is { } field) _fillings[_first[field.Ordinal] + counts[field.Ordinal]++] = (ushort)i;
            }
        }
    }

    /// <summary>Every field ever filled, on whichever card.</summary>
    public ref readonly FieldSet All => ref _all;

    /// <summary>The numbers of the fillings that filled a field, rising.</summary>
    public ReadOnlySpan<ushort> Of(CardField field) => _fillings.AsSpan(_first[field.Ordinal], _first[field.Ordinal + 1] - _first[field.Ordinal]);
}

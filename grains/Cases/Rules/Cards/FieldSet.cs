using System.Runtime.CompilerServices;

namespace Cluster.Cases.Rules.Cards;

/// <summary>A set of registered card fields.</summary>
internal struct FieldSet
{
    public const int Most = Words.Count * 64;

    private Words _words;

    public static FieldSet Of(IEnumerable<CardField> fields)
    {
        var set = default(FieldSet);
        foreach (var field in fields) set.Add(field);
        return set;
    }

    public void Add(CardField field) => _words[field.Ordinal >> 6] |= 1UL << (field.Ordinal & 63);

    public void Add(in FieldSet other)
    {
        for (var i = 0; i < Words.Count; i++) _words[i] |= other._words[i];
    }

    public readonly bool Has(CardField field) => (_words[field.Ordinal >> 6] & (1UL << (field.Ordinal & 63))) != 0;

    public readonly bool Meets(in FieldSet other)
    {
        for (var i = 0; i < Words.Count; i++)
        {
            if ((_words[i] & other._words[i]) != 0) return true;
        }

        return false;
    }

    [InlineArray(Count)]
    private struct Words
    {
        public const int Count = 4;
        private ulong _first;
    }
}

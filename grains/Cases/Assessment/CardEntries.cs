using Cluster.Cases.Events;

namespace Cluster.Cases.Assessment;

/// <summary>A value that a filling gave to a field of a card.</summary>
/// <param name="Filling">The number of the filling, from 0.</param>
/// <param name="Suspect">Whose card; null for the whole case.</param>
internal readonly record struct CardEntry(int Filling, string? Suspect, FieldValue Value);

/// <summary>All that was ever filled in, by field: a hundred checks ask for single fields again and again.</summary>
internal sealed class CardEntries
{
    private readonly Dictionary<string, List<CardEntry>> _byKey = new(StringComparer.Ordinal);

    public CardEntries(CaseState state, ReadOnlySpan<CaseEvent> fillings)
    {
        for (var i = 0; i < fillings.Length; i++)
        {
            var suspect = state.FilledFor(i);
            foreach (var (key, value) in fillings[i].Data.Fields)
            {
                if (!key.StartsWith("fields.", StringComparison.Ordinal)) continue;
                if (!_byKey.TryGetValue(key, out var entries)) _byKey.Add(key, entries = []);
                entries.Add(new CardEntry(i, suspect, value));
            }
        }
    }

    /// <summary>What was filled into a field, in time order; null if nothing ever was.</summary>
    public List<CardEntry>? Of(string key) => _byKey.GetValueOrDefault(key);

    public bool HasAny(string[] keys)
    {
        foreach (var key in keys)
        {
            if (_byKey.ContainsKey(key)) return true;
        }

        return false;
    }
}

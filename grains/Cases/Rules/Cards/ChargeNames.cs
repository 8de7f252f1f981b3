using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Cluster.Cases.Events;

namespace Cluster.Cases.Rules.Cards;

/// <summary>A charge as a card names it: official name where known, else as written, without 罪 at the end.</summary>
internal sealed record ChargeName(string Name, Charge? Official);

/// <summary>Takes apart texts that name charges. Many official names contain the very comma that parts two charges.</summary>
internal static class ChargeNames
{
    private const int Bound = 4096;
    private static readonly char[] Hard = [';', '；', ',', '，', '|', '/', '\n'];

    // The same few charges come again and again; bounded, because the texts come from outside.
    private static readonly ConcurrentDictionary<string, ChargeName[]> Known = new(StringComparer.Ordinal);
    private static readonly ConditionalWeakTable<EventData, ChargeName[]> Accepted = [];

    /// <summary>The charges of a text, each once.</summary>
    public static ChargeName[] Of(string text)
    {
        if (Known.TryGetValue(text, out var known)) return known;
        var names = new List<ChargeName>();
        foreach (var part in text.Split(Hard, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Find(part) is not null) Add(part, names);
            else Split(part.Split('、', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), names);
        }

        known = [.. names];
        if (Known.Count < Bound) Known.TryAdd(text, known);
        return known;
    }

    /// <summary>The charges that an acceptance, or a suspect's entry in it, lists.</summary>
    public static ChargeName[] Of(EventData accepted) => Accepted.GetValue(accepted, static data =>
        [.. data.Objects("charges").Select(c => c["name"].Text).OfType<string>().SelectMany(Of).DistinctBy(c => c.Name)]);

    public static Charge? Find(string name) => Charges.Default.Find(name);

    /// <summary>Takes the longest official name each time.</summary>
    private static void Split(string[] pieces, List<ChargeName> into)
    {
        for (var from = 0; from < pieces.Length;)
        {
            var until = pieces.Length;
            while (until > from + 1 && Find(string.Join('、', pieces, from, until - from)) is null) until--;
            Add(string.Join('、', pieces, from, until - from), into);
            from = until;
        }
    }

    private static void Add(string name, List<ChargeName> into)
    {
        var official = Find(name);
        var plain = name.EndsWith('罪') ? name[..^1] : name;
        if (!into.Exists(c => c.Name == plain)) into.Add(new ChargeName(plain, official));
    }
}

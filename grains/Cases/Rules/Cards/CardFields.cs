using System.Collections.Frozen;
using Cluster.Cases.Events;

namespace Cluster.Cases.Rules.Cards;

/// <summary>The registry of card fields that checks may name. A card may carry any other field too: it is kept and shown.</summary>
internal static class CardFields
{
    private static readonly FrozenDictionary<string, CardField> ByName =
        Read(Yaml.Load("card-fields.yaml", new StringReader(EmbeddedFile.Text("card-fields.yaml")))).ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, CardField> ByKey = ByName.Values.ToFrozenDictionary(f => f.Key, StringComparer.Ordinal);

    static CardFields()
    {
        if (Count > FieldSet.Most) throw new InvalidOperationException("More card fields than bits.");
    }

    /// <summary>How many fields are registered.</summary>
    public static int Count => ByName.Count;

    public static IReadOnlyCollection<CardField> All => ByName.Values;

    public static CardField? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The field of a key such as <c>fields.受理日期</c>; null for one that no check knows.</summary>
    public static CardField? OfKey(string key) => ByKey.GetValueOrDefault(key);

    /// <exception cref="CatalogueException">A field is described wrongly.</exception>
    internal static IEnumerable<CardField> Read(Yaml file)
    {
        var ordinal = 0;
        foreach (var (name, value) in file.Entries)
        {
            var words = value.Text.Split(' ');
            if (!Enum.TryParse<CardFieldKind>(words[0], ignoreCase: true, out var kind)) throw value.Wrong($"unknown kind '{words[0]}'");
            var on = CardHolder.Both;
            var ahead = false;
            foreach (var word in words.AsSpan(1))
            {
                if (word == "ahead") ahead = true;
                else if (!Enum.TryParse(word, ignoreCase: true, out on)) throw value.Wrong($"suspect, whole, both, shared or ahead expected, not '{word}'");
            }

            yield return new CardField(ordinal++, name, string.Intern("fields." + name), kind, on, ahead);
        }
    }
}

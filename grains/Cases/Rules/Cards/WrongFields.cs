using Cluster.Cases.Events;
using Cluster.Law;

namespace Cluster.Cases.Rules.Cards;

/// <summary>A field that is wrong, where it stands and what it says; an absent value is one that is missing.</summary>
/// <param name="Suspect">Whose card; null for the whole case.</param>
internal readonly record struct WrongField(CardField Field, string? Suspect, FieldValue Value);

/// <summary>What is wrong on the cards while a condition holds: gathered for the message, in the order of the condition.</summary>
internal sealed class WrongFields
{
    private delegate void Gathering(in Scope scope, Wording into);

    private readonly Gathering _gather;

    private WrongFields(Gathering gather) => _gather = gather;

    /// <summary>The fields of a condition. Of alternatives only those that hold are named, of the others all.</summary>
    /// <param name="after">The day it counts from, if any: its field is named first.</param>
    public static WrongFields Of(Yaml condition, Yaml? after) => new(after is { } day ? All([Fields(day, missing: false), Read(condition)]) : Read(condition));

    /// <summary>What is wrong, in words; null where no field is.</summary>
    public LocalizedText? Describe(in Scope scope)
    {
        var wording = new Wording(scope.Suspect?.Number);
        _gather(scope, wording);
        return wording.Finish();
    }

    private static Gathering Read(Yaml yaml)
    {
        if (yaml.IsList) return All([.. yaml.Items.Select(Read)]);
        var (key, value) = yaml.Entries.First();
        switch (key)
        {
            case "field":
                return Fields(yaml, missing: yaml.Get("blank")?.True ?? false);
            case "all":
                return All([.. value.Items.Select(Read)]);
            case "any":
                return Holding([.. value.Items.Select(v => (PredicateReader.Read(v), Read(v)))]);
            case "anySuspect":
                return Suspects(PredicateReader.Read(value), Read(value));
            case "noSuspect":
                return Suspects(null, Fields(value, missing: false));
            case "order":
                return new DateOrder(value).Describe;
            case "anyCardDate":
                return new CardDates(value).Describe;
            default:
                return Fields(yaml, missing: false);
        }
    }

    private static Gathering All(Gathering[] parts) => (in Scope s, Wording into) =>
    {
        foreach (var part in parts) part(s, into);
    };

    private static Gathering Holding((Predicate Holds, Gathering Gather)[] parts) => (in Scope s, Wording into) =>
    {
        foreach (var (holds, gather) in parts)
        {
            if (holds(s)) gather(s, into);
        }
    };

    private static Gathering Suspects(Predicate? of, Gathering gather) => (in Scope s, Wording into) =>
    {
        foreach (var suspect in s.State.Suspects)
        {
            var own = s.With(suspect);
            if (of is null || of(own)) gather(own, into);
        }
    };

    private static Gathering Fields(Yaml yaml, bool missing)
    {
        CardName[] names = [.. CardNames.In(yaml)];
        return (in Scope s, Wording into) =>
        {
            foreach (var name in names)
            {
                var suspect = name.Whole ? null : s.Suspect;
                var own = s.Cards.Value(suspect?.Number, name.Field.Key);
                if (own.IsPresent)
                {
                    into.Add(new WrongField(name.Field, suspect?.Number, own));
                }
                else
                {
                    var said = s.Cards.Of(suspect, name.Field.Key, name.Field.On == CardHolder.Shared);
                    // What the card of the suspect does not say, the card of the whole case does, or the other way round.
                    if (said.IsPresent) into.Add(new WrongField(name.Field, suspect is null ? s.State.Suspects[0].Number : null, said));
                    else if (missing) into.Add(new WrongField(name.Field, suspect?.Number, default));
                }
            }
        };
    }
}

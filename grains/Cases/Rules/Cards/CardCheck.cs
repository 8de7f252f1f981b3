using Cluster.Law;

namespace Cluster.Cases.Rules.Cards;

/// <summary>Which cards a check looks at.</summary>
internal enum CardScope
{
    /// <summary>The card of each suspect, completed by what the card of the whole case says of everybody.</summary>
    Suspect,

    /// <summary>All cards of the case at once.</summary>
    Case,

    /// <summary>Every card for itself, that of the whole case too.</summary>
    Each,
}

/// <summary>One way in which cards are wrong.</summary>
internal sealed class CardCheck
{
    private Rule? _judged;

    public required CardScope Per { get; init; }

    public required Predicate Wrong { get; init; }

    /// <summary>Where it applies; its fields are not what is wrong.</summary>
    public Predicate? When { get; init; }

    /// <summary>The last day on which it is not wrong yet; null where it is wrong at once.</summary>
    public DateReading? After { get; init; }

    /// <summary>Whether cards have until the end of the day: they are filled in one after the other.</summary>
    public bool EndOfDay { get; init; }

    /// <summary>The level, where it is not that of the rule.</summary>
    public string? Level { get; init; }

    /// <summary>The keys of all fields it names: where none was ever filled in, nothing is wrong. Empty if it names none.</summary>
    public required string[] Keys { get; init; }

    /// <summary>The traces of these fields; of any field if it names none.</summary>
    public required ulong Seen { get; init; }

    /// <summary>Names what is wrong.</summary>
    public required WrongFields Fields { get; init; }

    public bool IsWrong(in Scope scope) =>
        (Per != CardScope.Each || SaysSomething(scope)) && (When is null || When(scope)) && Wrong(scope);

    /// <summary>Since when it is wrong, at the earliest; null if that cannot be told.</summary>
    public DateTimeOffset? From(in Scope scope) =>
        After is null ? scope.Instant : After(scope) is { } last && last.Year < 9000 ? LegalTime.EndOf(last) : null;

    /// <summary>Whether a card itself says something of this; that of the only suspect is also that of the case.</summary>
    private bool SaysSomething(in Scope scope)
    {
        if (scope.State.Suspects.Count == 1) return true;
        foreach (var key in Keys)
        {
            if (scope.Cards.Value(scope.Suspect?.Number, key).IsPresent) return true;
        }

        return false;
    }

    /// <summary>The rule at the level of this check. Only what the rule itself finds blocks.</summary>
    public Rule Judged(Rule rule) => Level is null ? rule : _judged ??= rule with { Level = Level, Blocking = false };
}

using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>What a predicate looks at: the case, and where the rule has them an event, a suspect and the cards being checked.</summary>
internal readonly struct Scope(CaseState state, HolidayCalendar calendar, CaseEvent? happened = null, SuspectState? suspect = null, CaseCards? cards = null)
{
    private readonly CaseCards? _cards = cards;

    public CaseState State { get; } = state;
    public HolidayCalendar Calendar { get; } = calendar;
    public CaseEvent? Event { get; } = happened;
    public SuspectState? Suspect { get; } = suspect;

    /// <summary>The cards as filled so far, while a card rule walks the fillings; else as last filled.</summary>
    public CaseCards Cards => _cards ?? State.Cards;

    /// <summary>The instant the facts are read at: of the event, else now.</summary>
    public DateTimeOffset Instant => Event?.Time ?? State.Now;

    /// <summary>A field of the acceptance; absent while unaccepted.</summary>
    public FieldValue Accepted(string field) => State.Accepted?.Data[field] ?? default;

    public Scope With(SuspectState? suspect) => new(State, Calendar, Event, suspect, _cards);
}

internal delegate bool Predicate(in Scope scope);

internal delegate FieldValue Operand(in Scope scope);

internal delegate DateOnly? DateReading(in Scope scope);

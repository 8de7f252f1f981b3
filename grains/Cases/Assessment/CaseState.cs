using Cluster.Cases.Events;
using Cluster.Cases.Rules;
using Cluster.Cases.Rules.Cards;
using Cluster.Law;

namespace Cluster.Cases.Assessment;

/// <summary>What the events of a case say at an instant, read by every rule.</summary>
internal sealed class CaseState(CountingEvents counting, DateTimeOffset now)
{
    private static readonly int Card = OrdinalOf("card.filled");
    private static readonly int Returned = OrdinalOf("supplement.returned");

    /// <summary>Everything that counts, by time, source and id.</summary>
    public CaseEvent[] Events => counting.All;

    public DateTimeOffset Now { get; } = now;

    /// <summary>The event types and steps that occur.</summary>
    public ref readonly EventSet Happened => ref counting.Happened;

    /// <summary>What was ever filled into the case cards.</summary>
    public FilledFields Filled => counting.Filled;

    /// <summary>The whole case, where this is what concerns one item of property only; else null.</summary>
    public CaseState? Whole { get; init; }

    /// <summary>The first acceptance; null while nobody reported one.</summary>
    public CaseEvent? Accepted => counting.Accepted;

    /// <summary>Case type of domain.md 1.1; empty while unaccepted.</summary>
    public string CaseType { get; } = counting.Accepted?.Data["caseType"].Text ?? "";

    public DateOnly? ReceivedOn { get; } = counting.Accepted?.Data["receivedOn"].Date;

    public List<SuspectState> Suspects => counting.Suspects;

    /// <summary>The items of case property, each with what concerns it.</summary>
    public (string Item, CountingEvents Events)[] Items => counting.Items;

    /// <summary>The clocks of this case, filled by the assessor before the rules look.</summary>
    public List<ClockInstance> Clocks { get; } = new(16);

    public static int OrdinalOf(string type) => EventTypes.OrdinalOf(type);

    /// <summary>Events of one type in time order.</summary>
    public ReadOnlySpan<CaseEvent> Of(int ordinal) => counting.Of(ordinal);

    public ReadOnlySpan<CaseEvent> Of(string type) => counting.Of(OrdinalOf(type));

    /// <summary>Where its cards are wrong, by a set of rules; kept with the events, since time changes nothing of it.</summary>
    public GatheredCards WrongCards(RuleSet rules, HolidayCalendar calendar) => counting.Cards(rules, calendar, this);

    public SuspectState? Suspect(string? number) => counting.Suspect(number);

    public bool InCustodyAt(DateTimeOffset instant)
    {
        foreach (var suspect in Suspects)
        {
            if (suspect.InCustodyAt(instant)) return true;
        }

        return false;
    }

    /// <summary>The first instant from <paramref name="from"/> on at which custody is as wanted; null if never.</summary>
    public DateTimeOffset? CustodyFrom(SuspectState? suspect, DateTimeOffset from, bool wanted)
    {
        if ((suspect?.InCustodyAt(from) ?? InCustodyAt(from)) == wanted) return from;
        DateTimeOffset? found = null;
        foreach (var one in Suspects)
        {
            if (suspect is not null && one != suspect) continue;
            foreach (var span in one.Measures)
            {
                if (span.From <= from || span.From > Now || (found is { } f && span.From >= f)) continue;
                if ((suspect?.InCustodyAt(span.From) ?? InCustodyAt(span.From)) == wanted) found = span.From;
            }
        }

        return found;
    }

    /// <summary>Returns for supplementary investigation up to an instant, those before a change of jurisdiction included (R 350).</summary>
    public int ReturnsUntil(DateTimeOffset instant)
    {
        var count = (int)(Accepted?.Data["returnsSoFar"].Number ?? 0);
        foreach (var e in Of(Returned))
        {
            if (e.Time <= instant) count++;
        }

        return count;
    }

    /// <summary>Whose card the n-th filling filled; null for the whole case.</summary>
    public string? FilledFor(int filling) => counting.FilledFor(filling);

    /// <summary>The case cards as last filled.</summary>
    public CaseCards Cards => new(this, Of(Card).Length);

    /// <summary>When something dated by a field happened: at the event's own instant if the dates agree, else at the start of the field's day.</summary>
    public static DateTimeOffset InstantOf(CaseEvent e, string? dateField)
    {
        if (dateField is null) return e.Time;
        var value = e.Data[dateField];
        if (value.Kind == FieldKind.Instant) return value.Instant ?? e.Time;
        return value.Date is { } date && date != LegalTime.DateOf(e.Time) ? LegalTime.StartOf(date) : e.Time;
    }
}

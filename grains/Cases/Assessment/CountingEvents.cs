using Cluster.Cases.Events;
using Cluster.Cases.Rules;
using Cluster.Cases.Rules.Cards;
using Cluster.Law;

namespace Cluster.Cases.Assessment;

/// <summary>The events of a case that count together, folded once: by type, and what they say of each suspect. A history keeps its own, so that time alone folds nothing anew.</summary>
internal sealed class CountingEvents
{
    private static readonly int Accepting = CaseState.OrdinalOf("case.accepted");
    private static readonly int Measure = CaseState.OrdinalOf("measure.taken");
    private static readonly int Defender = CaseState.OrdinalOf("defender.registered");
    private static readonly int Card = CaseState.OrdinalOf("card.filled");
    private static readonly int Step = CaseState.OrdinalOf("step.recorded");

    // Up to so many, looking through all is quicker than a table.
    private const int ManySuspects = 16;

    private readonly int[] _first;
    private readonly CaseEvent[] _byType;
    private readonly EventSet _happened = EventSet.Any;
    private readonly List<SuspectState> _suspects = [];
    private Dictionary<string, SuspectState>? _byNumber;
    private int _numbered;
    private string?[]? _filledFor;
    private FilledFields? _filled;
    private KeptCards? _cards;
    private (string Item, CountingEvents Events)[]? _items;

    /// <param name="events">By time, source and id, corrections applied.</param>
    public CountingEvents(CaseEvent[] events)
    {
        All = events;
        _first = new int[EventTypes.All.Count + 1];
        Span<byte> ordinals = events.Length <= 1024 ? stackalloc byte[events.Length] : new byte[events.Length];
        for (var i = 0; i < events.Length; i++)
        {
            ordinals[i] = (byte)events[i].Ordinal;
            _first[ordinals[i] + 1]++;
            _happened.AddType(ordinals[i]);
            if (ordinals[i] == Step) _happened.AddStep(events[i].Data["step"].Text);
        }

        for (var i = 1; i < _first.Length; i++) _first[i] += _first[i - 1];
        _byType = new CaseEvent[events.Length];
        Span<int> next = stackalloc int[_first.Length];
        _first.CopyTo(next);
        for (var i = 0; i < events.Length; i++) _byType[next[ordinals[i]]++] = events[i];

        var accepted = Of(Accepting);
        Accepted = accepted.Length > 0 ? accepted[0] : null;
        FoldSuspects();
        // From here on many threads read it, so the table is made now.
        _ = Suspect("");
    }

    public CaseEvent[] All { get; }

    /// <summary>The event types and steps that occur.</summary>
    public ref readonly EventSet Happened => ref _happened;

    /// <summary>What was ever filled into the case cards.</summary>
    public FilledFields Filled => _filled ??= new FilledFields(Of(Card));

    /// <summary>The first acceptance; null while nobody reported one.</summary>
    public CaseEvent? Accepted { get; }

    public List<SuspectState> Suspects => _suspects;

    /// <summary>The items of case property, each with what concerns it.</summary>
    public (string Item, CountingEvents Events)[] Items => _items ??= PropertyItems.Split(this);

    /// <summary>Where the cards are wrong by the last set of rules that asked.</summary>
    public GatheredCards Cards(RuleSet rules, HolidayCalendar calendar, CaseState state)
    {
        if (_cards is { } kept && ReferenceEquals(kept.Rules, rules) && ReferenceEquals(kept.Calendar, calendar)) return kept.Cards;
        var cards = rules.GatherCards(state, calendar);
        _cards = new KeptCards(rules, calendar, cards);
        return cards;
    }

    private sealed record KeptCards(RuleSet Rules, HolidayCalendar Calendar, GatheredCards Cards);

    /// <summary>Events of one type in time order.</summary>
    public ReadOnlySpan<CaseEvent> Of(int ordinal) => _byType.AsSpan(_first[ordinal], _first[ordinal + 1] - _first[ordinal]);

    /// <summary>Whose card the n-th filling filled; null for the whole case. Read once: every card rule asks again and again.</summary>
    public string? FilledFor(int filling)
    {
        if (_filledFor is null)
        {
            var fillings = Of(Card);
            _filledFor = new string?[fillings.Length];
            for (var i = 0; i < fillings.Length; i++) _filledFor[i] = fillings[i].Data["suspect"].Text;
        }

        return _filledFor[filling];
    }

    public SuspectState? Suspect(string? number)
    {
        if (number is null) return null;
        if (Suspects.Count > ManySuspects)
        {
            _byNumber ??= new Dictionary<string, SuspectState>(StringComparer.Ordinal);
            for (; _numbered < Suspects.Count; _numbered++) _byNumber.TryAdd(Suspects[_numbered].Number, Suspects[_numbered]);
            return _byNumber.GetValueOrDefault(number);
        }

        foreach (var suspect in Suspects)
        {
            if (suspect.Number == number) return suspect;
        }

        return null;
    }

    private void FoldSuspects()
    {
        if (Accepted is not null)
        {
            foreach (var entry in Accepted.Data.Objects("suspects"))
            {
                var suspect = new SuspectState(entry["suspect"].Text ?? "", entry);
                Suspects.Add(suspect);
                if (IsDefender(entry, "defender.name", "defender.kind")) suspect.DefendedFrom = Accepted.Time;
                if (entry["measure.kind"].Text is { } kind)
                {
                    var from = entry["measure.from"];
                    var since = from.Instant ?? LegalTime.StartOf(from.Date ?? Accepted.Data["receivedOn"].Date ?? LegalTime.DateOf(Accepted.Time));
                    suspect.Take(new MeasureSpan(kind, since, entry["measure.organ"].Text, Accepted));
                }
            }
        }

        foreach (var e in Of(Measure))
        {
            SuspectNamed(e)?.Take(new MeasureSpan(e.Data["kind"].Text ?? "", CaseState.InstantOf(e, "from"), e.Data["organ"].Text, e));
        }

        foreach (var e in Of(Defender))
        {
            if (IsDefender(e.Data, "name", "kind") && SuspectNamed(e) is { } suspect && !(suspect.DefendedFrom <= e.Time)) suspect.DefendedFrom = e.Time;
        }
    }

    /// <summary>A duty lawyer (值班律师) helps, but is no defender (CPL 36).</summary>
    private static bool IsDefender(EventData data, string name, string kind) =>
        (data[name].IsPresent || data[kind].IsPresent) && data[kind].Text is not ("duty" or "值班律师");

    private SuspectState? SuspectNamed(CaseEvent e)
    {
        if (e.Data["suspect"].Text is not { } number) return null;
        if (Suspect(number) is { } known) return known;
        var found = new SuspectState(number, null);
        Suspects.Add(found);
        return found;
    }
}

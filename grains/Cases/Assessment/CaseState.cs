using System.Collections.Frozen;
using Cluster.Cases.Events;
using Cluster.Cases.Rules;
using Cluster.Law;

namespace Cluster.Cases.Assessment;

/// <summary>What the events of a case say at an instant, folded once and read by every rule.</summary>
internal sealed class CaseState
{
    private static readonly FrozenDictionary<string, int> Ordinals =
        EventTypes.All.Select((t, i) => (t, i)).ToFrozenDictionary(p => p.t, p => p.i, StringComparer.Ordinal);

    private static readonly int Accepting = OrdinalOf("case.accepted");
    private static readonly int Measure = OrdinalOf("measure.taken");
    private static readonly int Defender = OrdinalOf("defender.registered");
    private static readonly int Card = OrdinalOf("card.filled");

    private readonly int[] _first;
    private readonly CaseEvent[] _byType;
    private string?[]? _filledFor;
    private List<ClockInstance>? _clocks;

    public CaseState(CaseEvent[] events, DateTimeOffset now)
    {
        Events = events;
        Now = now;
        _first = new int[Ordinals.Count + 1];
        Span<int> ordinals = events.Length <= 256 ? stackalloc int[events.Length] : new int[events.Length];
        for (var i = 0; i < events.Length; i++)
        {
            ordinals[i] = Ordinals[events[i].Type];
            _first[ordinals[i] + 1]++;
        }

        for (var i = 1; i < _first.Length; i++) _first[i] += _first[i - 1];
        _byType = new CaseEvent[events.Length];
        Span<int> next = stackalloc int[_first.Length];
        _first.CopyTo(next);
        for (var i = 0; i < events.Length; i++) _byType[next[ordinals[i]]++] = events[i];

        var accepted = Of(Accepting);
        Accepted = accepted.Length > 0 ? accepted[0] : null;
        CaseType = Accepted?.Data["caseType"].Text ?? "";
        ReceivedOn = Accepted?.Data["receivedOn"].Date;
        FoldSuspects();
    }

    public CaseEvent[] Events { get; }

    public DateTimeOffset Now { get; }

    /// <summary>The first acceptance; null while nobody reported one.</summary>
    public CaseEvent? Accepted { get; }

    /// <summary>Case type of domain.md 1.1; empty while unaccepted.</summary>
    public string CaseType { get; }

    public DateOnly? ReceivedOn { get; }

    public List<SuspectState> Suspects { get; } = [];

    /// <summary>The clocks of this case: filled by the assessor before the rules look, or when a rule first asks where they were only promised.</summary>
    public List<ClockInstance> Clocks => _clocks ?? RunPromised();

    /// <summary>Promises clocks to rules that may never ask for them.</summary>
    public (ClockBinding[] Bindings, HolidayCalendar Calendar)? Promised { get; set; }

    public static int OrdinalOf(string type) => Ordinals.TryGetValue(type, out var ordinal) ? ordinal : -1;

    /// <summary>Events of one type in time order.</summary>
    public ReadOnlySpan<CaseEvent> Of(int ordinal) => _byType.AsSpan(_first[ordinal], _first[ordinal + 1] - _first[ordinal]);

    public ReadOnlySpan<CaseEvent> Of(string type) => Of(Ordinals[type]);

    public SuspectState? Suspect(string? number)
    {
        if (number is null) return null;
        foreach (var suspect in Suspects)
        {
            if (suspect.Number == number) return suspect;
        }

        return null;
    }

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
        foreach (var e in Of("supplement.returned"))
        {
            if (e.Time <= instant) count++;
        }

        return count;
    }

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

    private List<ClockInstance> RunPromised()
    {
        _clocks = [];
        if (Promised is { } promised)
        {
            foreach (var clock in promised.Bindings) clock.Run(this, promised.Calendar, _clocks);
        }

        return _clocks;
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
                    var since = from.Instant ?? LegalTime.StartOf(from.Date ?? ReceivedOn ?? LegalTime.DateOf(Accepted.Time));
                    suspect.Take(new MeasureSpan(kind, since, entry["measure.organ"].Text, Accepted));
                }
            }
        }

        foreach (var e in Of(Measure))
        {
            SuspectNamed(e)?.Take(new MeasureSpan(e.Data["kind"].Text ?? "", InstantOf(e, "from"), e.Data["organ"].Text, e));
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

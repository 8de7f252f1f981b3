using System.Runtime.CompilerServices;
using Cluster.Cases.Events;

namespace Cluster.Cases.Rules;

/// <summary>A set of event types and steps: what happened in a case, or what must have happened before a rule can find anything.</summary>
internal struct EventSet
{
    private const int Types = 128;
    private const int Steps = 256;

    private Words _words;

    static EventSet()
    {
        if (EventTypes.All.Count > Types || StepCodes.All.Count > Steps) throw new InvalidOperationException("More event types or steps than bits.");
    }

    /// <summary>What even a case without events has.</summary>
    public static EventSet Any { get; } = OfBit(Types + Steps);

    public void AddType(int ordinal) => Add(ordinal);

    public void AddStep(string? code)
    {
        if (StepCodes.OrdinalOf(code) is >= 0 and var ordinal) Add(Types + ordinal);
    }

    public void Add(Trigger trigger)
    {
        if (trigger.Step is { } step) AddStep(step);
        else AddType(trigger.Ordinal);
        if (trigger.Measures is not null) AddType(AcceptedType);
    }

    public void Add(ReadOnlySpan<Trigger> triggers)
    {
        foreach (var trigger in triggers) Add(trigger);
    }

    public void Add(in EventSet other)
    {
        for (var i = 0; i < Words.Count; i++) _words[i] |= other._words[i];
    }

    public readonly bool Meets(in EventSet other)
    {
        for (var i = 0; i < Words.Count; i++)
        {
            if ((_words[i] & other._words[i]) != 0) return true;
        }

        return false;
    }

    // A measure may also have been told with the acceptance.
    private static int AcceptedType { get; } = Assessment.CaseState.OrdinalOf("case.accepted");

    private void Add(int bit) => _words[bit >> 6] |= 1UL << (bit & 63);

    private static EventSet OfBit(int bit)
    {
        var set = default(EventSet);
        set.Add(bit);
        return set;
    }

    [InlineArray(Count)]
    private struct Words
    {
        public const int Count = (Types + Steps) / 64 + 1;
        private ulong _first;
    }
}

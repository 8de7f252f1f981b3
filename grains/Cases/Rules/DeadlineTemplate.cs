using Cluster.Cases.Assessment;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>Which due date of an extendable limit a rule follows.</summary>
internal enum Phase
{
    /// <summary>Each due date in turn: an extension clears what was found of the date before it.</summary>
    Any,

    /// <summary>The date before extension; an extension ends it.</summary>
    BeforeExtension,

    /// <summary>The extended date only.</summary>
    Extended,
}

/// <summary><c>deadline</c>: limits run; warn at the leads, violated after.</summary>
internal sealed class DeadlineTemplate(string[] limits, Phase phase, Period? length, string? act) : IRuleTemplate
{
    public IEnumerable<Trigger> Evidence => [];

    /// <summary>Whether it follows a clock: of one of its limits, and of the act it asks for.</summary>
    public bool Follows(ClockBinding clock) => Array.IndexOf(limits, clock.Id) >= 0 && (act is null || clock.Act == act);

    public void Look(Rule rule, Looking at)
    {
        foreach (var clock in at.State.Clocks)
        {
            if (!Follows(clock.Binding) || (length is { } only && clock.Length != only)) continue;
            var instance = new RunName(limits.Length == 1 ? null : clock.Binding.Id, clock.Instance, 0);
            switch (phase)
            {
                case Phase.BeforeExtension:
                    at.Follow(rule, clock, clock.Phase(0), instance);
                    break;
                case Phase.Extended when clock.Extensions.Length == 0:
                    break;
                case Phase.Extended:
                    at.Follow(rule, clock, clock.Phase(clock.Extensions.Length), instance);
                    break;
                default:
                    for (var i = 0; i < clock.PhaseCount; i++) at.Follow(rule, clock, clock.Phase(i), instance with { Extension = i });
                    break;
            }
        }
    }

    public EventSet Grounds(Catalogue catalogue) => catalogue.GroundsOf(limits);
}

/// <summary><c>response</c>: after A, B must follow within a time that the rule brings itself.</summary>
internal sealed class ResponseTemplate(ClockBinding binding, string? detail) : IRuleTemplate
{
    public IEnumerable<Trigger> Evidence => binding.Stop.Where(t => !t.Stops);

    public void Look(Rule rule, Looking at)
    {
        var pool = ClockPool.Own;
        binding.Run(at.State, at.Calendar, pool.Clocks);
        foreach (var clock in pool.Clocks) at.Follow(rule, clock, clock.Whole, clock.Instance, detail);
        pool.Return();
    }

    public EventSet Grounds(Catalogue catalogue) => binding.Grounds;
}

/// <summary><c>custody-deadline</c>: a suspect is still held when a limit of custody has run out.</summary>
internal sealed class CustodyTemplate(string[] limits) : IRuleTemplate
{
    public IEnumerable<Trigger> Evidence => [];

    public void Look(Rule rule, Looking at)
    {
        foreach (var clock in at.State.Clocks)
        {
            if (Array.IndexOf(limits, clock.Binding.Id) < 0) continue;
            foreach (var suspect in at.State.Suspects)
            {
                if (clock.Suspect is not null && clock.Suspect != suspect) continue;
                if (at.State.CustodyFrom(suspect, clock.AppliesFrom, wanted: true) is not { } held || held > clock.Due.ExpiresAt) continue;
                var ended = clock.EndedAt;
                if (at.State.CustodyFrom(suspect, held, wanted: false) is { } released && !(ended <= released)) ended = released;
                // Whoever is decided on is held under the decision, while the case runs on for the others.
                if (clock.Suspect is null && clock.Binding.Covered(at.State, at.Calendar, suspect, clock.Start) is { } decided && !(ended <= decided)) ended = decided;
                var own = ClockPool.Own.Take();
                own.Binding = clock.Binding;
                own.Suspect = suspect;
                own.Instance = clock.Instance;
                own.Trigger = clock.Trigger;
                own.Start = clock.Start;
                own.AppliesFrom = held > clock.AppliesFrom ? held : clock.AppliesFrom;
                own.Clock = clock.Clock;
                own.Due = clock.Due;
                own.Length = clock.Length;
                own.Adjusted = clock.Adjusted;
                own.EndEvent = clock.EndEvent;
                own.EndedAt = ended;
                own.Stopped = clock.Stopped;
                own.Custody = true;
                for (var i = 0; i < own.PhaseCount; i++) at.Follow(rule, own, InCustody(own.Phase(i)), new RunName(clock.Binding.Id, clock.Instance, i));
                ClockPool.Own.Return(own);
            }
        }
    }

    public EventSet Grounds(Catalogue catalogue) => catalogue.GroundsOf(limits);

    /// <summary>Custody ends on the day itself, even where those at large by the end had the holiday.</summary>
    private static ClockPhase InCustody(ClockPhase phase) => phase with { Due = phase.Due.WithoutRoll() };
}

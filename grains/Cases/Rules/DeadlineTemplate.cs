using Cluster.Cases.Assessment;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>Which due date of an extendable limit a rule follows.</summary>
internal enum Phase
{
    /// <summary>Whatever is due now.</summary>
    Any,

    /// <summary>The date before extension; an extension ends it.</summary>
    BeforeExtension,

    /// <summary>The extended date only.</summary>
    Extended,
}

/// <summary><c>deadline</c>: limits run; warn at the leads, violated after.</summary>
internal sealed class DeadlineTemplate(string[] limits, Phase phase, Period? length) : IRuleTemplate
{
    /// <summary>The limits it follows, whose stops are its evidence.</summary>
    public string[] Limits => limits;

    public IEnumerable<Trigger> Evidence => [];

    public void Look(Rule rule, Looking at)
    {
        foreach (var clock in at.State.Clocks)
        {
            if (Array.IndexOf(limits, clock.Binding.Id) < 0 || (length is { } only && clock.Term.Length != only)) continue;
            var instance = limits.Length == 1 ? clock.Instance : $"{clock.Binding.Id}/{clock.Instance}";
            switch (phase)
            {
                case Phase.BeforeExtension:
                    var ended = clock.ExtendedAt is { } extended && !(clock.EndedAt <= extended) ? extended : clock.EndedAt;
                    at.Follow(rule, clock, clock.BaseDue, ended, instance, beforeExtension: true);
                    break;
                case Phase.Extended when clock.Extension is null:
                    break;
                default:
                    at.Follow(rule, clock, clock.Due, clock.EndedAt, instance, beforeExtension: false);
                    break;
            }
        }
    }
}

/// <summary><c>response</c>: after A, B must follow within a time that the rule brings itself.</summary>
internal sealed class ResponseTemplate(ClockBinding binding, string? detail) : IRuleTemplate
{
    public IEnumerable<Trigger> Evidence => binding.Stop;

    public void Look(Rule rule, Looking at)
    {
        var clocks = new List<ClockInstance>();
        binding.Run(at.State, at.Calendar, clocks);
        foreach (var clock in clocks) at.Follow(rule, clock, clock.Due, clock.EndedAt, clock.Instance, beforeExtension: false, detail);
    }
}

/// <summary><c>custody-deadline</c>: a suspect is still held when a limit of custody has run out.</summary>
internal sealed class CustodyTemplate(string[] limits) : IRuleTemplate
{
    public IEnumerable<Trigger> Evidence => [];

    public void Look(Rule rule, Looking at)
    {
        foreach (var clock in at.State.Clocks)
        {
            if (!clock.Custody || Array.IndexOf(limits, clock.Binding.Id) < 0) continue;
            foreach (var suspect in at.State.Suspects)
            {
                if (clock.Suspect is not null && clock.Suspect != suspect) continue;
                if (at.State.CustodyFrom(suspect, clock.Start, wanted: true) is not { } held || held > clock.Due.ExpiresAt) continue;
                var ended = clock.EndedAt;
                if (at.State.CustodyFrom(suspect, held, wanted: false) is { } released && !(ended <= released)) ended = released;
                var own = new ClockInstance
                {
                    Binding = clock.Binding,
                    Suspect = suspect,
                    Instance = clock.Instance,
                    Trigger = clock.Trigger,
                    Start = clock.Start,
                    AppliesFrom = held > clock.AppliesFrom ? held : clock.AppliesFrom,
                    Clock = clock.Clock,
                    BaseDue = clock.BaseDue,
                    Due = clock.Due,
                    Term = clock.Term,
                    EndEvent = clock.EndEvent,
                    EndedAt = ended,
                    Custody = true,
                };
                at.Follow(rule, own, clock.Due, ended, $"{clock.Binding.Id}/{clock.Instance}", beforeExtension: false);
            }
        }
    }
}

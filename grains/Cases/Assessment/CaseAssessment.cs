using Cluster.Cases.Rules;
using Cluster.Law;

namespace Cluster.Cases.Assessment;

/// <summary>What follows from a case's history at an instant.</summary>
public sealed class CaseAssessment
{
    private readonly RuleSet _rules;
    private readonly Looking _looking;

    internal CaseAssessment(CaseState state, RuleSet rules, Looking looking)
    {
        State = state;
        _rules = rules;
        _looking = looking;
        Stage = Stages.Of(state);
        Open = Stages.IsOpen(state);
    }

    internal CaseState State { get; }

    internal IReadOnlyList<ClockInstance> Clocks => State.Clocks;

    internal IReadOnlyList<Finding> Findings => _looking.Findings;

    /// <summary>The next instant at which any of this changes by itself; null if never.</summary>
    public DateTimeOffset? NextChange => _looking.NextChange;

    /// <summary>Case type of domain.md 1.1; empty while unaccepted.</summary>
    public string CaseType => State.CaseType;

    /// <summary>State name of domain.md 1.3, or <c>unaccepted</c>.</summary>
    public string Stage { get; }

    /// <summary>Whether the case still burdens its prosecutor.</summary>
    public bool Open { get; }

    public DateTimeOffset Now => State.Now;

    internal IEnumerable<DocumentState> Documents => _rules.Documents?.Checklist(_looking) ?? [];

    /// <summary>How many deadlines were found.</summary>
    public int DeadlineCount => State.Clocks.Count;

    /// <summary>How many findings there are, open and cleared.</summary>
    public int FindingCount => _looking.Findings.Count;

    /// <summary>The running deadline that expires first; null if none runs.</summary>
    internal ClockInstance? Next
    {
        get
        {
            ClockInstance? next = null;
            foreach (var clock in State.Clocks)
            {
                if (clock.RunsAt(Now) && !(next?.Due.ExpiresAt <= clock.Due.ExpiresAt)) next = clock;
            }

            return next;
        }
    }
}

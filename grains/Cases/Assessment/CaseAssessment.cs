using Cluster.Cases.Assignment;
using Cluster.Cases.Rules;
using Cluster.Law;

namespace Cluster.Cases.Assessment;

/// <summary>What follows from a case's history at an instant.</summary>
public sealed class CaseAssessment
{
    private readonly RuleSet _rules;
    private readonly Looking _looking;
    private readonly Looking? _tried;
    private CaseWeight? _weight;

    internal CaseAssessment(CaseState state, RuleSet rules, Looking looking, Looking? tried)
    {
        State = state;
        _rules = rules;
        _looking = looking;
        _tried = tried;
        Stage = Stages.Of(state, looking.Calendar);
        Open = Stages.IsOpen(state, Stage);
        Prosecutor = CaseOwnership.Prosecutor(state);
    }

    internal HolidayCalendar Calendar => _looking.Calendar;

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

    /// <summary>The legal date on which the case ceased to burden its prosecutor; null while it does, or before it was accepted.</summary>
    public DateOnly? ClosedOn => Open || State.Accepted is null || Stages.ClosedAt(State, Calendar) is not { } at ? null : LegalTime.DateOf(at);

    public DateTimeOffset Now => State.Now;

    public string? Name => State.Accepted?.Data["name"].Text;

    public string? Procuratorate => State.Accepted?.Data["procuratorate"].Text;

    public string? Department => State.Accepted?.Data["department"].Text;

    /// <summary>The handling prosecutor; null while unassigned.</summary>
    public string? Prosecutor { get; }

    public DateOnly? AcceptedOn => State.ReceivedOn;

    public DateTimeOffset? AcceptedAt => State.Accepted?.Time;

    /// <summary>Whether anybody is in custody now.</summary>
    public bool Custody => State.InCustodyAt(State.Now);

    /// <summary>Weight of domain.md 8.3.</summary>
    public CaseWeight Weight => _weight ??= CaseWeighing.Weigh(State, Stage);

    /// <summary>What the weight follows from, the stage aside.</summary>
    public WeightInput WeightInput => CaseWeighing.InputOf(State);

    /// <summary>The case that this one continues; null if none.</summary>
    public string? PreviousCase => State.Accepted?.Data["previousCase"].Text;

    /// <summary>Whether a suspect was a minor when the case was received.</summary>
    public bool HasMinor => State.ReceivedOn is { } received && State.Suspects.Exists(s => s.IsMinorOn(received));

    /// <summary>Cases that belong together with this one: the one that it continues, those merged with it and split from it.</summary>
    public IReadOnlyList<string> Linked
    {
        get
        {
            var linked = new List<string>();
            if (PreviousCase is { } previous) linked.Add(previous);
            foreach (var type in (ReadOnlySpan<string>)["case.merged", "case.split"])
            {
                foreach (var e in State.Of(type))
                {
                    if (e.Data["other"].Text is { } other && !linked.Contains(other)) linked.Add(other);
                }
            }

            return linked;
        }
    }

    /// <summary>Professional groups that the case asks for (domain.md 8.2).</summary>
    public IReadOnlyList<string> Needs => Specialties.Of(State, HasMinor);

    /// <summary>Whether a suspect was interrogated.</summary>
    public bool Begun => State.Of("suspect.interrogated").Length > 0;

    /// <summary>Prosecutors recused from this case.</summary>
    public IReadOnlyCollection<string> Recused => [.. CaseOwnership.Recused(State)];

    /// <summary>The organ that sent the case, its suspects and the defenders, for recusal by relation.</summary>
    public IReadOnlyCollection<string> Parties
    {
        get
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            Add(State.Accepted?.Data["sentBy.name"].Text);
            foreach (var suspect in State.Suspects)
            {
                Add(suspect.Entry?["name"].Text);
                Add(suspect.Entry?["defender.name"].Text);
            }

            foreach (var e in State.Of("defender.registered")) Add(e.Data["name"].Text);
            return names;

            void Add(string? name)
            {
                if (!string.IsNullOrWhiteSpace(name)) names.Add(name);
            }
        }
    }

    /// <summary>What was found, for those who keep it.</summary>
    public IEnumerable<FindingView> Views => _looking.Findings.Select((f, i) => new FindingView(
        i, f.Rule.Id, f.Subject, f.Instance, f.Level, f.Rule.Category, f.RaisedAt, f.ClearedAt,
        f.Due?.ExpiresAt, ViolatedAt(f)));

    private static DateTimeOffset? ViolatedAt(Finding finding)
    {
        foreach (var step in finding.Steps)
        {
            if (!AlertStatus.IsWarning(step.Level)) return step.At;
        }

        return null;
    }

    /// <summary>The running deadline that expires first: limit, due date as text, expiry.</summary>
    public (string Limit, string DueOn, DateTimeOffset ExpiresAt)? NextDue =>
        Next is { } next ? (next.Binding.Id, CaseJson.DueText(next.Clock, next.Due), next.Due.ExpiresAt) : null;

    /// <summary>What the rules on trial found, by trial; nothing of it may be shown. A trial that found nothing is listed with nothing.</summary>
    public IReadOnlyList<TrialFindings> Tried => [.. _rules.Tried.Select(r => r.Of.Trial!).Distinct().Select(run => new TrialFindings(
        run,
        [.. _tried!.Findings.Where(f => f.Rule.Trial == run).Select(f => new TrialFinding(f.Rule.Id, f.Subject, f.Instance)).Distinct()]))];

    /// <summary>Rules that could not look at this case.</summary>
    public IReadOnlyList<string> Failed => _looking.Failed ?? [];

    internal IEnumerable<DocumentState> Documents => _rules.Documents.Of(_looking);

    /// <summary>How many deadlines were found.</summary>
    public int DeadlineCount => State.Clocks.Count;

    /// <summary>How many findings there are, open and cleared.</summary>
    public int FindingCount => _looking.Findings.Count;

    /// <summary>The running deadline that expires first, of those that this office must keep and whose end would be reported; null if none runs.</summary>
    internal ClockInstance? Next
    {
        get
        {
            ClockInstance? next = null;
            foreach (var clock in State.Clocks)
            {
                if (clock.RunsAt(Now) && clock.Binding.OwedBy is null && !clock.Unwatched && !(next?.Due.ExpiresAt <= clock.Due.ExpiresAt)) next = clock;
            }

            return next;
        }
    }
}

/// <summary>What a trial found in a case.</summary>
public sealed record TrialFindings(string Run, IReadOnlyList<TrialFinding> Findings);

/// <summary>What a rule on trial found.</summary>
public readonly record struct TrialFinding(string Rule, string Subject, string Instance);

/// <summary>A finding as its keepers see it.</summary>
/// <param name="Index">Its place in the assessment, for <see cref="CaseJson.Finding"/>.</param>
/// <param name="DueAt">When the limit behind it expires; null without one.</param>
/// <param name="ViolatedAt">When it became more than a warning; null while it is one.</param>
public readonly record struct FindingView(
    int Index, string Rule, string Subject, string Instance, string Level, string Category,
    DateTimeOffset RaisedAt, DateTimeOffset? ClearedAt, DateTimeOffset? DueAt, DateTimeOffset? ViolatedAt);

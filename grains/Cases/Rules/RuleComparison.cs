using Cluster.Cases.Assessment;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>
/// Compares what the rules in force find in a case with what those of a draft would, over its whole history. Findings are intervals of legal
/// time, so one look at the present instant gives everything that ever was found. Only the rules concerned look, with those they yield to, and only where something happened that they need.
/// Not for many threads at once.
/// </summary>
public sealed class RuleComparison
{
    private readonly Catalogue _live;
    private readonly Catalogue _supposed;
    private readonly HashSet<string> _concerned;
    private readonly HashSet<string> _looking;
    private readonly HolidayCalendar _calendar;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<(string, Observability), (RuleSet Live, RuleSet Supposed)> _compiled = [];

    /// <param name="procuratorate">Where the draft is to apply, and below; null everywhere.</param>
    public RuleComparison(Catalogue live, OfficeRules draft, string? procuratorate, HolidayCalendar calendar, DateTimeOffset now)
    {
        _live = live.With(live.Published, []);
        _supposed = live.With([.. live.Published, new RulePublication(draft, 0, procuratorate, DateOnly.MinValue, "", now) { Supposed = true }], []);
        _concerned = Yielding.Concerned(draft.Ids, _supposed.Everywhere);
        _looking = Yielding.WithThoseBefore(_concerned, _supposed.Everywhere);
        _calendar = calendar;
        _now = now;
    }

    /// <summary>Offices with rules of their own, if the draft were in force.</summary>
    public IReadOnlySet<string> Scopes => _supposed.Scopes;

    /// <summary>Compares one case and counts what differs.</summary>
    /// <param name="office">What the office of a case reports and under whom it stands; null where the draft does not apply.</param>
    /// <returns>Whether the draft applies to the case.</returns>
    public bool Compare(string caseId, CaseHistory history, Func<string?, Observability?> office, ComparisonTally tally)
    {
        var state = new CaseState(history.CountingAt(_now, out _), _now);
        if (office(state.Accepted?.Data["procuratorate"].Text) is not { } reports) return false;
        var (live, supposed) = Sets(state.CaseType, reports);
        if (!live.MayFind(state) && !supposed.MayFind(state)) return true;
        live.RunClocks(state, _calendar);
        tally.Add(caseId, state, Look(live, state), Look(supposed, state));
        return true;
    }

    private (RuleSet Live, RuleSet Supposed) Sets(string caseType, Observability reports)
    {
        if (_compiled.TryGetValue((caseType, reports), out var known)) return known;
        return _compiled[(caseType, reports)] = (_live.Only(_looking, caseType, reports), _supposed.Only(_looking, caseType, reports));
    }

    private List<Finding> Look(RuleSet rules, CaseState state)
    {
        var found = rules.Look(state, _calendar).Findings;
        // Rules that look only because others yield to them do not count.
        if (_looking.Count > _concerned.Count) found.RemoveAll(f => !_concerned.Contains(f.Rule.Id));
        return found;
    }
}

using System.Globalization;
using Cluster.Cases.Assessment;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>Counts what a comparison of rules found. Tallies of several readers add up.</summary>
public sealed class ComparisonTally
{
    /// <summary>How many differing findings are kept one by one.</summary>
    public const int MostKept = 500;

    private readonly SortedDictionary<string, RuleTally> _rules = new(StringComparer.Ordinal);
    private readonly List<ComparedFinding> _changes = [];

    /// <summary>The rules, by id.</summary>
    public IReadOnlyDictionary<string, RuleTally> Rules => _rules;

    /// <summary>The first findings that differ.</summary>
    public IReadOnlyList<ComparedFinding> Changes => _changes;

    /// <summary>How many differ.</summary>
    public long ChangesTotal { get; private set; }

    /// <param name="rules">Rules to list though they find nothing.</param>
    public ComparisonTally(params IEnumerable<string> rules)
    {
        foreach (var rule in rules) _ = Of(rule);
    }

    /// <summary>Adds what another reader counted.</summary>
    public void Add(ComparisonTally other)
    {
        foreach (var (rule, tally) in other._rules) Of(rule).Add(tally);
        _changes.AddRange(other._changes.Take(MostKept - _changes.Count));
        ChangesTotal += other.ChangesTotal;
    }

    internal void Add(string caseId, CaseState state, List<Finding> live, List<Finding> supposed)
    {
        Count(live, static tally => tally.Live);
        Count(supposed, static tally => tally.Supposed);
        foreach (var finding in supposed)
        {
            var before = live.Find(f => IsSame(f, finding));
            if (before is null)
            {
                Of(finding.Rule.Id).Added++;
                Keep(caseId, state, finding, "added");
            }
            else if (before.Level != finding.Level || before.RaisedAt != finding.RaisedAt || before.ClearedAt != finding.ClearedAt)
            {
                Keep(caseId, state, finding, "changed");
            }
        }

        foreach (var finding in live)
        {
            if (supposed.Exists(f => IsSame(f, finding))) continue;
            Of(finding.Rule.Id).Removed++;
            Keep(caseId, state, finding, "removed");
        }
    }

    private void Count(List<Finding> findings, Func<RuleTally, SideTally> side)
    {
        for (var i = 0; i < findings.Count; i++)
        {
            var finding = findings[i];
            var tally = side(Of(finding.Rule.Id));
            tally.Alerts++;
            tally.Week(LegalTime.DateOf(finding.RaisedAt), 1);
            if (findings.FindIndex(f => f.Rule.Id == finding.Rule.Id) == i) tally.Cases++;
        }
    }

    private void Keep(string caseId, CaseState state, Finding finding, string change)
    {
        ChangesTotal++;
        if (_changes.Count >= MostKept) return;
        var accepted = state.Accepted?.Data;
        _changes.Add(new ComparedFinding(
            caseId, finding.Rule.Id, finding.Subject, change, finding.Level, finding.RaisedAt,
            accepted?["procuratorate"].Text, accepted?["department"].Text, CaseOwnership.Prosecutor(state)));
    }

    private RuleTally Of(string rule)
    {
        if (!_rules.TryGetValue(rule, out var tally)) _rules[rule] = tally = new RuleTally();
        return tally;
    }

    private static bool IsSame(Finding a, Finding b) => a.Rule.Id == b.Rule.Id && a.Subject == b.Subject && a.Instance == b.Instance;
}

/// <summary>One rule in a comparison.</summary>
public sealed class RuleTally
{
    /// <summary>As it is in force.</summary>
    public SideTally Live { get; } = new();

    /// <summary>As the draft has it.</summary>
    public SideTally Supposed { get; } = new();

    /// <summary>Findings that only the draft makes.</summary>
    public long Added { get; internal set; }

    /// <summary>Findings that only the rule in force makes.</summary>
    public long Removed { get; internal set; }

    internal void Add(RuleTally other)
    {
        Live.Add(other.Live);
        Supposed.Add(other.Supposed);
        Added += other.Added;
        Removed += other.Removed;
    }
}

/// <summary>What one version of a rule finds.</summary>
public sealed class SideTally
{
    private readonly SortedDictionary<int, long> _weeks = [];

    public long Alerts { get; internal set; }

    /// <summary>Cases with at least one.</summary>
    public long Cases { get; internal set; }

    /// <summary>Findings by the week in which they were raised, named by ISO 8601 (<c>2018-W09</c>), in order; weeks without one are left out.</summary>
    public IEnumerable<(string Week, long Alerts)> Weeks => _weeks.Select(w => (Name(w.Key), w.Value));

    internal void Week(DateOnly day, long alerts)
    {
        // Day number 0 is a Monday.
        var week = day.DayNumber / 7;
        _weeks[week] = _weeks.GetValueOrDefault(week) + alerts;
    }

    internal void Add(SideTally other)
    {
        Alerts += other.Alerts;
        Cases += other.Cases;
        foreach (var (week, alerts) in other._weeks) _weeks[week] = _weeks.GetValueOrDefault(week) + alerts;
    }

    private static string Name(int week)
    {
        var monday = DateOnly.FromDayNumber(week * 7).ToDateTime(default);
        return string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(monday)}-W{ISOWeek.GetWeekOfYear(monday):00}");
    }
}

/// <summary>A finding on which rules in force and draft differ.</summary>
/// <param name="Change">added, removed or changed.</param>
public sealed record ComparedFinding(
    string Case, string Rule, string Subject, string Change, string Level, DateTimeOffset RaisedAt, string? Procuratorate, string? Department, string? Prosecutor);

using Cluster.Law;

namespace Cluster.Cases.Assignment.Course;

/// <summary>How a prosecutor stood on a roster from an instant on.</summary>
/// <param name="Department">Of which department; an entry of another one ends the stay in this.</param>
public sealed record RosterChange(
    DateTimeOffset At, string Prosecutor, string Department, double Capacity, string Role, bool Qualified, bool OnDuty, IReadOnlyList<RosterAbsence> Absences)
{
    public bool IsAwayOn(DateOnly day) => Absences.Any(a => a.From <= day && !(day > a.Until));

    /// <summary>Whether somebody said why, for a time that ends or not.</summary>
    public bool IsExplainedOn(DateOnly day) => Absences.Any(a => a.From <= day && !(day > a.Until) && !string.IsNullOrWhiteSpace(a.Reason));
}

/// <summary>Who was on the roster of a department when, as recorded.</summary>
public sealed class RosterCourse
{
    private readonly string _department;
    private readonly Dictionary<string, RosterChange[]> _of;
    private readonly Dictionary<string, DateOnly> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<DateOnly, IReadOnlyList<RosterChange>> _duty = [];

    /// <param name="changes">Of everybody who ever was on it, also what was recorded of them elsewhere.</param>
    /// <param name="courses">Of the department's cases. Who carried one before the roster first tells of them was on it then, as it first tells.</param>
    public RosterCourse(string department, IEnumerable<RosterChange> changes, IEnumerable<CaseCourse> courses)
    {
        _department = department;
        _of = changes.GroupBy(c => c.Prosecutor, StringComparer.Ordinal)
            .Where(g => g.Any(c => c.Department == department))
            .ToDictionary(g => g.Key, g => g.OrderBy(c => c.At).ToArray(), StringComparer.Ordinal);
        foreach (var course in courses)
        {
            foreach (var assignment in course.Assignments)
            {
                var day = LegalTime.DateOf(assignment.At);
                if (!_seen.TryGetValue(assignment.Prosecutor, out var first) || day < first) _seen[assignment.Prosecutor] = day;
            }
        }
    }

    public string Department => _department;

    public IEnumerable<KeyValuePair<string, RosterChange[]>> Changes => _of.OrderBy(p => p.Key, StringComparer.Ordinal);

    /// <summary>Who could be given a case at the end of a day, by id: qualified, on duty, not away.</summary>
    public IReadOnlyList<RosterChange> OnDuty(DateOnly day)
    {
        if (_duty.TryGetValue(day, out var known)) return known;
        var end = LegalTime.EndOf(day);
        var found = new List<RosterChange>();
        foreach (var (prosecutor, changes) in _of)
        {
            var at = Array.FindLastIndex(changes, c => c.At < end);
            if (at < 0 && !(_seen.TryGetValue(prosecutor, out var first) && first <= day)) continue;
            var entry = changes[Math.Max(0, at)];
            if (entry.Department == _department && entry is { Qualified: true, OnDuty: true, Capacity: > 0 } && !entry.IsAwayOn(day)) found.Add(entry);
        }

        found.Sort((a, b) => string.CompareOrdinal(a.Prosecutor, b.Prosecutor));
        return _duty[day] = found;
    }
}

using Cluster.Cases.Assignment;
using Cluster.Cases.Assignment.Course;
using Cluster.Cases.Rules;
using Cluster.Law;

namespace Cases.Tests.Assignment.Course;

/// <summary>Cases and rosters as short as a test needs them.</summary>
internal static class Courses
{
    public static DateTimeOffset Day(int day, int hour = 9) => new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.FromHours(8)).AddDays(day - 1).AddHours(hour);

    public static DateOnly Date(int day) => LegalTime.DateOf(Day(day));

    /// <summary>A case accepted and given to somebody on a day.</summary>
    /// <param name="until">The day on which it ends; null while it is open.</param>
    public static CaseCourse Case(
        string id, int day, string prosecutor, string mode = "random", double weight = 2, int? until = null, string? police = null, string[]? lawyers = null, int hour = 9, double waits = 0)
    {
        var at = Day(day, hour);
        var steps = new List<CourseStep> { new(at, null, weight, true), new(at.AddHours(waits), prosecutor, weight, true) };
        if (waits == 0) steps.RemoveAt(0);
        if (until is { } end) steps.Add(new CourseStep(Day(end), prosecutor, weight, false));
        return new CaseCourse(id, "PRO", at, police, lawyers ?? [], [.. steps], [new CourseAssignment(at.AddHours(waits), prosecutor, mode)]);
    }

    public static RosterChange Entry(string prosecutor, int day = -100, string department = "d", double capacity = 1, string role = "prosecutor", bool onDuty = true, params RosterAbsence[] absences) =>
        new(Day(day), prosecutor, department, capacity, role, true, onDuty, absences);

    public static RosterCourse Roster(IReadOnlyCollection<CaseCourse> courses, params RosterChange[] changes) => new("d", changes, courses);

    public static IReadOnlyList<DepartmentFinding> Found(string rule, IReadOnlyCollection<CaseCourse> courses, RosterCourse roster, DateTimeOffset now) =>
        [.. DepartmentRules.Of(Catalogue.Default, Observability.Default, LegalTime.DateOf(now)).Look(courses, roster, now).Where(f => f.Rule == rule)];
}

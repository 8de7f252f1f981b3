using Cluster.Law;

namespace Cluster.Cases.Assignment.Course;

/// <summary>How even loads were at the end of a stretch of days, and how cases were given in it.</summary>
/// <param name="From">First day.</param>
/// <param name="Until">Last day; loads are of its end.</param>
/// <param name="People">On duty then.</param>
/// <param name="Given">How cases were given on these days.</param>
public sealed record FairnessPoint(DateOnly From, DateOnly Until, int People, double Cv, double Gini, double MaxOverMean, int Waiting, GivenCases Given);

/// <summary>How cases were given in a time.</summary>
/// <param name="Assigned">Given for the first time.</param>
/// <param name="Designated">Of these, by people instead of a draw.</param>
/// <param name="Reassigned">How often a case was taken from one and given to another.</param>
/// <param name="MedianWait">Hours from acceptance to the first assignment; null where none was given.</param>
/// <param name="P90Wait">The same, of nine in ten no more (nearest rank).</param>
/// <param name="DesignatedShare">Of those assigned; null of too few to say.</param>
/// <param name="ReassignedShare">Of all times a case was given to somebody; null of too few to say.</param>
public sealed record GivenCases(int Assigned, int Designated, int Reassigned, double? MedianWait, double? P90Wait, double? DesignatedShare, double? ReassignedShare)
{
    public static GivenCases Of(IEnumerable<CaseCourse> courses, DateTimeOffset from, DateTimeOffset until, FairnessTable by)
    {
        var (designated, reassigned) = (0, 0);
        var waits = new List<double>();
        foreach (var course in courses)
        {
            for (var i = 0; i < course.Assignments.Length; i++)
            {
                var given = course.Assignments[i];
                if (given.At < from || given.At >= until) continue;
                if (i > 0)
                {
                    reassigned++;
                    continue;
                }

                if (given.Mode == CourseAssignment.Designated) designated++;
                waits.Add(Math.Max(0, (given.At - course.AcceptedAt).TotalHours));
            }
        }

        waits.Sort();
        return new GivenCases(
            waits.Count, designated, reassigned, Rank(waits, 0.5), Rank(waits, 0.9),
            waits.Count < by.ShareOf ? null : Math.Round((double)designated / waits.Count, 4),
            waits.Count + reassigned < by.ShareOf ? null : Math.Round((double)reassigned / (waits.Count + reassigned), 4));
    }

    private static double? Rank(List<double> sorted, double share) =>
        sorted.Count == 0 ? null : Math.Round(sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)], 2);
}

/// <summary>Fairness over time, from what is recorded of each case and of the roster.</summary>
public static class FairnessTrend
{
    /// <param name="days">Days to a point; the last point may have fewer.</param>
    public static IReadOnlyList<FairnessPoint> Of(
        IReadOnlyCollection<CaseCourse> courses, RosterCourse roster, DateOnly from, DateOnly until, int days, DateTimeOffset now, FairnessTable by)
    {
        var points = new List<FairnessPoint>();
        // By the day on which anything of them was given, so that a year of points reads each case once.
        var given = new Dictionary<int, HashSet<CaseCourse>>();
        foreach (var course in courses)
        {
            foreach (var assignment in course.Assignments)
            {
                var point = (LegalTime.DateOf(assignment.At).DayNumber - from.DayNumber) / days;
                if (!given.TryGetValue(point, out var some)) given[point] = some = new HashSet<CaseCourse>(ReferenceEqualityComparer.Instance);
                some.Add(course);
            }
        }

        var last = LegalTime.DateOf(now);
        foreach (var loads in DayLoads.Of(courses, roster, from, until, now))
        {
            var offset = loads.Day.DayNumber - from.DayNumber;
            if (offset % days != days - 1 && loads.Day != until && loads.Day != last) continue;
            var first = from.AddDays(offset / days * days);
            var fairness = loads.People.Count == 0 ? new Fairness(0, 0, 1) : Fairness.Of([.. loads.People.Select(p => p.Load)]);
            points.Add(new FairnessPoint(
                first, loads.Day, loads.People.Count, Math.Round(fairness.Cv, 4), Math.Round(fairness.Gini, 4), Math.Round(fairness.MaxOverMean, 4), loads.Waiting,
                GivenCases.Of(given.GetValueOrDefault(offset / days) ?? [], LegalTime.StartOf(first), LegalTime.EndOf(loads.Day), by)));
        }

        return points;
    }
}

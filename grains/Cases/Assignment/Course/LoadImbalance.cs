using System.Globalization;
using Cluster.Cases.Rules;
using Cluster.Law;

namespace Cluster.Cases.Assignment.Course;

/// <summary>The loads of the people of a department lie too far apart, day after day (FA-006).</summary>
internal static class LoadImbalance
{
    public static IReadOnlyList<DepartmentFinding> Look(Rule rule, DepartmentTemplate by, IReadOnlyCollection<CaseCourse> courses, RosterCourse roster, DateTimeOffset now)
    {
        if (courses.Count == 0) return [];
        var first = LegalTime.DateOf(courses.Min(c => c.AcceptedAt));
        // Of finished days only: what a morning brings an afternoon may put right.
        var last = LegalTime.DateOf(now).AddDays(-1);
        var episodes = new Episodes(rule, "department");
        var running = 0;
        foreach (var day in DayLoads.Of(courses, roster, first, last, now))
        {
            var end = LegalTime.EndOf(day.Day);
            if (Measure(day, roster, by) is not { } measured)
            {
                running = 0;
                episodes.Right(end);
            }
            else if (++running >= by.Of("days"))
            {
                episodes.Wrong(end, measured);
            }
        }

        return episodes.End();
    }

    private static Measured? Measure(DayLoads day, RosterCourse roster, DepartmentTemplate by)
    {
        var settled = roster.OnDuty(day.Day.AddDays(-(int)by.Of("settled"))).Select(p => p.Prosecutor).ToHashSet(StringComparer.Ordinal);
        var people = day.People.Where(p => settled.Contains(p.Prosecutor)).ToList();
        if (people.Count < by.Of("people")) return null;
        var mean = people.Average(p => p.Load);
        var (most, least) = (people.MaxBy(p => p.Load), people.MinBy(p => p.Load));
        var spread = mean <= 0 ? 0 : (most.Load - least.Load) / mean;
        // One case that goes from the one to the other takes its load twice from what lies between them: a gap that this alone could close is how cases fell, no imbalance.
        if (mean < by.Of("least") || spread <= by.Of("above") || most.Load - least.Load <= 2 * most.Heaviest) return null;
        var text = CultureInfo.InvariantCulture;
        return new Measured(
            new LocalizedText(
                string.Create(text, $"在岗 {people.Count} 人的负荷相差 {most.Load - least.Load:0.0}，为平均值 {mean:0.0} 的 {spread:0.00} 倍，高于 {by.Of("above"):0.##} 倍"),
                string.Create(text, $"The loads of {people.Count} people on duty are {most.Load - least.Load:0.0} apart, {spread:0.00} times their mean of {mean:0.0}; the bound is {by.Of("above"):0.##}")),
            [],
            new Dictionary<string, double>
            {
                ["most"] = Math.Round(most.Load, 4), ["least"] = Math.Round(least.Load, 4), ["mean"] = Math.Round(mean, 4),
                ["spread"] = Math.Round(spread, 4), ["above"] = by.Of("above"), ["people"] = people.Count,
            });
    }
}

using System.Globalization;
using Cluster.Cases.Rules;
using Cluster.Law;

namespace Cluster.Cases.Assignment.Course;

/// <summary>
/// The leaders (院领导) of a department were given fewer cases than the share that the office set for them, their capacity, calls for (FA-008). What calls for
/// how many is counted case by case by who was on duty on the day, so that a leader who was away owes nothing for it.
/// </summary>
internal static class LeadersShare
{
    private const string Leader = "leader";

    public static IReadOnlyList<DepartmentFinding> Look(Rule rule, DepartmentTemplate by, IEnumerable<CaseCourse> courses, RosterCourse roster, DateTimeOffset now)
    {
        var days = (int)by.Of("days");
        var leaders = roster.Changes.SelectMany(p => p.Value).Where(c => c.Role == Leader).Select(c => c.Prosecutor).ToHashSet(StringComparer.Ordinal);
        var given = courses.Where(c => c.First is { } first && first.At <= now).GroupBy(c => LegalTime.DateOf(c.First!.At)).OrderBy(g => g.Key).ToArray();
        if (leaders.Count == 0 || given.Length == 0) return [];
        var episodes = new Episodes(rule, "department");
        var window = new Queue<(DateOnly Day, string[] Cases, double Expected)>();
        var next = 0;
        // A day counts when it is over.
        for (var day = given[0].Key; LegalTime.EndOf(day) <= now; day = day.AddDays(1))
        {
            while (window.TryPeek(out var old) && old.Day <= day.AddDays(-days)) window.Dequeue();
            if (next < given.Length && given[next].Key == day) window.Enqueue(Count(given[next++]));
            Judge(LegalTime.EndOf(day));
        }

        return episodes.End();

        (DateOnly, string[], double) Count(IGrouping<DateOnly, CaseCourse> of)
        {
            var duty = roster.OnDuty(of.Key);
            var all = duty.Sum(p => p.Capacity);
            var share = all > 0 ? duty.Where(p => p.Role == Leader).Sum(p => p.Capacity) / all : 0;
            var own = duty.Where(p => p.Role == Leader).Select(p => p.Prosecutor).ToHashSet(StringComparer.Ordinal);
            return (of.Key, [.. of.Where(c => own.Contains(c.First!.Prosecutor)).Select(c => c.Case)], of.Count() * share);
        }

        void Judge(DateTimeOffset at)
        {
            var expected = window.Sum(d => d.Expected);
            var cases = window.SelectMany(d => d.Cases).ToList();
            if (expected < by.Of("least") || cases.Count >= by.Of("below") * expected) episodes.Right(at);
            else if (episodes.IsOpen || Chance.PoissonAtMost(cases.Count, expected) < by.Of("chance")) episodes.Wrong(at, Measure(cases, expected));
        }

        Measured Measure(IReadOnlyList<string> cases, double expected) => new(
            new LocalizedText(
                string.Create(CultureInfo.InvariantCulture, $"{days} 日内院领导分得 {cases.Count} 件，按其设定的工作量应约为 {expected:0.0} 件"),
                string.Create(CultureInfo.InvariantCulture, $"Leaders were given {cases.Count} cases in {days} days; the share set for them calls for about {expected:0.0}")),
            cases,
            new Dictionary<string, double> { ["given"] = cases.Count, ["expected"] = Math.Round(expected, 2), ["below"] = by.Of("below"), ["days"] = days });
    }
}

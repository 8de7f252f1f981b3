using Cluster.Cases.Rules;
using Cluster.Law;

namespace Cluster.Cases.Assignment.Course;

/// <summary>Somebody was taken out of the rotation, or is away, and the roster gives no reason and time for it (FA-005).</summary>
internal static class TakenOut
{
    public static IEnumerable<DepartmentFinding> Look(Rule rule, RosterCourse roster, DateTimeOffset now) =>
        roster.Changes.SelectMany(p => Look(rule, p.Key, p.Value, roster.Department, now));

    private static IReadOnlyList<DepartmentFinding> Look(Rule rule, string prosecutor, RosterChange[] changes, string department, DateTimeOffset now)
    {
        var episodes = new Episodes(rule, prosecutor);
        // Who never took part was not taken out.
        var takesPart = false;
        for (var i = 0; i < changes.Length && changes[i].At <= now; i++)
        {
            var change = changes[i];
            var until = i + 1 < changes.Length && changes[i + 1].At <= now ? changes[i + 1].At : now;
            takesPart = change.Department == department && change.Qualified && (takesPart || change.OnDuty);
            foreach (var at in Instants(change, until))
            {
                var day = LegalTime.DateOf(at);
                if (takesPart && (!change.OnDuty || change.IsAwayOn(day)) && !change.IsExplainedOn(day)) episodes.Wrong(at, Measure(change));
                else episodes.Right(at);
            }
        }

        return episodes.End();
    }

    /// <summary>When it may become otherwise by the roster's entry alone.</summary>
    private static IEnumerable<DateTimeOffset> Instants(RosterChange change, DateTimeOffset until) => change.Absences
        .SelectMany(a => a.Until is { } end ? new[] { LegalTime.StartOf(a.From), LegalTime.EndOf(end) } : [LegalTime.StartOf(a.From)])
        .Where(at => at > change.At && at <= until).Prepend(change.At).Distinct().Order();

    private static Measured Measure(RosterChange change) => new(
        change.OnDuty
            ? new LocalizedText("请假未写明事由", "Away, and the roster says no reason")
            : new LocalizedText("退出轮案，未写明事由和起止时间", "Taken out of the rotation without a reason and a time"),
        [],
        new Dictionary<string, double>());
}

using Cluster.Law;

namespace Cluster.Cases.Assignment.Course;

/// <summary>What everybody on duty carried at the end of a day, or now on the day that is not over.</summary>
/// <param name="Waiting">Open cases that nobody had.</param>
public sealed record DayLoads(DateOnly Day, IReadOnlyList<DayLoad> People, int Waiting)
{
    /// <summary>The loads of every day of a span, from what is recorded of each case.</summary>
    public static IEnumerable<DayLoads> Of(IReadOnlyCollection<CaseCourse> courses, RosterCourse roster, DateOnly from, DateOnly until, DateTimeOffset now)
    {
        var changes = new List<Change>();
        foreach (var course in courses)
        {
            for (var i = 0; i < course.Steps.Length; i++)
            {
                if (i > 0 && course.Steps[i - 1].Open) changes.Add(new Change(course.Steps[i].At, course.Case, course.Steps[i - 1], -1));
                if (course.Steps[i].Open) changes.Add(new Change(course.Steps[i].At, course.Case, course.Steps[i], 1));
            }
        }

        changes.Sort(static (a, b) => a.At.CompareTo(b.At) is var byTime && byTime != 0 ? byTime : a.Sign.CompareTo(b.Sign));
        // Decimal: what is added and taken away again leaves nothing behind.
        var weights = new Dictionary<string, decimal>(StringComparer.Ordinal);
        var carried = new Dictionary<string, Dictionary<string, double>>(StringComparer.Ordinal);
        var waiting = 0;
        var next = 0;
        for (var day = from; day <= until && LegalTime.StartOf(day) <= now; day = day.AddDays(1))
        {
            var end = LegalTime.EndOf(day);
            for (; next < changes.Count && changes[next].At < end; next++)
            {
                var (_, caseId, step, sign) = changes[next];
                if (step.Prosecutor is not { } who)
                {
                    waiting += sign;
                    continue;
                }

                weights[who] = weights.GetValueOrDefault(who) + (sign * (decimal)step.Weight);
                if (!carried.TryGetValue(who, out var own)) carried[who] = own = new Dictionary<string, double>(StringComparer.Ordinal);
                if (sign > 0) own[caseId] = step.Weight;
                else own.Remove(caseId);
            }

            yield return new DayLoads(
                day,
                [.. roster.OnDuty(day).Select(p => new DayLoad(
                    p.Prosecutor, (double)weights.GetValueOrDefault(p.Prosecutor) / p.Capacity,
                    carried.TryGetValue(p.Prosecutor, out var own) && own.Count > 0 ? own.Values.Max() / p.Capacity : 0))],
                waiting);
        }
    }

    private readonly record struct Change(DateTimeOffset At, string Case, CourseStep Step, int Sign);
}

/// <summary>What one carried.</summary>
/// <param name="Load">Open weight ÷ capacity.</param>
/// <param name="Heaviest">The same of their heaviest case alone.</param>
public readonly record struct DayLoad(string Prosecutor, double Load, double Heaviest);

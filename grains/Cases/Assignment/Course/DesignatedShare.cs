using System.Globalization;
using Cluster.Cases.Rules;
using Cluster.Law;

namespace Cluster.Cases.Assignment.Course;

/// <summary>Too large a share of the cases of the last days was designated (指定) instead of drawn (FA-002).</summary>
internal static class DesignatedShare
{
    public static IReadOnlyList<DepartmentFinding> Look(Rule rule, DepartmentTemplate by, IEnumerable<CaseCourse> courses, DateTimeOffset now)
    {
        var days = (int)by.Of("days");
        var given = courses.Where(c => c.First is { } first && first.At <= now).OrderBy(c => c.First!.At).ThenBy(c => c.Case, StringComparer.Ordinal).ToArray();
        var episodes = new Episodes(rule, "department");
        if (given.Length == 0) return [];
        var window = new Queue<CaseCourse>();
        var designated = 0;
        var next = 0;
        for (var day = LegalTime.DateOf(given[0].First!.At); LegalTime.StartOf(day) <= now; day = day.AddDays(1))
        {
            var begin = LegalTime.StartOf(day.AddDays(1 - days));
            var left = window.Count;
            while (window.TryPeek(out var old) && old.First!.At < begin)
            {
                if (IsDesignated(window.Dequeue())) designated--;
            }

            if (window.Count != left) Judge(LegalTime.StartOf(day));
            for (; next < given.Length && given[next].First!.At < LegalTime.EndOf(day); next++)
            {
                window.Enqueue(given[next]);
                if (IsDesignated(given[next])) designated++;
                // What came together is judged together.
                if (next + 1 == given.Length || given[next + 1].First!.At != given[next].First!.At) Judge(given[next].First!.At);
            }
        }

        return episodes.End();

        void Judge(DateTimeOffset at)
        {
            var share = window.Count == 0 ? 0 : (double)designated / window.Count;
            var enough = window.Count >= by.Of("least") && share > by.Of("above");
            // Once raised it lasts until the share itself is in order: it must not come and go with every case.
            if (!enough) episodes.Right(at);
            else if (episodes.IsOpen || Chance.BinomialAtLeast(designated, window.Count, by.Of("above")) < by.Of("chance")) episodes.Wrong(at, Measure(share));
        }

        Measured Measure(double share)
        {
            var (percent, bound) = (share.ToString("P0", CultureInfo.InvariantCulture), by.Of("above").ToString("P0", CultureInfo.InvariantCulture));
            return new Measured(
                new LocalizedText(
                    $"{days} 日内分案 {window.Count} 件，其中指定 {designated} 件（{percent}），高于 {bound}",
                    $"{designated} of {window.Count} cases of the last {days} days were designated ({percent}), above {bound}"),
                [.. window.Where(IsDesignated).Select(c => c.Case)],
                new Dictionary<string, double> { ["assigned"] = window.Count, ["designated"] = designated, ["share"] = Math.Round(share, 4), ["above"] = by.Of("above"), ["days"] = days });
        }
    }

    private static bool IsDesignated(CaseCourse course) => course.First!.Mode == CourseAssignment.Designated;
}

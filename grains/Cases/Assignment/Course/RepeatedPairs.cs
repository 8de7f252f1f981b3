namespace Cluster.Cases.Assignment.Course;

/// <summary>A handler and a lawyer, or a police unit, who met more often than chance.</summary>
/// <param name="Kind">lawyer or police.</param>
/// <param name="Count">Cases in which they met.</param>
/// <param name="Expected">As many as if the handler's cases were spread without regard to whose they are.</param>
/// <param name="Chance">How often chance alone would make them meet so often.</param>
/// <param name="Cases">Those in which they met.</param>
public sealed record RepeatedPair(string Kind, string Prosecutor, string Other, int Count, double Expected, double Chance, IReadOnlyList<string> Cases);

/// <summary>Looks for pairs clearly above chance among the cases first given in a period.</summary>
public static class RepeatedPairs
{
    public const string Lawyer = "lawyer", Police = "police";

    /// <summary>
    /// Each pair is tested alone: of N cases given in the period the handler has K, the other one n, and they met in k. Were the handler's K any K of the N, k or
    /// more would come with the probability of Fisher's exact test (one side). Cases that followed another one to its handler by law are left out: they
    /// would count one meeting twice. Who handles a case is who had it at the end of the period.
    /// </summary>
    public static IReadOnlyList<RepeatedPair> Of(IEnumerable<CaseCourse> courses, DateTimeOffset from, DateTimeOffset until, FairnessTable by)
    {
        var given = courses
            .Where(c => c.First is { } first && first.At >= from && first.At < until && first.Mode != CourseAssignment.Linked)
            .Select(c => (Course: c, Handler: c.Assignments.Last(a => a.At < until).Prosecutor)).ToList();
        var found = new List<RepeatedPair>();
        Look(Lawyer, c => c.Lawyers);
        Look(Police, c => c.PoliceUnit is { } unit ? [unit] : []);
        return [.. found.OrderBy(p => p.Kind, StringComparer.Ordinal).ThenBy(p => p.Prosecutor, StringComparer.Ordinal).ThenBy(p => p.Other, StringComparer.Ordinal)];

        void Look(string kind, Func<CaseCourse, string[]> others)
        {
            var known = given.Where(g => others(g.Course).Length > 0).ToList();
            var handlers = known.GroupBy(g => g.Handler, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
            // Who has fewer cases in all than make a pair cannot make one, and is not counted among those looked at.
            var met = known.SelectMany(g => others(g.Course).Select(o => (Other: o, g.Handler, g.Course.Case)))
                .GroupBy(m => m.Other, StringComparer.Ordinal).Where(g => g.Count() >= by.Pairs.Least).ToList();
            var tests = met.Count * handlers.Count;
            foreach (var other in met)
            {
                foreach (var pair in other.GroupBy(m => m.Handler, StringComparer.Ordinal))
                {
                    var expected = (double)other.Count() * handlers[pair.Key] / known.Count;
                    if (pair.Count() < by.Pairs.Least || pair.Count() < by.Pairs.Times * expected) continue;
                    var chance = Chance.HypergeometricAtLeast(pair.Count(), other.Count(), handlers[pair.Key], known.Count);
                    if (chance * tests >= by.Pairs.Chance) continue;
                    found.Add(new RepeatedPair(kind, pair.Key, other.Key, pair.Count(), Math.Round(expected, 2), chance, [.. pair.Select(m => m.Case).Order(StringComparer.Ordinal)]));
                }
            }
        }
    }
}

using Cluster.Cases.Rules;

namespace Cluster.Cases.Assignment.Course;

/// <summary>The rules that look at a department and a period, as they are in force in an office.</summary>
public sealed class DepartmentRules
{
    private readonly Rule[] _rules;

    private DepartmentRules(Rule[] rules) => _rules = rules;

    /// <param name="reports">Whose rules: its own and those of the offices above.</param>
    /// <param name="today">The whole record is judged by what is in force on this day.</param>
    public static DepartmentRules Of(Catalogue catalogue, Observability reports, DateOnly today) =>
        new([.. catalogue.InScope(reports.IsWithin).Where(r => r.Template is DepartmentTemplate && r.InForceOn(today)).OrderBy(r => r.Id, StringComparer.Ordinal)]);

    /// <summary>Everything found up to an instant, open and cleared, the newest first.</summary>
    public IReadOnlyList<DepartmentFinding> Look(IReadOnlyCollection<CaseCourse> courses, RosterCourse roster, DateTimeOffset now)
    {
        var found = new List<DepartmentFinding>();
        foreach (var rule in _rules)
        {
            var template = (DepartmentTemplate)rule.Template;
            found.AddRange(template.Measure switch
            {
                "designated" => DesignatedShare.Look(rule, template, courses, now),
                "imbalance" => LoadImbalance.Look(rule, template, courses, roster, now),
                "leaders" => LeadersShare.Look(rule, template, courses, roster, now),
                _ => TakenOut.Look(rule, roster, now),
            });
        }

        found.Sort((a, b) => b.RaisedAt.CompareTo(a.RaisedAt) is var byTime && byTime != 0 ? byTime : string.CompareOrdinal(a.Rule + a.Subject, b.Rule + b.Subject));
        return found;
    }
}

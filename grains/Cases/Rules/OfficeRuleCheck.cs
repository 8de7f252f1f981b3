using System.Text.RegularExpressions;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>
/// What must hold of a rule that an office writes, beyond its shape. Rules refer to limits of the law, and those to events and to clocks that
/// ran before; how rules refer to rules is bounded by <see cref="Yielding"/>.
/// </summary>
internal static partial class OfficeRuleCheck
{
    // A finding has room for four warnings and the violation.
    private const int MostLeads = 4;
    private const string FirstYear = "1979", LastYear = "2100";
    private const int LongestName = 100;
    private const int LongestBasis = 300;

    public static void Check(Yaml yaml, Rule rule, Catalogue catalogue, List<CatalogueError> errors)
    {
        void Wrong(Yaml at, string reason) => errors.Add(new CatalogueError(at.File, at.Line, reason));

        if (!Id().IsMatch(rule.Id)) Wrong(yaml.Need("id"), $"'{rule.Id}' is no id of a rule: one to eight capital letters, a dash and three digits, as in XF-001");
        if (rule.Id == Catalogue.Unaccepted) Wrong(yaml.Need("id"), $"{rule.Id} cannot be changed");
        if (IsLong(rule.Name.Zh, LongestName) || IsLong(rule.Name.En, LongestName)) Wrong(yaml.Need("name"), $"a name has 1 to {LongestName} characters");
        if (IsLong(rule.Category, LongestName)) Wrong(yaml.Need("category"), $"a category has 1 to {LongestName} characters");
        if (IsLong(rule.Basis, LongestBasis)) Wrong(yaml.Need("basis"), $"a basis has 1 to {LongestBasis} characters");
        else if (Instruments.Problem(rule.Basis) is { } problem) Wrong(yaml.Need("basis"), problem);
        foreach (var key in (string[])["from", "until"])
        {
            if (yaml.Get(key) is { } date && (string.CompareOrdinal(date.Text, 0, FirstYear, 0, 4) < 0 || string.CompareOrdinal(date.Text, 0, LastYear, 0, 4) > 0)) Wrong(date, $"a date from {FirstYear} to {LastYear} expected, not '{date.Text}'");
        }

        if (rule.EffectiveUntil < rule.EffectiveFrom) Wrong(yaml.Need("until"), "the rule ends before it begins");
        if (rule.Leads.Length > MostLeads) Wrong(yaml.Need("leads"), $"at most {MostLeads} leads");
        for (var i = 1; i < rule.Leads.Length; i++)
        {
            if (Hours(rule.Leads[i]) >= Hours(rule.Leads[i - 1])) Wrong(yaml.Need("leads"), $"leads fall: {rule.Leads[i]} is not shorter than {rule.Leads[i - 1]}");
        }

        if (rule.Template.LooksAtCases)
        {
            if (rule.Fires.Length == 0) Wrong(yaml, $"{rule.Id} needs an example on which it fires");
            if (rule.Silent.Length == 0) Wrong(yaml, $"{rule.Id} needs an example on which it is silent");
        }

        errors.AddRange(RuleNames.Check(yaml, catalogue));
    }

    private static bool IsLong(string text, int most) => string.IsNullOrWhiteSpace(text) || text.Length > most;

    /// <summary>How leads of different units compare: near enough to tell that a week is longer than three working days.</summary>
    private static double Hours(Period period) => period.Amount * period.Unit switch
    {
        PeriodUnit.Hours => 1d,
        PeriodUnit.Days => 24,
        PeriodUnit.WorkingDays => 24 * 1.4,
        PeriodUnit.Months => 24 * 30,
        _ => 24 * 365,
    };

    [GeneratedRegex("^[A-Z]{1,8}-[0-9]{3}$")]
    private static partial Regex Id();
}

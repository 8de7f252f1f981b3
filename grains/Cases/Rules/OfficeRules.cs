using System.Text;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>Rules written by an office: read from YAML, checked whole, never changed.</summary>
public sealed class OfficeRules
{
    /// <summary>Bytes of UTF-8 a file may have.</summary>
    public const int MostBytes = 1 << 20;

    private const int MostRules = 1_000;
    private const int MostErrors = 50;
    private const string FileName = "rules.yaml";

    private OfficeRules(string yaml, Rule[] rules)
    {
        Yaml = yaml;
        Rules = rules;
    }

    /// <summary>The file as written.</summary>
    public string Yaml { get; }

    /// <summary>Their ids, in the order of the file.</summary>
    public IReadOnlyList<string> Ids => [.. Rules.Select(r => r.Id)];

    internal IReadOnlyList<Rule> Rules { get; }

    /// <summary>Reads a file and runs its examples.</summary>
    /// <param name="catalogue">The catalogue it is to join.</param>
    /// <exception cref="CatalogueException">The file is wrong, with every place found; nothing of it is used.</exception>
    public static OfficeRules Read(string yaml, Catalogue catalogue, HolidayCalendar? calendar = null)
    {
        var rules = Parse(yaml, catalogue, check: true);
        var errors = new List<CatalogueError>();
        var run = new ExampleRun(rules, catalogue, calendar ?? HolidayCalendar.Default);
        foreach (var rule in rules.Rules)
        {
            foreach (var (line, reason) in run.Failures(rule))
            {
                if (errors.Count < MostErrors) errors.Add(new CatalogueError(FileName, line, reason));
            }
        }

        return errors.Count == 0 ? rules : throw new CatalogueException(errors);
    }

    /// <summary>Reads back a file that was checked when it was drafted, without running its examples again.</summary>
    /// <exception cref="CatalogueException">This version of the program cannot read it any more.</exception>
    public static OfficeRules Restore(string yaml, Catalogue catalogue) => Parse(yaml, catalogue, check: false);

    /// <summary>The last day of a rule that ends before it would begin under an effective date; null if all begin.</summary>
    public string? EndsBefore(DateOnly effectiveFrom) => Rules.FirstOrDefault(r => r.EffectiveUntil < effectiveFrom)?.Id;

    private static OfficeRules Parse(string yaml, Catalogue catalogue, bool check)
    {
        if (Encoding.UTF8.GetByteCount(yaml) > MostBytes) throw new CatalogueException(FileName, 1, "a file has at most 1 MiB");
        if (yaml.IndexOf('\t', StringComparison.Ordinal) is >= 0 and var tab) throw new CatalogueException(FileName, 1 + yaml.AsSpan(0, tab).Count('\n'), "a tab; indent with spaces");
        var file = Cluster.Cases.Rules.Yaml.LoadForeign(FileName, yaml);
        if (!file.IsList) throw file.Wrong("a list of rules expected: each begins with '- id:'");
        var items = file.Items.ToArray();
        if (items.Length is 0 or > MostRules) throw file.Wrong($"1 to {MostRules} rules expected");

        var texts = new RuleTexts(yaml, items);
        var errors = new List<CatalogueError>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var rules = new List<Rule>(items.Length);
        for (var i = 0; i < items.Length && errors.Count < MostErrors; i++)
        {
            try
            {
                var rule = catalogue.Reader.ReadRule(items[i]) with { Yaml = texts.Of(i) };
                if (!ids.Add(rule.Id)) throw items[i].Need("id").Wrong($"rule '{rule.Id}' is defined twice");
                if (check) OfficeRuleCheck.Check(items[i], rule, catalogue, errors);
                rules.Add(rule);
            }
            catch (CatalogueException e)
            {
                errors.AddRange(e.Errors);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                errors.Add(new CatalogueError(FileName, items[i].Line, e is FormatException ? $"the rule cannot be read: {e.Message}" : "the rule cannot be read: a part of it is not of the kind expected there"));
            }
        }

        if (check && errors.Count == 0) errors.AddRange(Yielding.Check(rules, catalogue, FileName));
        return errors.Count == 0 ? new OfficeRules(yaml, [.. rules]) : throw new CatalogueException([.. errors.OrderBy(e => e.Line).Take(MostErrors)]);
    }
}

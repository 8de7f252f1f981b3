using System.Collections.Frozen;

namespace Cluster.Cases.Rules;

/// <summary><c>department</c>: a department and a period decide it, not a case; how it is measured, and the thresholds.</summary>
internal sealed class DepartmentTemplate(string measure, IReadOnlyDictionary<string, double> thresholds) : IRuleTemplate
{
    private static readonly FrozenDictionary<string, string[]> Measures = new Dictionary<string, string[]>
    {
        ["designated"] = ["days", "above", "least", "chance"],
        ["taken-out"] = [],
        ["imbalance"] = ["above", "days", "settled", "people", "least"],
        ["leaders"] = ["days", "below", "least", "chance"],
    }.ToFrozenDictionary();

    public string Measure => measure;

    public bool LooksAtCases => false;

    public IEnumerable<Trigger> Evidence => [];

    public static DepartmentTemplate Read(Yaml yaml)
    {
        var measure = yaml.Need("measure");
        if (!Measures.TryGetValue(measure.Text, out var names)) throw measure.Wrong($"measure is one of {string.Join(", ", Measures.Keys.Order(StringComparer.Ordinal))}");
        yaml.Only(["measure", .. names]);
        return new DepartmentTemplate(measure.Text, names.ToDictionary(n => n, n => Threshold(n, yaml.Need(n)), StringComparer.Ordinal));
    }

    public double Of(string threshold) => thresholds[threshold];

    public EventSet Grounds(Catalogue catalogue) => default;

    public void Look(Rule rule, Looking at)
    {
    }

    private static double Threshold(string name, Yaml yaml)
    {
        var value = PredicateReader.NumberOf(yaml);
        var (least, most, whole) = name switch
        {
            "days" => (1, 366, true),
            "settled" => (0, 366, true),
            "people" => (2, 100, true),
            "chance" => (0, 1, false),
            _ => (0d, 1000, false),
        };
        return value >= least && value <= most && (!whole || value == Math.Floor(value)) ? value : throw yaml.Wrong($"{name} is a {(whole ? "whole " : "")}number from {least} to {most}");
    }
}

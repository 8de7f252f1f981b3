using Cluster.Cases.Assessment;
using Cluster.Cases.Events;

namespace Cluster.Cases.Rules;

/// <summary>What makes a clock start or stop, or a rule look: an event of a type, under a condition.</summary>
internal sealed class Trigger
{
    private Trigger()
    {
    }

    public required string Type { get; init; }

    public required int Ordinal { get; init; }

    /// <summary>The code a <c>step.recorded</c> must carry; null for other types.</summary>
    public string? Step { get; init; }

    /// <summary>Kinds of coercive measure whose beginning it is, wherever it was told; null for an event.</summary>
    public string[]? Measures { get; init; }

    public Predicate? When { get; init; }

    /// <summary>The field that dates it; null is the event's own instant.</summary>
    public string? DateField { get; init; }

    /// <summary>Counts only once it covers every suspect (decisions name those they decide on).</summary>
    public bool Cover { get; init; }

    /// <summary>Ends a clock without meeting it: there is nothing left to do in time.</summary>
    public bool Stops { get; init; }

    /// <summary>The system writes it itself, so it counts as reported everywhere.</summary>
    public bool Own { get; init; }

    public static Trigger[] ReadList(Yaml? yaml) => yaml is { } y ? [.. y.OneOrMore.SelectMany(Read)] : [];

    /// <summary>A trigger is a type, a list of types, or a mapping with conditions.</summary>
    public static IEnumerable<Trigger> Read(Yaml yaml)
    {
        if (yaml.IsScalar)
        {
            yield return new Trigger { Type = KnownType(yaml), Ordinal = CaseState.OrdinalOf(yaml.Text) };
            yield break;
        }

        yaml.Only("on", "step", "measure", "when", "date", "cover", "stops", "own");
        var step = yaml.TextOf("step");
        if (step is not null && !StepCodes.Contains(step)) throw yaml.Need("step").Wrong($"unknown step '{step}'");
        var measures = yaml.Get("measure") is { } kinds ? kinds.OneOrMore.Select(k => k.Text).ToArray() : null;
        var types = measures is not null ? ["measure.taken"] : step is null ? yaml.Need("on").OneOrMore.Select(KnownType) : ["step.recorded"];
        foreach (var type in types)
        {
            yield return new Trigger
            {
                Type = type,
                Ordinal = CaseState.OrdinalOf(type),
                Step = step,
                Measures = measures,
                When = PredicateReader.ReadOptional(yaml.Get("when")),
                DateField = yaml.TextOf("date") is { } field ? string.Intern(field) : null,
                Cover = yaml.Get("cover")?.True ?? false,
                Stops = yaml.Get("stops")?.True ?? false,
                Own = yaml.Get("own")?.True ?? false,
            };
        }
    }

    /// <summary>A document of one of these names was issued, also as the paper of a decision, a return or a notice.</summary>
    public static IEnumerable<Trigger> Issued(string[] codes)
    {
        Predicate named = (in Scope s) => s.Event!.Data["doc.code"].Text is { } code && StartsWithAny(code, codes);
        foreach (var type in (string[])["document.issued", "document.served", "decision.made", "supplement.returned", "rights.notified", "step.recorded"])
        {
            yield return new Trigger { Type = type, Ordinal = CaseState.OrdinalOf(type), When = named };
        }
    }

    private static bool StartsWithAny(string code, string[] starts)
    {
        foreach (var start in starts)
        {
            if (code.StartsWith(start, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    public bool Matches(in Scope scope)
    {
        if (Step is not null && scope.Event!.Data["step"].Text != Step) return false;
        return When is null || When(scope);
    }

    /// <summary>Whether a measure begins here: another kind before, or another organ (each organ has its own term).</summary>
    public bool Begins(ReadOnlySpan<MeasureSpan> spans, int index)
    {
        if (Array.IndexOf(Measures!, spans[index].Kind) < 0) return false;
        if (index == 0 || Array.IndexOf(Measures!, spans[index - 1].Kind) < 0) return true;
        return spans[index].Organ is { } organ && spans[index - 1].Organ is { } before && organ != before;
    }

    /// <summary>Whether an event speaks of a suspect: it names that one, or nobody.</summary>
    public static bool Concerns(CaseEvent e, SuspectState suspect)
    {
        if (e.Type == "case.accepted") return true;
        if (e.Data["suspect"].Text is { } one) return one == suspect.Number;
        var named = e.Data.Texts("suspects");
        if (named.Count == 0) return true;
        for (var i = 0; i < named.Count; i++)
        {
            if (named[i] == suspect.Number) return true;
        }

        return false;
    }

    private static string KnownType(Yaml yaml) =>
        CaseState.OrdinalOf(yaml.Text) >= 0 ? string.Intern(yaml.Text) : throw yaml.Wrong($"unknown event type '{yaml.Text}'");
}

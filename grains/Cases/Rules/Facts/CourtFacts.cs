using Cluster.Cases.Assessment;
using Cluster.Cases.Events;

namespace Cluster.Cases.Rules.Facts;

/// <summary>What the court has before it, and what of it has come back.</summary>
internal static class CourtFacts
{
    private static readonly int Decision = CaseState.OrdinalOf("decision.made");
    private static readonly int Judgment = CaseState.OrdinalOf("judgment.received");
    private static readonly int Step = CaseState.OrdinalOf("step.recorded");

    public static IEnumerable<KeyValuePair<string, Operand>> All { get; } = new Dictionary<string, Operand>
    {
        ["court.procedure"] = Procedure,
        ["court.expectedTermMonths"] = ExpectedTerm,
        ["court.judgments"] = (in Scope s) => FieldValue.Of(Judgments(s)),
    };

    /// <summary>ordinary, summary or fast-track: as the court decided last, else as the prosecution proposed.</summary>
    private static FieldValue Procedure(in Scope scope)
    {
        FieldValue found = default;
        foreach (var e in scope.State.Of(Step))
        {
            if (e.Data["step"].Text == "court-procedure-decided" && e.Time <= scope.Instant && Named(e.Data["result"].Text) is { } name) found = FieldValue.Of(name);
        }

        return found.IsPresent ? found : LastOfDecision(scope, "procedure");
    }

    private static FieldValue ExpectedTerm(in Scope scope) =>
        LastOfDecision(scope, "expectedTermMonths") is { IsPresent: true } months ? months : scope.Accepted("expectedTermMonths");

    private static string? Named(string? text) => text switch
    {
        "ordinary" or "summary" or "fast-track" => text,
        null => null,
        _ when text.Contains("速裁", StringComparison.Ordinal) => "fast-track",
        _ when text.Contains("简易", StringComparison.Ordinal) => "summary",
        _ when text.Contains("普通", StringComparison.Ordinal) => "ordinary",
        _ => null,
    };

    private static FieldValue LastOfDecision(in Scope scope, string field)
    {
        FieldValue found = default;
        foreach (var e in scope.State.Of(Decision))
        {
            if (e.Time <= scope.Instant && e.Data[field] is { IsPresent: true } value) found = value;
        }

        return found;
    }

    /// <summary>How many judgments and rulings had come in, the one at hand included.</summary>
    private static int Judgments(in Scope scope)
    {
        var count = 0;
        foreach (var e in scope.State.Of(Judgment))
        {
            count++;
            if (e == scope.Event) return count;
            if (e.Time > scope.Instant) return count - 1;
        }

        return count;
    }
}

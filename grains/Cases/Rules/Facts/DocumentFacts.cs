using Cluster.Cases.Assessment;
using Cluster.Cases.Events;

namespace Cluster.Cases.Rules.Facts;

/// <summary>What the document of an event says of itself, and what a check of its text saw.</summary>
internal static class DocumentFacts
{
    private static readonly int Issued = CaseState.OrdinalOf("document.issued");

    /// <summary>The events by which a document is made.</summary>
    private static readonly int[] Making = [Issued, CaseState.OrdinalOf("decision.made"), CaseState.OrdinalOf("supplement.returned")];

    private static readonly string[] Unnumbered = ["告知书", "说明书", "具结书", "意见书", "委托书", "申请书", "协议书", "保证书", "提请批准逮捕书"];

    public static IEnumerable<KeyValuePair<string, Operand>> All { get; } = new Dictionary<string, Operand>
    {
        ["paper.repeated"] = (in Scope s) => FieldValue.Of(Repeated(s)),
        ["paper.numberIrregular"] = (in Scope s) => FieldValue.Of(NumberIrregular(s)),
        ["checked.mismatches"] = (in Scope s) => FieldValue.Of(s.Event?.Data.Texts("mismatches").Count ?? 0),
        ["checked.repealed"] = (in Scope s) => FieldValue.Of(s.Event?.Data.Texts("repealed").Count ?? 0),
        ["checked.missing"] = (in Scope s) => FieldValue.Of(s.Event?.Data.Texts("missing").Count ?? 0),
    };

    /// <summary>Whether an earlier event already brought this document: its issue after the decision that names it.</summary>
    private static bool Repeated(in Scope scope)
    {
        if (scope.Event is not { } mine || mine.Data["doc.code"].Text is not { } code) return false;
        var number = mine.Data["doc.number"];
        foreach (var type in Making)
        {
            foreach (var e in scope.State.Of(type))
            {
                if (!IsBefore(e, mine)) break;
                if (e.Data["doc.code"].Text == code && e.Data["doc.number"] == number) return true;
            }
        }

        return false;
    }

    /// <summary>Not the number of a document of the procuratorate, the number of another one, or none where this case's documents bear them.</summary>
    private static bool NumberIrregular(in Scope scope)
    {
        if (scope.Event is not { } mine || mine.Data["doc.code"].Text is not { } code || !IsNumbered(code)) return false;
        var number = mine.Data["doc.number"].Text;
        if (number is not null && !DocumentNumber.IsRegular(number)) return true;
        if (number is null && mine.Ordinal != Issued) return false;
        foreach (var type in Making)
        {
            foreach (var e in scope.State.Of(type))
            {
                if (!IsBefore(e, mine)) break;
                if (e.Data["doc.number"].Text is not { } earlier || (number is not null && earlier != number)) continue;
                if (e.Data["doc.code"].Text is { } other && IsNumbered(other) && (number is null || other != code)) return true;
            }
        }

        return false;
    }

    private static bool IsBefore(CaseEvent e, CaseEvent mine)
    {
        if (e.Time != mine.Time) return e.Time < mine.Time;
        var bySource = string.CompareOrdinal(e.Source, mine.Source);
        return bySource != 0 ? bySource < 0 : string.CompareOrdinal(e.Id, mine.Id) < 0;
    }

    private static bool IsNumbered(string code)
    {
        if (!code.EndsWith('书')) return false;
        foreach (var ending in Unnumbered)
        {
            if (code.EndsWith(ending, StringComparison.Ordinal)) return false;
        }

        return true;
    }
}

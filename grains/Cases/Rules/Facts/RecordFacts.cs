using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Law;

namespace Cluster.Cases.Rules.Facts;

/// <summary>How the event itself was made: by whom the case was given to whom, on what papers, into which cards.</summary>
internal static class RecordFacts
{
    private static readonly int Recusal = CaseState.OrdinalOf("recusal.decided");
    private static readonly int Card = CaseState.OrdinalOf("card.filled");
    private static readonly int Closed = CaseState.OrdinalOf("case.closed");

    /// <summary>律师执业证, 律师事务所证明, and 委托书 or 法律援助公函 (R 45).</summary>
    private static readonly string[][] LawyerPapers =
    [
        ["执业证", "律师证", "licen"],
        ["律所", "事务所", "证明", "firm"],
        ["委托", "公函", "援助", "attorney", "authori", "legal-aid"],
    ];

    public static IEnumerable<KeyValuePair<string, Operand>> All { get; } = new Dictionary<string, Operand>
    {
        ["event.drawn"] = (in Scope s) => FieldValue.Of(s.Event?.Source == CaseOwnership.DrawSource),
        ["event.toRecused"] = (in Scope s) => FieldValue.Of(ToRecused(s)),
        ["event.linkedElsewhere"] = (in Scope s) => FieldValue.Of(LinkedElsewhere(s.Event)),
        ["event.papersMissing"] = (in Scope s) => PapersMissing(s.Event),
        ["event.cardChanged"] = (in Scope s) => FieldValue.Of(CardChanged(s)),
        ["case.cardLocked"] = (in Scope s) => FieldValue.Of(CardLocked(s)),
    };

    /// <summary>Whether the case goes to a prosecutor who was recused from it before.</summary>
    private static bool ToRecused(in Scope scope)
    {
        var to = scope.Event?.Data["prosecutor"].Text;
        foreach (var e in scope.State.Of(Recusal))
        {
            if (e.Time > scope.Instant) break;
            if (e.Data["granted"].True && e.Data["prosecutor"].Text == to) return true;
        }

        return false;
    }

    private static bool LinkedElsewhere(CaseEvent? e) =>
        e?.Data["linked.prosecutor"].Text is { } other && other != e.Data["prosecutor"].Text;

    /// <summary>How many of the papers a lawyer must show are not listed; absent where the papers are not reported.</summary>
    private static FieldValue PapersMissing(CaseEvent? e)
    {
        if (e is null || !e.Data.HasList("papers")) return default;
        var missing = 0;
        foreach (var names in LawyerPapers)
        {
            if (!Lists(e.Data, names)) missing++;
        }

        return FieldValue.Of((double)missing);
    }

    private static bool Lists(EventData data, string[] names)
    {
        foreach (var paper in data.Texts("papers"))
        {
            if (Names(paper, names)) return true;
        }

        foreach (var paper in data.Objects("papers"))
        {
            if (Names(paper["name"].Text, names) || Names(paper["kind"].Text, names) || Names(paper["code"].Text, names)) return true;
        }

        return false;
    }

    private static bool Names(string? paper, string[] names)
    {
        foreach (var name in names)
        {
            if (paper?.Contains(name, StringComparison.OrdinalIgnoreCase) ?? false) return true;
        }

        return false;
    }

    /// <summary>Whether a filling changes what a card already said; filling what was empty changes nothing.</summary>
    private static bool CardChanged(in Scope scope)
    {
        var fillings = scope.State.Of(Card);
        var at = 0;
        while (at < fillings.Length && fillings[at] != scope.Event) at++;
        if (at == fillings.Length) return false;
        var before = new CaseCards(scope.State, at);
        var whose = scope.State.FilledFor(at);
        foreach (var (key, value) in fillings[at].Data.Fields)
        {
            if (!key.StartsWith("fields.", StringComparison.Ordinal)) continue;
            var said = before.Value(whose, key);
            if (said.IsPresent && said.AsText().Length > 0 && said != value) return true;
        }

        return false;
    }

    /// <summary>Whether the case was closed before, and nobody approved to unlock its cards since. An approval of the day counts.</summary>
    private static bool CardLocked(in Scope scope)
    {
        CaseEvent? closed = null;
        foreach (var e in scope.State.Of(Closed))
        {
            if (e.Time < scope.Instant) closed = e;
        }

        if (closed is null) return false;
        var approved = RecordedSteps.Last(scope.State, "card-unlocked", LegalTime.EndOf(LegalTime.DateOf(scope.Instant)).AddTicks(-1));
        return approved is null || approved.Time < closed.Time;
    }
}

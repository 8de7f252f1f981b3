using System.Collections.Frozen;
using Cluster.Cases.Rules.Cards;
using Cluster.Cases.Rules.Facts;

namespace Cluster.Cases.Rules;

/// <summary>The fields a predicate may name: facts, fields of the cards, and those of its event.</summary>
internal static class CaseFields
{
    private static readonly FrozenDictionary<string, Operand> Facts = FrozenDictionary.ToFrozenDictionary<string, Operand>(
        [.. CaseFacts.All, .. SuspectFacts.All, .. ReviewFacts.All, .. EventFacts.All, .. CustodyFacts.All, .. LaterStageFacts.All,
        .. ProcedureFacts.All, .. TrialFacts.All, .. DocumentFacts.All, .. SentenceFacts.All, .. PropertyFacts.All,
        .. CourtFacts.All, .. SupervisionFacts.All, .. CardFacts.All,
        .. RightsFacts.All, .. RecordFacts.All, .. PublicationFacts.All], StringComparer.Ordinal);

    private static readonly FrozenSet<string> FactGroups = Facts.Keys.Select(GroupOf).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a name is that of a fact, which needs no event.</summary>
    public static bool IsFact(string name) => Facts.ContainsKey(name);

    /// <summary>How to read a field: a fact, a field of the card (<c>card.</c> of the suspect at hand, <c>whole.</c> of the whole case), or of the event.</summary>
    public static Operand? Resolve(string name)
    {
        if (Facts.TryGetValue(name, out var fact)) return fact;
        var group = GroupOf(name);
        var rest = name[(group.Length + 1)..];
        switch (group)
        {
            case "card":
                return CardOperands.OfSuspect(rest);
            case "whole":
                return CardOperands.OfWhole(rest);
            case "fields" when CardFields.Find(rest) is null:
                return null;
            case var known when FactGroups.Contains(known):
                return null;
            default:
                var key = string.Intern(name);
                return (in Scope s) => s.Event?.Data[key] ?? default;
        }
    }

    private static string GroupOf(string name) => name.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? name[..dot] : "";
}

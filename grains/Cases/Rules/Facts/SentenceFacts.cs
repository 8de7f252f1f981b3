using Cluster.Cases.Events;

namespace Cluster.Cases.Rules.Facts;

/// <summary>What the penalty bands of the charges say of a proposal, and of the time a crime may still be prosecuted.</summary>
internal static class SentenceFacts
{
    // CRIM 45, 69: fifteen years for one crime, for several twenty, or twenty-five where they add up to thirty-five.
    private const int One = 15 * 12, Several = 20 * 12, Many = 25 * 12, AddUpTo = 35 * 12;

    public static IEnumerable<KeyValuePair<string, Operand>> All { get; } = new Dictionary<string, Operand>
    {
        ["plea.rangeMonths"] = (in Scope s) => Range(s) is var (from, to) ? FieldValue.Of(to - from) : default,
        ["plea.rangeShare"] = (in Scope s) => Range(s) is var (from, to) ? FieldValue.Of((to - from) / to) : default,
        ["plea.outOfBand"] = (in Scope s) => FieldValue.Of(OutOfBand(s)),
        ["limitation.expired"] = (in Scope s) => FieldValue.Of(Expired(s)),
    };

    private static (double From, double To)? Range(in Scope scope)
    {
        if (scope.Event is not { } e || e.Data["sentenceProposal.kind"].Text == "fixed") return null;
        var (from, to) = (e.Data["sentenceProposal.fromMonths"], e.Data["sentenceProposal.toMonths"]);
        return from.IsPresent && to.IsPresent && to.Number > from.Number ? (from.Number, to.Number) : null;
    }

    /// <summary>
    /// Above what the gravest band allows, or below the lightest although nothing mitigates. Which band governs is for the judge to say, so
    /// what lies between fits; a charge whose bands nobody read fits anything.
    /// </summary>
    private static bool OutOfBand(in Scope scope)
    {
        if (scope.Event is not { } e || scope.Suspect is null || ChargesOf(scope) is not { } charges) return false;
        var (from, to) = (e.Data["sentenceProposal.fromMonths"], e.Data["sentenceProposal.toMonths"]);
        var upper = to.IsPresent ? to.Number : from.Number;
        var lower = from.IsPresent ? from.Number : to.Number;
        var (least, most) = (int.MaxValue, 0);
        foreach (var charge in charges)
        {
            most += charge.MayBeLife || charge.MayBeDeath ? One : charge.MaxMonths ?? One;
            least = Math.Min(least, charge.Bands.Min(b => b.MinMonths) ?? One);
        }

        if (charges.Count > 1) most = Math.Min(most, most < AddUpTo ? Several : Many);
        return upper > most || (lower > 0 && lower < least && e.Data["sentenceProposal.mitigating"] is { IsPresent: true, True: false });
    }

    /// <summary>
    /// Whether every band of every charge had lapsed before the case was filed (CRIM 87): five years below five, ten below ten, fifteen from
    /// ten on, twenty for life or death. Who fled after the filing was filed against in time (CRIM 88).
    /// </summary>
    private static bool Expired(in Scope scope)
    {
        if (ProcedureFacts.CrimeOn(scope) is not { } crime || scope.Accepted("filedOn").Date is not { } filed) return false;
        if (ChargesOf(scope) is not { } charges) return false;
        var years = 0;
        foreach (var charge in charges) years = Math.Max(years, LimitationYears(charge));
        return crime.Year + years <= DateOnly.MaxValue.Year && crime.AddYears(years) < filed;
    }

    private static int LimitationYears(Charge charge) => charge.MayBeLife || charge.MayBeDeath ? 20 : charge.MaxMonths switch
    {
        < 5 * 12 => 5,
        < 10 * 12 => 10,
        _ => 15,
    };

    /// <summary>The charges against a suspect, of the case where none are told; null where a name or its bands are not known.</summary>
    private static List<Charge>? ChargesOf(in Scope scope)
    {
        var named = scope.Suspect?.Entry?.Objects("charges");
        if (named is null or { Count: 0 }) named = scope.State.Accepted?.Data.Objects("charges");
        if (named is null or { Count: 0 }) return null;
        var found = new List<Charge>(named.Count);
        for (var i = 0; i < named.Count; i++)
        {
            if (named[i]["name"].Text is not { } name || Charges.Default.Find(name) is not { Bands.Count: > 0 } charge) return null;
            found.Add(charge);
        }

        return found;
    }
}

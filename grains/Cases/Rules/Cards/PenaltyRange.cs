using Cluster.Cases.Events;

namespace Cluster.Cases.Rules.Cards;

/// <summary><c>outsideBand</c>: a penalty that no band of the charge knows. Of a single charge only: several are summed up (CRIM 69).</summary>
internal static class PenaltyRange
{
    public static Predicate Read(Yaml yaml)
    {
        yaml.Only("charges", "term", "kind");
        var charges = ChargeSets.Of(yaml.Need("charges"));
        var term = PredicateReader.Field(yaml.Need("term"));
        var kind = PredicateReader.Field(yaml.Need("kind"));
        return (in Scope s) =>
        {
            if (charges.Read(s) is not [var only] || ChargeNames.Find(only) is not { } charge) return false;
            var bands = PersonDates.Crime(s) is { } day ? charge.BandsOn(day) : charge.Earlier is null ? charge.Bands : [];
            return bands.Count > 0 && IsOutside(bands, term(s), kind(s));
        };
    }

    private static bool IsOutside(IReadOnlyList<PenaltyBand> bands, FieldValue term, FieldValue kind)
    {
        var named = kind.AsText() + term.Text;
        if (named.Contains("死刑", StringComparison.Ordinal)) return !bands.Any(b => b.Death);
        if (named.Contains("无期", StringComparison.Ordinal)) return !bands.Any(b => b.Life);
        var months = PredicateReader.NumberOf(term);
        if (double.IsNaN(months) || months <= 0) return false;
        // 管制 lasts up to two years and 拘役 six months beside bands of imprisonment: only terms of imprisonment are measured.
        if (named.Contains("管制", StringComparison.Ordinal) || named.Contains("拘役", StringComparison.Ordinal)) return false;
        return !bands.Any(b => b.MinMonths <= months && months <= b.MaxMonths);
    }
}

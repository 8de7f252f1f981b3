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
            if (charges.Read(s) is not { Count: 1 } only || only[0].Official is not { } charge) return false;
            var bands = PersonDates.Crime(s) is { } day ? charge.BandsOn(day) : charge.Earlier is null ? charge.Bands : [];
            return bands.Count > 0 && IsOutside(bands, term(s), kind(s).AsText());
        };
    }

    private static bool IsOutside(IReadOnlyList<PenaltyBand> bands, FieldValue term, string kind)
    {
        if (Names("死刑")) return !bands.Any(b => b.Death);
        if (Names("无期")) return !bands.Any(b => b.Life);
        var months = PredicateReader.NumberOf(term);
        if (double.IsNaN(months) || months <= 0) return false;
        // 管制 lasts up to two years and 拘役 six months beside bands of imprisonment: only terms of imprisonment are measured.
        if (Names("管制") || Names("拘役")) return false;
        for (var i = 0; i < bands.Count; i++)
        {
            if (bands[i].MinMonths <= months && months <= bands[i].MaxMonths) return false;
        }

        return true;

        bool Names(string penalty) => kind.Contains(penalty, StringComparison.Ordinal) || (term.Text?.Contains(penalty, StringComparison.Ordinal) ?? false);
    }
}

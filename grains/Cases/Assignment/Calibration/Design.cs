namespace Cluster.Cases.Assignment.Calibration;

/// <summary>The cases as numbers: effort, base and factors of each, by case id so that nothing depends on the order in which they came.</summary>
internal sealed class Design
{
    public Design(IEnumerable<EffortSample> samples, WeightTable inForce)
    {
        Samples = [.. samples.Where(s => s.Days > 0 && double.IsFinite(s.Days)).OrderBy(s => s.Case, StringComparer.Ordinal)];
        Coefficients = Calibration.Coefficients.Of(inForce);
        Days = [.. Samples.Select(s => s.Days)];
        Groups = [.. Samples.Select(s => GroupOf(s.Input, inForce)).Distinct().Order(StringComparer.Ordinal)];
        GroupAt = [.. Samples.Select(s => Array.IndexOf(Groups, GroupOf(s.Input, inForce)))];
        Bases = [.. Groups.Select(g => (double)BaseOf(g, inForce))];
        InForce = [.. Coefficients.Select(c => (double)c.Of(inForce))];
        var none = Coefficients.Aggregate(inForce, (table, c) => c.With(table, 0));
        var factors = new List<(int Coefficient, double Value)>[Samples.Length];
        for (var i = 0; i < factors.Length; i++) factors[i] = [];
        for (var k = 0; k < Coefficients.Count; k++)
        {
            var alone = Coefficients[k].With(none, 1);
            for (var i = 0; i < factors.Length; i++)
            {
                if (CaseWeight.Of(Samples[i].Input with { Stage = null }, alone).Factors.Sum(f => f.Value) is not 0 and var value) factors[i].Add((k, value));
            }
        }

        Factors = [.. factors.Select(f => f.ToArray())];
    }

    public EffortSample[] Samples { get; }

    public IReadOnlyList<Coefficient> Coefficients { get; }

    public double[] Days { get; }

    /// <summary>What has a base of its own: a case type, or a procedure of review for prosecution.</summary>
    public string[] Groups { get; }

    public int[] GroupAt { get; }

    /// <summary>In force, by group.</summary>
    public double[] Bases { get; }

    /// <summary>Coefficients in force.</summary>
    public double[] InForce { get; }

    /// <summary>By case: what stands behind which coefficient, where it is not 0.</summary>
    public (int Coefficient, double Value)[][] Factors { get; }

    public double[] WeightsInForce() => [.. Samples.Select((_, i) => Bases[GroupAt[i]] * (1 + Sum(Factors[i], InForce)))];

    public static double Sum((int Coefficient, double Value)[] factors, double[] coefficients)
    {
        var sum = 0.0;
        foreach (var (k, value) in factors) sum += value * coefficients[k];
        return sum;
    }

    /// <summary>How many of these cases tell of each coefficient.</summary>
    public int[] Telling(IEnumerable<int> cases)
    {
        var telling = new int[Coefficients.Count];
        foreach (var i in cases)
        {
            foreach (var (k, _) in Factors[i]) telling[k]++;
        }

        return telling;
    }

    private const string Procedure = "PRO ";

    private static string GroupOf(in WeightInput input, WeightTable table)
    {
        if (input.CaseType != "PRO") return table.Base.ContainsKey(input.CaseType) ? input.CaseType : "";
        var procedure = input.Procedure ?? (input.FastTrack ? "fast-track" : "ordinary");
        return Procedure + (table.ProcedureBase.ContainsKey(procedure) ? procedure : "ordinary");
    }

    private static decimal BaseOf(string group, WeightTable table) =>
        group.Length == 0 ? table.OtherBase : group.StartsWith(Procedure, StringComparison.Ordinal) ? table.ProcedureBase[group[Procedure.Length..]] : table.Base[group];

    /// <summary>The table with bases by group and coefficients.</summary>
    public WeightTable Table(WeightTable inForce, double[] bases, double[] coefficients, string version)
    {
        var (byType, byProcedure, other) = (new Dictionary<string, decimal>(inForce.Base), new Dictionary<string, decimal>(inForce.ProcedureBase), inForce.OtherBase);
        for (var g = 0; g < Groups.Length; g++)
        {
            var value = Rounded(bases[g], 2);
            if (Groups[g].Length == 0) other = value;
            else if (Groups[g].StartsWith(Procedure, StringComparison.Ordinal)) byProcedure[Groups[g][Procedure.Length..]] = value;
            else byType[Groups[g]] = value;
        }

        var table = inForce with { Base = byType, ProcedureBase = byProcedure, OtherBase = other, Version = version };
        for (var k = 0; k < coefficients.Length; k++) table = Coefficients[k].With(table, Rounded(coefficients[k], 3));
        return table;
    }

    private static decimal Rounded(double value, int digits) => Math.Round((decimal)value, digits, MidpointRounding.AwayFromZero);
}

namespace Cluster.Cases.Assignment;

/// <summary>The pool a case belongs to (繁简分流).</summary>
public enum Track
{
    Simple,
    Ordinary,
    Complex,
}

/// <summary>One factor of a weight and what it adds to 1.</summary>
public readonly record struct WeightFactor(string Name, double Value);

/// <summary>How much a case weighs, with the reasons (domain.md 8.3).</summary>
/// <param name="Value">base × (1 + Σ factors) × what the stage leaves, two decimals.</param>
/// <param name="Base">Base of the case type.</param>
/// <param name="Factors">Those that add something.</param>
/// <param name="Track">Simple below 1, complex above 3, by the whole weight.</param>
/// <param name="Left">What the stage leaves of it, 0 to 1.</param>
/// <param name="Version">Of the coefficients.</param>
public sealed record CaseWeight(double Value, double Base, IReadOnlyList<WeightFactor> Factors, Track Track, double Left, string Version)
{
    public static CaseWeight Of(in WeightInput input) => Of(input, WeightTable.Default);

    public static CaseWeight Of(in WeightInput input, WeightTable table)
    {
        var charges = Known(input.Charges);
        var sum = new FactorSum();
        sum.Add("suspects", Graded(table.Suspects, Math.Max(0, input.Suspects - 1), table.Suspects.UpTo - 1));
        sum.Add("charges", table.Charges * Math.Max(0, input.Charges.Count - 1));
        sum.Add("facts", Logarithmic(table.Facts, input.Facts));
        sum.Add("volumes", Graded(table.Volumes, Bounded(input.Volumes), table.Volumes.UpTo));
        sum.Add("electronicEvidence", Reached(table.ElectronicEvidence, input.ElectronicGigabytes));
        sum.Add("penalty", Penalty(input, charges, table));
        sum.Add("organised", charges.Any(c => c.IsOrganised) ? table.Organised : 0);
        sum.Add("financialMass", charges.Any(c => c.IsFinancialMass) ? table.FinancialMass : 0);
        sum.Add("dutyCrime", charges.Any(c => c.IsDutyCrime) ? table.DutyCrime : 0);
        sum.Add("pleading", Pleaded(input.Pleading, table));
        sum.Add("appraisals", Capped(table.Appraisals, input.Appraisals));
        sum.Add("returns", Capped(table.Returns, input.Returns));
        sum.Add("priorJudgments", Capped(table.PriorJudgments, input.PriorJudgments));
        sum.Add("protest", input.Protest ? table.Protest : 0);
        sum.Add("foreign", input.Foreign ? table.Foreign : 0);
        sum.Add("interpreter", input.Interpreter ? table.Interpreter : 0);
        sum.Add("vulnerable", input.Minors || input.Disabled ? table.Vulnerable : 0);
        sum.Add("publicAttention", input.PublicAttention ? table.PublicAttention : 0);
        sum.Add("jurisdiction", input.Jurisdiction ? table.Jurisdiction : 0);
        sum.Add("civilParties", input.CivilParties ? table.CivilParties : 0);

        var of = BaseOf(input, table);
        var whole = of * (1 + sum.Total);
        var left = input.Stage is { } stage ? table.Stages.GetValueOrDefault(stage, 1) : 1;
        var rounded = Rounded(whole);
        var track = rounded < table.Tracks.SimpleBelow ? Track.Simple : rounded > table.Tracks.ComplexAbove ? Track.Complex : Track.Ordinary;
        return new((double)Rounded(whole * left), (double)of, sum.Factors, track, (double)left, table.Version);
    }

    private static decimal Rounded(decimal weight) => Math.Round(weight, 2, MidpointRounding.AwayFromZero);

    private static decimal BaseOf(in WeightInput input, WeightTable table)
    {
        if (input.CaseType != "PRO")
        {
            return table.Base.GetValueOrDefault(input.CaseType, table.OtherBase);
        }

        var procedure = input.Procedure ?? (input.FastTrack ? "fast-track" : "ordinary");
        return table.ProcedureBase.GetValueOrDefault(procedure, table.ProcedureBase["ordinary"]);
    }

    private static decimal Penalty(in WeightInput input, List<Charge> charges, WeightTable table)
    {
        if (input.LifeOrDeath)
        {
            return table.LifeOrDeath;
        }

        if (input.ExpectedTermMonths is { } months)
        {
            return Reached(table.Penalty, months);
        }

        // The main charge is the hardest one.
        return charges.Max(c => c.Difficulty is { } tier ? table.Difficulty[(tier.From + tier.To) / 2] : (decimal?)null) ?? 0;
    }

    private static decimal Pleaded(Pleading pleading, WeightTable table) => pleading switch
    {
        Pleading.None => table.Pleading.None,
        Pleading.Partly => table.Pleading.Partly,
        _ => 0,
    };

    private static List<Charge> Known(IReadOnlyList<string> names) =>
        [.. names.Select(Cluster.Cases.Charges.Default.Find).OfType<Charge>()];

    private static decimal Graded(WeightTable.Grade grade, decimal count, decimal upTo) =>
        grade.Each * Math.Min(count, upTo) + grade.EachAfter * Math.Max(0, count - upTo);

    private static decimal Reached(List<WeightTable.Step> steps, double value)
    {
        var bounded = Bounded(value);
        return steps.LastOrDefault(s => bounded >= (s.From ?? 0) && bounded > (s.Above ?? -1))?.Add ?? 0;
    }

    private static decimal Capped(WeightTable.Cap cap, int count) => Math.Min(cap.Each * Math.Max(0, count), cap.Most);

    // Six digits are far more than the two that count, and few enough that every machine finds the same.
    private static decimal Logarithmic(decimal each, double count) =>
        Math.Round(each * (decimal)Math.Log(1 + (double)Bounded(count)), 6);

    // Counts come from outside; a slip of the keyboard must not make a weight that nobody can carry.
    private static decimal Bounded(double count) => double.IsNaN(count) ? 0 : (decimal)Math.Clamp(count, 0, 100_000);

    private sealed class FactorSum
    {
        public List<WeightFactor> Factors { get; } = [];

        public decimal Total { get; private set; }

        public void Add(string name, decimal value)
        {
            if (value != 0)
            {
                Total += value;
                Factors.Add(new(name, (double)value));
            }
        }
    }
}

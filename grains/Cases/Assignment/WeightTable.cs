using Cluster.Cases.Assignment.Rebalancing;
using Cluster.Cases.Events;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Cluster.Cases.Assignment;

/// <summary>The coefficients of weight and draw, as Catalogue/weights.yaml gives and explains them.</summary>
public sealed class WeightTable
{
    public static WeightTable Default { get; } = Parse(EmbeddedFile.Text("weights.yaml"));

    public Dictionary<string, decimal> Base { get; init; } = [];
    public decimal OtherBase { get; init; }
    public Dictionary<string, decimal> ProcedureBase { get; init; } = [];
    public Grade Suspects { get; init; } = new();
    public decimal Charges { get; init; }
    public decimal Facts { get; init; }
    public Grade Volumes { get; init; } = new();
    public List<Step> ElectronicEvidence { get; init; } = [];
    public List<Step> Penalty { get; init; } = [];
    public decimal LifeOrDeath { get; init; }
    public Dictionary<int, decimal> Difficulty { get; init; } = [];
    public decimal Organised { get; init; }
    public decimal FinancialMass { get; init; }
    public decimal DutyCrime { get; init; }
    public PleadingTerms Pleading { get; init; } = new();
    public Cap Appraisals { get; init; } = new();
    public Cap Returns { get; init; } = new();
    public decimal Protest { get; init; }
    public decimal Foreign { get; init; }
    public decimal Interpreter { get; init; }
    public decimal Vulnerable { get; init; }
    public decimal PublicAttention { get; init; }
    public decimal Jurisdiction { get; init; }
    public decimal CivilParties { get; init; }
    public TrackBounds Tracks { get; init; } = new();
    public DrawPolicy Policy { get; init; } = new();
    public HandoverCost Handover { get; init; } = new();

    /// <exception cref="YamlDotNet.Core.YamlException">Not YAML, or a key that means nothing.</exception>
    public static WeightTable Parse(string yaml) => new DeserializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance)
        .Build()
        .Deserialize<WeightTable>(yaml);

    /// <summary>So much each up to a count, so much each after it.</summary>
    public sealed class Grade
    {
        public decimal Each { get; init; }
        public decimal UpTo { get; init; }
        public decimal EachAfter { get; init; }
    }

    /// <summary>So much each, and not more in all.</summary>
    public sealed class Cap
    {
        public decimal Each { get; init; }
        public decimal Most { get; init; }
    }

    /// <summary>What a value adds from a bound on, or above one.</summary>
    public sealed class Step
    {
        public decimal? From { get; init; }
        public decimal? Above { get; init; }
        public decimal Add { get; init; }
    }

    public sealed class PleadingTerms
    {
        public decimal None { get; init; }
        public decimal Partly { get; init; }
    }

    public sealed class TrackBounds
    {
        public decimal SimpleBelow { get; init; }
        public decimal ComplexAbove { get; init; }
    }
}

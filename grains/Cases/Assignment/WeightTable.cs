using Cluster.Cases.Assignment.Rebalancing;
using Cluster.Cases.Events;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Cluster.Cases.Assignment;

/// <summary>The coefficients of weight and draw, as Catalogue/weights.yaml gives and explains them.</summary>
public sealed record WeightTable
{
    public static WeightTable Default { get; } = Parse(EmbeddedFile.Text("weights.yaml"));

    /// <summary>Told with every weight, so that a change can be seen.</summary>
    public string Version { get; init; } = "";
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
    public Cap PriorJudgments { get; init; } = new();
    public decimal Protest { get; init; }
    public decimal Foreign { get; init; }
    public decimal Interpreter { get; init; }
    public decimal Vulnerable { get; init; }
    public decimal PublicAttention { get; init; }
    public decimal Jurisdiction { get; init; }
    public decimal CivilParties { get; init; }
    /// <summary>What a state leaves of the weight; all where it is not listed.</summary>
    public Dictionary<string, decimal> Stages { get; init; } = [];
    public TrackBounds Tracks { get; init; } = new();
    public DrawPolicy Policy { get; init; } = new();
    public HandoverCost Handover { get; init; } = new();
    public SpecialtyNames Specialties { get; init; } = new();
    public PreviousHandler Previous { get; init; } = new();

    /// <summary>What base and factors are called, zh and en.</summary>
    public Dictionary<string, List<string>> Names { get; init; } = [];

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

    /// <summary>What the group is called that a kind of case asks for; null asks for none.</summary>
    public sealed class SpecialtyNames
    {
        public string? Minor { get; init; }
        public string? DutyCrime { get; init; }
        public string? FinancialMass { get; init; }
        public string? Drugs { get; init; }
    }

    /// <summary>When whoever handled the case before must not have this one.</summary>
    public sealed class PreviousHandler
    {
        /// <summary>Case types that ask for another.</summary>
        public List<string> AnotherFor { get; init; } = [];

        /// <summary>Case types whose handler must not have what follows.</summary>
        public List<string> AnotherAfter { get; init; } = [];
    }

    public sealed class TrackBounds
    {
        public decimal SimpleBelow { get; init; }
        public decimal ComplexAbove { get; init; }
    }
}

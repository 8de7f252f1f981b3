using Cluster.Cases.Events;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Cluster.Cases.Assignment.Course;

/// <summary>How assignment is shown over time, as Catalogue/fairness.yaml gives and explains it.</summary>
public sealed class FairnessTable
{
    public static FairnessTable Default { get; } = new DeserializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance).Build().Deserialize<FairnessTable>(EmbeddedFile.Text("fairness.yaml"));

    public int ShareOf { get; init; }

    public PairTerms Pairs { get; init; } = new();

    /// <summary>When a pair is clearly above chance.</summary>
    public sealed class PairTerms
    {
        public int Least { get; init; }
        public double Times { get; init; }
        public double Chance { get; init; }
    }
}

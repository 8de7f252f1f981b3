using Cluster.Crash.Clustered;
using Cluster.Shared;
using Xunit.Abstractions;

namespace Crash.Tests;

/// <summary>Real silos and APIs on Orleans, and everything that may befall them; the short form of <c>tests/Crash -- cluster</c>.</summary>
[Collection(Alone.Name)]
public sealed class ClusterTests(ITestOutputHelper output)
{
    private const int Rounds = 6;
    private const int Silos = 3;
    private const ulong Seed = 2;

    [ClusterFact]
    public async Task Whatever_process_of_a_cluster_dies_or_hangs_nothing_is_lost_and_nothing_done_twice() =>
        output.WriteLine(await ClusterChaos.Run(Rounds, Silos, Seed, output.WriteLine));

    [ClusterFact]
    public async Task One_scenario_gets_the_same_answers_on_both_engines() =>
        output.WriteLine(await BothEngines.Run([.. BothEngines.Write(cases: 60, Seed)], silos: 2));

    /// <summary>To the version that runs already: what it takes to exchange every process without anybody's notice.</summary>
    [ClusterFact]
    public async Task Every_process_can_be_replaced_under_load() =>
        output.WriteLine(await RollingUpgrade.Run(Cluster.Serving.Repository.Root, Silos, Seed, output.WriteLine));
}

/// <summary>A test that needs the engine Orleans: skipped by name where it could not be built.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ClusterFactAttribute : FactAttribute
{
    public ClusterFactAttribute() => Skip = LocalCluster.Missing;
}

/// <summary>Tests of five processes and a database, beside which nothing else fits on a small machine.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}

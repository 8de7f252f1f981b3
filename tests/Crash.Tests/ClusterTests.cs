using Cluster.Crash.Clustered;
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
}

/// <summary>A test that needs the engine Orleans: skipped by name where it could not be built.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ClusterFactAttribute : FactAttribute
{
    public ClusterFactAttribute() => Skip = ClusterUnderFault.Missing;
}

/// <summary>Tests of five processes and a database, beside which nothing else fits on a small machine.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}

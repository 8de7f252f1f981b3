using Cluster.Crash.Scenarios;
using Cluster.Crash.Stores;
using Cluster.Shared;
using Xunit.Abstractions;

namespace Crash.Tests;

/// <summary>
/// The real server process on a real store, and everything that may befall them; the short form of what <c>dotnet run -c Release --project tests/Crash</c> does for longer.
/// </summary>
public abstract class FaultTests(string name, ITestOutputHelper output)
{
    private const int Rounds = 10;
    private const ulong Seed = 20260209;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(5);

    protected async Task Killed()
    {
        await using StoreUnderFault store = await StoreUnderFault.Make(name);
        output.WriteLine(await KillRounds.Run(store, Rounds, Seed, output.WriteLine));
    }

    protected async Task Away(int fault)
    {
        await using StoreUnderFault store = await StoreUnderFault.Make(name);
        output.WriteLine(await StoreAway.Run(store, StoreFault.Of(name)[fault](store), Span, Seed));
    }

    protected async Task Full() => output.WriteLine(await StoreAway.Full(name, Span, Seed));

    protected async Task Drained()
    {
        await using StoreUnderFault store = await StoreUnderFault.Make(name);
        output.WriteLine(await Drain.Run(store, Seed));
    }

    protected async Task Damaged(int places)
    {
        await using var store = new SqliteUnderFault();
        output.WriteLine(await Damage.Run(store, places, Seed));
    }
}

public sealed class EmbeddedStoreTests(ITestOutputHelper output) : FaultTests("sqlite", output)
{
    [Fact]
    public Task Killed_in_the_middle_of_anything_it_has_lost_nothing_and_done_nothing_twice() => Killed();

    [Fact]
    public Task A_file_that_another_program_locks_is_waited_for() => Away(0);

    [FullDiskFact("sqlite")]
    public Task A_full_disk_stops_only_what_writes_until_there_is_room_again() => Full();

    [Fact]
    public Task Asked_to_stop_it_answers_whom_it_let_in_lets_nobody_in_and_ends_in_time() => Drained();

    [Fact]
    public Task A_file_that_is_not_as_it_was_written_is_not_served() => Damaged(6);
}

public sealed class PostgresTests(ITestOutputHelper output) : FaultTests("postgres", output)
{
    [PostgresFact]
    public Task Killed_in_the_middle_of_anything_it_has_lost_nothing_and_done_nothing_twice() => Killed();

    [PostgresFact]
    public Task A_server_that_is_cut_off_is_waited_for() => Away(0);

    [PostgresFact]
    public Task A_server_that_neither_answers_nor_refuses_is_waited_for() => Away(1);

    [PostgresFact]
    public Task A_server_that_dies_and_comes_back_is_waited_for() => Away(2);

    [FullDiskFact("postgres")]
    public Task A_full_disk_stops_only_what_writes_until_there_is_room_again() => Full();

    [PostgresFact]
    public Task Asked_to_stop_it_answers_whom_it_let_in_lets_nobody_in_and_ends_in_time() => Drained();
}

/// <summary>A test that needs PostgreSQL: skipped by name where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresServer.Missing;
}

/// <summary>A test that fills a disk: skipped by name where none can be mounted.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FullDiskFactAttribute : FactAttribute
{
    public FullDiskFactAttribute(string store) => Skip = SmallDisk.Missing ?? StoreUnderFault.Missing(store);
}

using Cluster.Crash.Scenarios;
using Cluster.Crash.Stores;
using Cluster.Shared;
using Xunit.Abstractions;

namespace Crash.Tests;

/// <summary>
/// The real server process on a real store, and everything that may befall them; the short form of what <c>dotnet run -c Release --project tests/Crash</c> does for longer.
/// </summary>
public sealed class FaultTests(ITestOutputHelper output)
{
    private const int Rounds = 10;
    private const ulong Seed = 20260209;
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(5);

    [Fact]
    public Task Killed_in_the_middle_of_anything_it_has_lost_nothing_and_done_nothing_twice() => Killed("sqlite");

    [PostgresFact]
    public Task Killed_in_the_middle_of_anything_it_has_lost_nothing_and_done_nothing_twice_on_PostgreSQL() => Killed("postgres");

    [Fact]
    public Task A_store_that_another_program_locks_is_waited_for() => Taken("sqlite", 0);

    [PostgresFact]
    public Task A_PostgreSQL_that_is_cut_off_is_waited_for() => Taken("postgres", 0);

    [PostgresFact]
    public Task A_PostgreSQL_that_neither_answers_nor_refuses_is_waited_for() => Taken("postgres", 1);

    [PostgresFact]
    public Task A_PostgreSQL_that_dies_and_comes_back_is_waited_for() => Taken("postgres", 2);

    [FullDiskFact("sqlite")]
    public async Task A_full_disk_stops_only_what_writes_until_there_is_room_again() => output.WriteLine(await StoreAway.Full("sqlite", Away, Seed));

    [FullDiskFact("postgres")]
    public async Task A_full_disk_stops_only_what_writes_until_there_is_room_again_on_PostgreSQL() => output.WriteLine(await StoreAway.Full("postgres", Away, Seed));

    [Fact]
    public Task Asked_to_stop_it_answers_whom_it_let_in_lets_nobody_in_and_ends_in_time() => Drained("sqlite");

    [PostgresFact]
    public Task Asked_to_stop_it_answers_whom_it_let_in_lets_nobody_in_and_ends_in_time_on_PostgreSQL() => Drained("postgres");

    [Fact]
    public async Task A_store_that_is_not_as_it_was_written_is_not_served()
    {
        await using var store = new SqliteUnderFault();
        output.WriteLine(await Damage.Run(store, 6, Seed));
    }

    private async Task Killed(string name)
    {
        await using StoreUnderFault store = await StoreUnderFault.Make(name);
        output.WriteLine(await KillRounds.Run(store, Rounds, Seed));
    }

    private async Task Taken(string name, int fault)
    {
        await using StoreUnderFault store = await StoreUnderFault.Make(name);
        output.WriteLine(await StoreAway.Run(store, StoreFault.Of(name)[fault](store), Away, Seed));
    }

    private async Task Drained(string name)
    {
        await using StoreUnderFault store = await StoreUnderFault.Make(name);
        output.WriteLine(await Drain.Run(store, Seed));
    }
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

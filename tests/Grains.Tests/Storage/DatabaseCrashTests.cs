using System.Diagnostics;
using Cluster.Shared;

namespace Grains.Tests.Storage;

/// <summary>A database server that is killed under a writer loses nothing it acknowledged, and the writer goes on by itself when it is back.</summary>
public sealed class DatabaseCrashTests : IOnPostgres
{
    [StoreFact]
    public async Task Whatever_was_acknowledged_before_the_server_was_killed_is_there_once_and_what_comes_after_too()
    {
        await using var server = await PostgresServer.StartOwn();
        await using var store = new StoreUnderTest(StoreKind.Postgres, server);
        var acknowledged = CrashTests.Cases.ToDictionary(caseId => caseId, _ => 0L);
        foreach (var (moment, isKilled) in new[] { (5, true), (120, false), (400, true) })
        {
            await CrashTests.Write(store.Place, moment, acknowledged, async writer =>
            {
                await (isKilled ? server.Kill() : server.Stop());
                var before = acknowledged.Values.Sum();
                await server.Resume();
                await GoesOn(acknowledged, before, writer);
                writer.Kill();
            });
            await store.Reopen();
            await CrashTests.AssertWhole(store, acknowledged);
            await store.Close();
        }
    }

    private static async Task GoesOn(Dictionary<string, long> acknowledged, long before, Process writer)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        // The first hundred after it came back may be those that were under way in its pipe.
        while (acknowledged.Values.Sum() < before + 100)
        {
            Assert.False(writer.HasExited);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }
}

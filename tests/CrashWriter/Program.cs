// Appends to a store, while it is there, until this process is killed, and prints what was acknowledged: one line "case revision;" each, never before.
using Cluster.Contracts.Storage;
using Cluster.Storage;
using CrashWriter;
using Microsoft.Extensions.DependencyInjection;

await using var services = new ServiceCollection()
    .AddSingleton<TimeProvider>(new StandingClock())
    .AddClusterStorage(new StorageOptions { Directory = args[0], Postgres = PostgresAddress.Names(args[0]) ? args[0] : null })
    .BuildServiceProvider();
var journal = services.GetRequiredService<IJournal>();
var audit = services.GetRequiredService<IAuditLog>();
var cases = services.GetRequiredService<ICaseIndex>();
var output = Console.Out;

await Task.WhenAll(args[1..].Select(Append));

async Task Append(string caseId)
{
    while (true)
    {
        try
        {
            // Whether a commit was written that failed only the store knows, as it is with grains.
            for (var revision = ((await cases.Find(caseId))?.Revision ?? 0) + 1; ; revision++)
            {
                await journal.Commit(CrashPlan.Commit(caseId, revision));
                await audit.Append(CrashPlan.Act(caseId, revision));
                lock (output)
                    output.WriteLine($"{caseId} {revision};");
            }
        }
        catch (StoreUnavailableException)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }
}

internal sealed class StandingClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => CrashPlan.Start.ToUniversalTime();
}

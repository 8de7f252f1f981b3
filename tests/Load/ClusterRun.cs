using System.Diagnostics;
using Cluster.Shared;

namespace Cluster.Load;

/// <summary>
/// What each further silo brings, and what it costs, all on this one machine: as many events as are taken from one sender of batches, then ten events a second beside readers and a
/// screen. The single server on the same kind of store is there to compare with.
/// </summary>
internal static class ClusterRun
{
    private const string Database = "load";
    private const int Connections = 8;
    private const int Batch = 200;

    public static async Task Measure(int silos, int seconds)
    {
        if (LocalCluster.Missing is { } reason) throw new InvalidOperationException(reason);
        await using (PostgresServer server = await Server())
        {
            using LoadedOffice office = await LoadedOffice.Open(server.Uri(Database));
            await Measure("one server, no cluster", office, () => [("server", office.Server.Worked), ("PostgreSQL", server.Worked)], seconds);
        }
        for (int count = 1; count <= silos; count++)
        {
            await using PostgresServer server = await Server();
            string data = Directory.CreateTempSubdirectory("cluster-load-").FullName;
            try
            {
                using var cluster = new LocalCluster(server, Database, server.Uri(Database), data, count, apis: 1);
                await cluster.StartAll();
                using LoadedOffice office = await LoadedOffice.At(cluster.Addresses[0]);
                try
                {
                    await Measure($"{count} silos, 1 API", office, () => [("silos", cluster.Worked.Silos), ("API", cluster.Worked.Apis), ("PostgreSQL", server.Worked)], seconds);
                }
                catch
                {
                    Console.Error.WriteLine(cluster.Output);
                    throw;
                }
                await cluster.StopAll();
            }
            finally
            {
                Directory.Delete(data, recursive: true);
            }
        }
    }

    private static async Task<PostgresServer> Server()
    {
        PostgresServer server = await PostgresServer.StartOwn();
        await server.CreateDatabase(Database);
        return server;
    }

    private static async Task Measure(string name, LoadedOffice office, Func<(string Part, TimeSpan Worked)[]> worked, int seconds)
    {
        // What is compiled on first use is not what is measured.
        using (var warm = new Flood(office, "热", Connections, Batch))
        {
            await warm.Open();
            await For(5, warm.Run);
        }
        await Quiet(worked);

        using var flood = new Flood(office, "批", Connections, Batch);
        await flood.Open();
        (string Part, TimeSpan Worked)[] before = worked();
        long start = Stopwatch.GetTimestamp();
        await For(seconds, flood.Run);
        double took = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await Quiet(worked);
        Console.WriteLine(FormattableString.Invariant($"cluster: {name}: {Connections} connections with batches of {Batch}: {flood.Acknowledged.Count / took:0} events/s acknowledged; {Cost(before, worked(), flood.Acknowledged.Count)}"));

        using var steady = new Bystanders(office, "稳");
        await steady.Open();
        before = worked();
        await For(seconds, steady.Run);
        Console.WriteLine($"cluster: {name}: ten events a second, and twenty reads: {string.Join(", ", before.Zip(worked(), (b, a) => FormattableString.Invariant($"{b.Part} {100 * (a.Worked - b.Worked).TotalSeconds / seconds:0} %")))} of a core");
        steady.Report($"cluster: {name}");
    }

    private static string Cost((string Part, TimeSpan Worked)[] before, (string Part, TimeSpan Worked)[] after, int events) =>
        "CPU an event: " + string.Join(", ", before.Zip(after, (b, a) => FormattableString.Invariant($"{b.Part} {(a.Worked - b.Worked).TotalMilliseconds / Math.Max(1, events):0.00} ms")));

    private static async Task For(int seconds, Func<CancellationToken, Task> run)
    {
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), TimeProvider.System);
        await run(time.Token);
    }

    // What was put off has been done once hardly any CPU is used: membership and heartbeats go on.
    private static async Task Quiet(Func<(string Part, TimeSpan Worked)[]> worked)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(2), TimeProvider.System);
        TimeSpan before = Sum(worked());
        while (await beat.WaitForNextTickAsync())
        {
            TimeSpan after = Sum(worked());
            if (after - before < TimeSpan.FromMilliseconds(500)) return;
            before = after;
        }

        static TimeSpan Sum((string Part, TimeSpan Worked)[] parts) => parts.Aggregate(TimeSpan.Zero, (sum, p) => sum + p.Worked);
    }
}

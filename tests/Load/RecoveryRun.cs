using System.Diagnostics;
using System.Text.Json;
using Cluster.Contracts;
using Cluster.Serving;

namespace Cluster.Load;

/// <summary>
/// From the start of the server's process to ready with very many open cases: first with cases that other grains have not learnt of, as after a
/// crash in a storm of events; then after a kill -9 with events under way. The files are in the memory of the system, as after the end of a process.
/// </summary>
internal static class RecoveryRun
{
    private const int Starts = 3;
    private const int Batch = 500;

    /// <param name="cases">Open cases, every one due some day.</param>
    /// <param name="offices">Procuratorates.</param>
    /// <param name="owed">Cases of which others have not learnt at the first start.</param>
    public static async Task Measure(int cases, int offices, int owed)
    {
        string directory = Directory.CreateTempSubdirectory("cluster-load-").FullName;
        try
        {
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            await using (var backlog = new Backlog(directory, now, offices))
            {
                await backlog.Write(cases, number => now.AddDays(1) + (TimeSpan.FromDays(60) * ((long)number * 7919 % cases / (double)cases)), owed);
                await Queries(backlog, cases, now);
            }
            Console.WriteLine($"recovery: {cases} open cases in {offices} procuratorates, store {Resident.Mega(new DirectoryInfo(directory).EnumerateFiles().Sum(f => f.Length))}");
            await using var names = new Backlog(directory, now, offices);
            for (int start = 0; start < Starts; start++)
            {
                long begun = Stopwatch.GetTimestamp();
                using ServerProcess server = await ServerProcess.Start(directory, ServerProcess.FreePort());
                TimeSpan ready = Stopwatch.GetElapsedTime(begun);
                (TimeSpan worked, long resident) = (server.Worked, Resident.Of(server.Id));
                using ApiClient admin = await ApiClient.LogIn(server.Address, "admin", ServerProcess.AdminPassword);
                TimeSpan list = await Timed(() => admin.Get("/api/cases?limit=50"));
                TimeSpan first = await Timed(() => admin.Send(Sent(names, $"一-{start}", start)));
                TimeSpan second = await Timed(() => admin.Send(Sent(names, $"二-{start}", start + offices)));
                Console.WriteLine(FormattableString.Invariant($"recovery: start {start + 1}, {(start == 0 ? $"{owed} cases to be told" : "after kill -9 with events under way")}: ready in {ready.TotalSeconds:0.00} s ({worked.TotalSeconds:0.00} s of CPU), resident {Resident.Mega(resident)}; ")
                    + FormattableString.Invariant($"then a list of 50 in {list.TotalMilliseconds:0} ms, an event of a cold case in a cold office in {first.TotalMilliseconds:0} ms, of another case there in {second.TotalMilliseconds:0} ms"));
                await KillUnderWay(server, admin, names, start);
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>What a start asks the store, each alone.</summary>
    private static async Task Queries(Backlog backlog, int cases, DateTimeOffset now)
    {
        TimeSpan due = await Timed(() => backlog.Due.Until(now.AddDays(61), 10_000));
        TimeSpan on = await Timed(() => backlog.Due.Until(now.AddDays(61), 10_000, new(Backlog.Id(cases / 2), now.AddDays(30))));
        TimeSpan owed = await Timed(() => backlog.Due.Undelivered(1000));
        TimeSpan stale = await Timed(() => backlog.Rules.Stale(1, ["QX-001"], null, 500));
        TimeSpan open = await Timed(() => backlog.Cases.OpenCases(new CaseScope(backlog.Procuratorate(0), null, null)));
        Console.WriteLine(FormattableString.Invariant($"recovery: queries: 10,000 due {due.TotalMilliseconds:0} ms, 10,000 from the middle {on.TotalMilliseconds:0} ms, 1,000 owed {owed.TotalMilliseconds:0} ms, ")
            + FormattableString.Invariant($"500 stale {stale.TotalMilliseconds:0} ms, the open cases of one procuratorate {open.TotalMilliseconds:0} ms"));
    }

    private static async Task KillUnderWay(ServerProcess server, ApiClient admin, Backlog names, int start)
    {
        int answered = 0;
        Task[] clients = [.. Enumerable.Range(0, 4).Select(Post)];
        using (var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System))
        {
            while (Volatile.Read(ref answered) < 8 && !clients.All(c => c.IsCompleted)) await beat.WaitForNextTickAsync();
        }
        server.Kill();
        await Task.WhenAll(clients);

        async Task Post(int client)
        {
            try
            {
                for (int batch = 0; batch < 40;)
                {
                    try
                    {
                        await admin.Send([.. Enumerable.Range(0, Batch).Select(i => Sent(names, $"众-{start}-{client}-{batch}-{i}", 1000 + (((client * 40) + batch) * Batch) + i))]);
                        Interlocked.Increment(ref answered);
                        batch++;
                    }
                    catch (HttpRequestException busy) when (busy.StatusCode == System.Net.HttpStatusCode.TooManyRequests)
                    {
                        await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
                    }
                }
            }
            catch (Exception e) when (e is IOException or HttpRequestException { StatusCode: null })
            {
                // Killed in the middle of the call.
            }
        }
    }

    private static CloudEvent Sent(Backlog names, string id, int number)
    {
        EventMessage heard = names.Heard(id, number, TimeProvider.System.GetUtcNow());
        return new CloudEvent(heard.Id, heard.Source, heard.Type, Backlog.Id(number), heard.Time, JsonSerializer.Deserialize<JsonElement>(heard.Data));
    }

    private static async Task<TimeSpan> Timed<T>(Func<Task<T>> call)
    {
        long start = Stopwatch.GetTimestamp();
        await call();
        return Stopwatch.GetElapsedTime(start);
    }

    private static async Task<TimeSpan> Timed(Func<Task> call)
    {
        long start = Stopwatch.GetTimestamp();
        await call();
        return Stopwatch.GetElapsedTime(start);
    }
}

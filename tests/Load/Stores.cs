using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Serving;
using Cluster.Shared;

namespace Cluster.Load;

/// <summary>
/// One caseload on SQLite and on PostgreSQL, one after the other on the same machine: events a second that one client gets acknowledged in batches, milliseconds to the
/// answer of single events that come now and then, and bytes on the disk. The PostgreSQL server is one of its own, durable (fsync on), as it comes out of the package.
/// </summary>
internal static class Stores
{
    private const int Batch = 1000;
    private const int PerSecond = 10;
    private const string Database = "load";

    public static async Task Measure(int events, int seconds)
    {
        await Measure("sqlite", null, events, seconds);
        if (PostgresServer.Missing is { } reason)
        {
            Console.WriteLine($"stores: postgres left out: {reason}");
            return;
        }
        await using PostgresServer server = await PostgresServer.StartOwn();
        await server.CreateDatabase(Database);
        await Measure("postgres", server, events, seconds);
    }

    private static async Task Measure(string name, PostgresServer? server, int events, int seconds)
    {
        using LoadedOffice office = await LoadedOffice.Open(server?.Uri(Database));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        int cases = Math.Max(1, events / Caseload.EventsOfCase);
        await office.Admin.Send([.. new Caseload(now, "热身").Events(100)]);
        await office.Quiet();
        long before = await Stored(office, server);

        byte[][] batches = [.. new Caseload(now, "批").Events(cases).Chunk(Batch).Select(e => JsonSerializer.SerializeToUtf8Bytes(e, ApiClient.Json))];
        long start = Stopwatch.GetTimestamp();
        int accepted = 0;
        foreach (byte[] batch in batches)
        {
            JsonNode answer = await office.Admin.Call(HttpMethod.Post, "/api/events", new ByteArrayContent(batch) { Headers = { ContentType = new("application/cloudevents-batch+json") } });
            accepted += answer["results"]!.AsArray().Count(r => (string?)r!["status"] == "accepted");
        }
        TimeSpan took = Stopwatch.GetElapsedTime(start);
        await office.Quiet();
        long bytes = await Stored(office, server) - before;

        var single = new Caseload(now, "单").Events(Math.Max(1, seconds * PerSecond / Caseload.EventsOfCase)).ToList();
        var milliseconds = new List<double>(single.Count);
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / PerSecond), TimeProvider.System);
        foreach (CloudEvent e in single)
        {
            await beat.WaitForNextTickAsync();
            start = Stopwatch.GetTimestamp();
            await office.Admin.Send(e);
            milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        Console.WriteLine(FormattableString.Invariant($"stores: {name}: {accepted} events of {cases} cases in batches of {Batch}, one client: {accepted / took.TotalSeconds:0} events/s; ")
            + FormattableString.Invariant($"{single.Count} single events, {PerSecond} a second, POST to the answer: {new Quantiles(milliseconds).Describe("ms")}; ")
            + FormattableString.Invariant($"{bytes / (double)accepted:0} bytes on the disk an event, cases, alerts, feeds, audit and indexes included"));
        if (server is not null)
            Console.WriteLine("stores: postgres, bytes of each table with its indexes: " + (await server.Query(Database, """
                SELECT string_agg(relname || ' ' || pg_total_relation_size(oid), ', ' ORDER BY pg_total_relation_size(oid) DESC)
                FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_total_relation_size(oid) > 1000000
                """)));
    }

    private static async Task<long> Stored(LoadedOffice office, PostgresServer? server)
    {
        if (server is null) return office.Stored;
        await server.Query(Database, "CHECKPOINT");
        return long.Parse(await server.Query(Database, "SELECT pg_database_size(current_database())"), System.Globalization.CultureInfo.InvariantCulture);
    }
}

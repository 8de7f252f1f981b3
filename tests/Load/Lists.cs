using System.Diagnostics;
using Cluster.Contracts.Storage;
using Cluster.Shared;
using Cluster.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Cluster.Load;

/// <summary>Milliseconds a page of the lists of cases and alerts takes in a large store, page after page, on SQLite and on PostgreSQL.</summary>
internal static class Lists
{
    private const int PerCommit = 500;
    private const int Flight = 20;
    private const int Pages = 60;
    private const int Procuratorates = 100;
    private const string Database = "load";

    private static readonly DateTimeOffset Start = new(2026, 2, 9, 9, 30, 0, TimeSpan.FromHours(8));
    private static readonly string[] Levels = ["W1", "W2", "W3", "L1", "L2", "L3"];

    public static async Task Measure(int cases, int alerts)
    {
        string directory = Directory.CreateTempSubdirectory("cluster-load-").FullName;
        try
        {
            await Measure("sqlite", new StorageOptions { Directory = directory }, cases, alerts);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
        if (PostgresServer.Missing is { } reason)
        {
            Console.WriteLine($"lists: postgres left out: {reason}");
            return;
        }
        await using PostgresServer server = await PostgresServer.StartOwn();
        await server.CreateDatabase(Database);
        await Measure("postgres", new StorageOptions { Directory = "", Postgres = server.Uri(Database) }, cases, alerts);
    }

    private static async Task Measure(string name, StorageOptions options, int cases, int alerts)
    {
        await using ServiceProvider services = new ServiceCollection().AddClusterStorage(options).BuildServiceProvider();
        await Fill(services.GetRequiredService<IJournal>(), cases, alerts);
        var index = services.GetRequiredService<ICaseIndex>();
        var office = new Visibility(false, ["420007"], [], []);
        var person = new Visibility(false, [], ["420007-1"], ["p-3", "p-4"]);
        var province = new Visibility(false, [.. Enumerable.Range(0, 60).Select(n => $"4200{n:00}")], [], []);
        foreach ((string who, Visibility visible) in new[] { ("everything", Visibility.Everything), ("one office", office), ("a department and two people", person), ("sixty offices", province) })
        {
            await Report($"cases of {who}", cursor => index.Cases(new CaseQuery(visible) { Cursor = cursor }));
            await Report($"open cases of {who}", cursor => index.Cases(new CaseQuery(visible) { Open = true, Cursor = cursor }));
            await Report($"alerts of {who}", cursor => index.Alerts(new AlertQuery(visible) { Cursor = cursor }));
            await Report($"open alerts of level L3 of {who}", cursor => index.Alerts(new AlertQuery(visible) { Open = true, Level = "L3", Cursor = cursor }));
        }
        await Report("open alerts of one rule", cursor => index.Alerts(new AlertQuery(Visibility.Everything) { Rule = "R-7", Open = true, Cursor = cursor }));
        await Report("open alerts of one rule of one office", cursor => index.Alerts(new AlertQuery(office) { Rule = "R-7", Open = true, Cursor = cursor }));
        await Report("cases of one office by text", cursor => index.Cases(new CaseQuery(office) { Text = "77", Cursor = cursor }));

        async Task Report<T>(string what, Func<string?, Task<Page<T>>> read)
        {
            // Plans and pages of the file are warm after the first walk.
            await Walk(read);
            (List<double> milliseconds, int rows) = await Walk(read);
            Console.WriteLine(FormattableString.Invariant($"lists: {name}, {cases} cases, {alerts} alerts: {what}: {milliseconds.Count} pages, {rows} rows: {new Quantiles(milliseconds).Describe("ms")}"));
        }
    }

    private static async Task<(List<double> Milliseconds, int Rows)> Walk<T>(Func<string?, Task<Page<T>>> read)
    {
        var milliseconds = new List<double>();
        int rows = 0;
        string? cursor = null;
        do
        {
            long start = Stopwatch.GetTimestamp();
            Page<T> page = await read(cursor);
            milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            rows += page.Items.Count;
            cursor = page.Next;
        }
        while (cursor is not null && milliseconds.Count < Pages);
        return (milliseconds, rows);
    }

    private static async Task Fill(IJournal journal, int cases, int alerts)
    {
        int perCase = Math.Max(1, alerts / cases);
        int extra = alerts - perCase * cases;
        foreach (int[] flight in Enumerable.Range(0, cases).Chunk(PerCommit * Flight))
        {
            await Task.WhenAll(flight.Select(number => journal.Commit(new Commit
            {
                Stream = $"case:{Id(number)}",
                ExpectedVersion = 0,
                RecordedAt = Start,
                Case = Row(number),
                Alerts = [.. Enumerable.Range(0, perCase + (number < extra ? 1 : 0)).Select(n => Alert(number, n))],
            })));
        }
    }

    private static string Id(int number) => FormattableString.Invariant($"单受[2026]{number:0000000}号");

    private static string Office(int number) => FormattableString.Invariant($"4200{number % Procuratorates:00}");

    // Prime steps, so that columns and times mix.
    private static CaseRow Row(int number) => new(
        Id(number), "PRO", FormattableString.Invariant($"赵某{number}盗窃案"), "UNDER_REVIEW", Office(number), $"{Office(number)}-{number / 100 % 3}", $"p-{number * 7L % 2000}",
        new DateOnly(2026, 2, 9), 1.5, true, number % 10 < 3, 1, 1, "T-B05", "2026-03-09", number % 5 == 0 ? null : Start.AddMinutes(number * 7919L % 50_000), Levels[number % 6], Start);

    private static AlertRow Alert(int number, int n)
    {
        DateTimeOffset raised = Start.AddSeconds(-(number * 104729L + n * 7919L) % 10_000_000);
        return new AlertRow(
            FormattableString.Invariant($"{number * 2654435761L % 4294967296L:x8}-{number}-{n}"), Id(number), $"R-{(number + n * 13L) % 80}", "1", "", Levels[(number / 7 + n) % 6], "rights", "open",
            raised, n == 0 || number % 4 == 0 ? null : raised.AddHours(5), null, raised.AddDays(3), raised, Office(number), $"{Office(number)}-{number / 100 % 3}", $"p-{number * 7L % 2000}", new byte[600]);
    }
}

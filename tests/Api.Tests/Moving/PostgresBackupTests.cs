using System.Diagnostics;
using System.Text.Json;
using Cluster.Api.Tests.World;
using Cluster.Shared;

namespace Cluster.Api.Tests.Moving;

/// <summary>The backup of PostgreSQL's own, made and restored as the operator's page says.</summary>
public sealed class PostgresBackupTests : IDisposable
{
    private const string Clock = "2018-03-01T08:30:00+08:00";

    // As on the page: screens may have seen more of the feeds than the dump knows.
    private const string StartScreensAfresh = "DELETE FROM feed; DELETE FROM feed_item; UPDATE feed_scope SET last = last + 1000000000; DELETE FROM session";

    private readonly string directory = Directory.CreateTempSubdirectory("pgdump").FullName;

    public void Dispose() => Directory.Delete(directory, true);

    [PostgresFact]
    public async Task A_dump_made_under_load_restores_to_the_same_answers()
    {
        PostgresServer server = (await PostgresServer.Start())!;
        string first = "site_" + Guid.NewGuid().ToString("N"), second = first + "_again", dump = Path.Combine(directory, "dump");
        await server.CreateDatabase(first);
        var cases = new SentCases(160);
        SortedDictionary<string, string> answers;
        int before;
        long seen;
        await using (var site = new ServedSite(directory, "--store", server.Uri(first)))
        {
            await site.Start(Clock);
            await Slice.DefineOffice(site.Admin);
            await cases.Send(site.Admin, 60);
            before = cases.Acknowledged;
            Task dumping = Run("pg_dump", "--format=custom", "--file", dump, server.Uri(first));
            while (!dumping.IsCompleted && !cases.IsDone) await cases.Send(site.Admin, 1);
            await dumping;
            Assert.True(cases.Acknowledged > before, "The server stood still while the dump was made.");
            await cases.Send(site.Admin, 20);
            answers = await cases.Answers(site.Admin, cases.Acknowledged);
            await using HubClient screen = await HubClient.Connect(site.Address, site.Token);
            seen = (await screen.Watch("all")).GetProperty("sequence").GetInt64();
        }

        await server.CreateDatabase(second);
        await Run("pg_restore", "--no-owner", "--exit-on-error", "--dbname", server.Uri(second), dump);
        await server.Query(second, StartScreensAfresh);
        await using var restored = new ServedSite(directory, "--store", server.Uri(second));
        (int code, string said) = await restored.Command("verify");
        Assert.True(code == 0, said);
        await restored.Start(Clock);
        Assert.All(await cases.Answers(restored.Admin, before), answer => Assert.Equal(answers[answer.Key], answer.Value));
        await using (HubClient screen = await HubClient.Connect(restored.Address, restored.Token))
            Assert.NotEqual(JsonValueKind.Null, (await screen.Watch("all", seen)).GetProperty("snapshot").ValueKind);
        await cases.SendAgain(restored.Admin);
        Assert.Equal(answers, await cases.Answers(restored.Admin, cases.Acknowledged));
        (code, said) = await restored.Command("verify");
        Assert.True(code == 0, said);
    }

    private static async Task Run(string program, params string[] args)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardError = true })!;
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, error);
    }
}

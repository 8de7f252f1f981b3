using System.Text.Json;
using Cluster.Api.Tests.World;
using Cluster.Law;
using Cluster.Silo.Verifying;
using Cluster.Storage;

namespace Cluster.Api.Tests.Moving;

/// <summary>Backups beside a server at work, and what becomes of them.</summary>
public sealed class BackupTests : IAsyncLifetime
{
    private const string Clock = "2018-03-01T08:30:00+08:00";

    private readonly string directory = Directory.CreateTempSubdirectory("backup").FullName;
    private readonly ServedSite site;

    public BackupTests() => site = new ServedSite(directory);

    private string File => Path.Combine(directory, "cluster.backup");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await site.DisposeAsync();
        Directory.Delete(directory, true);
    }

    [Fact]
    public async Task A_backup_made_under_load_restores_a_killed_server_to_the_same_answers()
    {
        await site.Start(Clock);
        await Slice.DefineOffice(site.Admin);
        var cases = new SentCases(240);
        await cases.Send(site.Admin, 80);

        int before = cases.Acknowledged;
        Task<(int Code, string Said)> backup = site.Command("backup", File);
        while (!backup.IsCompleted && !cases.IsDone) await cases.Send(site.Admin, 1);
        (int code, string said) = await backup;
        Assert.True(code == 0, said);
        int during = cases.Acknowledged;
        Assert.True(during > before, "The server stood still while the backup was made.");
        await cases.Send(site.Admin, 20);
        SortedDictionary<string, string> answers = await cases.Answers(site.Admin, cases.Acknowledged);
        long seen = await Seen();

        await site.Kill();
        (code, said) = await site.Command("restore", File);
        Assert.True(code == 0, said);
        Assert.Contains("all true", said);
        await site.Start(Clock);

        SortedDictionary<string, string> kept = await cases.Answers(site.Admin, before);
        Assert.All(kept, answer => Assert.Equal(answers[answer.Key], answer.Value));
        await using (HubClient screen = await HubClient.Connect(site.Address, site.Token))
        {
            // The backup was made while the feed was shorter than what the screen has seen: to go on from there would be a gap.
            JsonElement answer = await screen.Watch("all", seen);
            Assert.NotEqual(JsonValueKind.Null, answer.GetProperty("snapshot").ValueKind);
            Assert.True(answer.GetProperty("sequence").GetInt64() > seen);
        }

        await cases.SendAgain(site.Admin);
        Assert.Equal(answers, await cases.Answers(site.Admin, cases.Acknowledged));
        await site.Stop();
        VerificationReport found = StoreVerification.Run(new StorageOptions { Directory = site.Data }, HolidayCalendar.Default);
        Assert.True(found.Faults == 0, string.Join('\n', found.Examples));
        Assert.True(found.Cases >= cases.Acknowledged);
    }

    [Fact]
    public async Task A_backup_is_a_store_that_may_simply_be_put_in_place()
    {
        await site.Start(Clock);
        await Slice.DefineOffice(site.Admin);
        var cases = new SentCases(10);
        await cases.Send(site.Admin, 10);
        SortedDictionary<string, string> answers = await cases.Answers(site.Admin, 10);
        (int code, string said) = await site.Command("backup", File);
        Assert.True(code == 0, said);
        await site.Kill();

        Directory.Move(site.Data, Path.Combine(directory, "old"));
        Directory.CreateDirectory(site.Data);
        System.IO.File.Move(File, Path.Combine(site.Data, "cluster.db"));
        await site.Start(Clock);
        Assert.Equal(answers, await cases.Answers(site.Admin, 10));
    }

    [Fact]
    public async Task A_backup_overwrites_nothing_is_private_and_leaves_nothing_half_done()
    {
        await site.Start(Clock);
        Assert.Equal(0, (await site.Command("backup", File)).Code);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        (int code, string said) = await site.Command("backup", File);
        Assert.Equal(1, code);
        Assert.Contains("exists already", said);
        Assert.Equal(["cluster.backup"], Directory.GetFiles(directory).Select(f => Path.GetFileName(f)!));
    }

    [Fact]
    public async Task A_restore_under_a_running_server_and_one_of_something_else_are_refused()
    {
        await site.Start(Clock);
        Assert.Equal(0, (await site.Command("backup", File)).Code);
        (int code, string said) = await site.Command("restore", File);
        Assert.Equal(1, code);
        Assert.Contains("stop it first", said);

        await site.Stop();
        byte[] bytes = await System.IO.File.ReadAllBytesAsync(File);
        bytes.AsSpan(bytes.Length / 2, 4096).Fill(0x5a);
        await System.IO.File.WriteAllBytesAsync(File, bytes);
        (code, said) = await site.Command("restore", File);
        Assert.Equal(1, code);
        Assert.Contains("damaged", said);
        await System.IO.File.WriteAllTextAsync(File, "no store at all");
        (code, said) = await site.Command("restore", File);
        Assert.Equal(1, code);
        Assert.Contains("no store", said);
        await site.Start(Clock);
    }

    [Fact]
    public async Task A_command_called_wrongly_ends_with_2_and_one_line()
    {
        foreach (string[] args in (string[][])[["backup"], ["export"], ["verify", "something"]])
        {
            (int code, string said) = await site.Command(args);
            Assert.Equal(2, code);
            Assert.StartsWith("cluster: ", Assert.Single(said.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        }
        (int none, string why) = await site.Command("verify");
        Assert.Equal(1, none);
        Assert.Contains("There is no store", why);
    }

    private async Task<long> Seen()
    {
        await using HubClient screen = await HubClient.Connect(site.Address, site.Token);
        return (await screen.Watch("all")).GetProperty("sequence").GetInt64();
    }
}

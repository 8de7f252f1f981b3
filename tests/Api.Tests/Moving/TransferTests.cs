using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Cluster.Api.Demo;
using Cluster.Api.Tests.Demo;
using Cluster.Api.Tests.World;
using Cluster.Law;
using Cluster.Silo.Verifying;
using Cluster.Storage;
using Cluster.Storage.Moving;

namespace Cluster.Api.Tests.Moving;

/// <summary>A site that worked for some days of the demo is moved to other stores and back.</summary>
public sealed class TransferTests(TransferTests.Worked site) : IClassFixture<TransferTests.Worked>, IDisposable
{
    private const int CasesOfSlice = 60;

    private static readonly DateTimeOffset Start = DemoReplay.Start;
    private static readonly DateTimeOffset End = DemoReplay.Start.AddDays(4);

    private readonly string directory = Directory.CreateTempSubdirectory("moved").FullName;

    public void Dispose() => Directory.Delete(directory, true);

    [Fact]
    public async Task A_site_moved_from_SQLite_to_SQLite_answers_every_question_as_before() => await Move(Embedded("there"));

    [Fact]
    public void What_is_exported_again_after_a_move_is_the_same_to_the_byte()
    {
        StorageOptions there = Embedded("there");
        StoreTransfer.Import(there, site.Exported);
        string again = Path.Combine(directory, "again");
        StoreTransfer.Export(there, again, End);
        Assert.Equal(Rows(site.Exported), Rows(again));
    }

    [Fact]
    public void Nobody_but_the_owner_can_read_what_is_written()
    {
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        StorageOptions there = Embedded("there");
        StoreTransfer.Import(there, site.Exported);
        Assert.Equal(mine, File.GetUnixFileMode(site.Exported));
        Assert.Equal(mine, File.GetUnixFileMode(Path.Combine(there.Directory, "cluster.db")));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public void A_file_that_is_cut_off_is_refused_and_leaves_nothing(double part)
    {
        byte[] whole = File.ReadAllBytes(site.Exported);
        Refused(whole[..(int)(whole.Length * part)], "");
    }

    [Fact]
    public void A_file_that_lost_its_last_line_is_refused()
    {
        string[] lines = Lines(site.Exported);
        Refused(Packed(lines[..^1]), "cut off");
    }

    [Fact]
    public void A_file_in_which_a_letter_was_changed_is_refused()
    {
        string[] lines = Lines(site.Exported);
        int changed = Array.FindIndex(lines, l => l.Contains("\"case.accepted\"", StringComparison.Ordinal));
        lines[changed] = lines[changed].Replace("\"case.accepted\"", "\"case.accepteb\"");
        Refused(Packed(lines), "changed or damaged");
    }

    [Fact]
    public void A_file_that_lost_a_row_is_refused()
    {
        string[] lines = Lines(site.Exported);
        Refused(Packed([.. lines[..100], .. lines[101..]]), "changed or damaged");
    }

    [Fact]
    public void A_file_after_whose_end_something_follows_is_refused() => Refused(Packed([.. Lines(site.Exported), "{}"]), "follows the end");

    [Fact]
    public void A_file_of_a_newer_program_is_refused()
    {
        string[] lines = Lines(site.Exported);
        lines[0] = lines[0].Replace("\"version\":1", "\"version\":2");
        Refused(Packed(lines), "newer program");
    }

    [Fact]
    public void A_file_that_is_no_export_is_refused() => Refused("not an export"u8.ToArray(), "");

    [Fact]
    public void A_store_with_something_in_it_takes_no_import_and_keeps_what_it_has()
    {
        StorageOptions there = Embedded("there");
        StoreTransfer.Import(there, site.Exported);
        Assert.Contains("not empty", Assert.Throws<StoreMoveException>(() => StoreTransfer.Import(there, site.Exported)).Message);
        Assert.Equal(0, StoreVerification.Run(there, HolidayCalendar.Default).Faults);
    }

    [Fact]
    public async Task A_store_in_use_takes_no_import()
    {
        StorageOptions there = Embedded("there");
        await using MovingSite serving = await MovingSite.Start(there, Start);
        Assert.Contains("stop it first", Assert.Throws<StoreMoveException>(() => StoreTransfer.Import(there, site.Exported)).Message);
    }

    [Fact]
    public async Task An_import_that_was_killed_is_swept_up_by_the_next()
    {
        StorageOptions there = Embedded("there");
        Directory.CreateDirectory(there.Directory);
        File.WriteAllText(Path.Combine(there.Directory, "cluster.db.importing"), "half a store");
        await Move(there);
        Assert.Equal(["cluster.db", "cluster.lock"], Directory.GetFiles(there.Directory).Select(f => Path.GetFileName(f)!).Order());
    }

    [Fact]
    public async Task After_an_export_beside_a_running_server_every_screen_starts_afresh()
    {
        StorageOptions here = Embedded("here"), there = Embedded("there");
        StoreTransfer.Import(here, site.Exported);
        string file = Path.Combine(directory, "live");
        long seen;
        await using (MovingSite serving = await MovingSite.Start(here, End))
        {
            Assert.True(StoreTransfer.Export(here, file, End).Live);
            await using HubClient hub = await HubClient.Connect(serving.Address, serving.Token);
            seen = (await hub.Watch("all")).GetProperty("sequence").GetInt64();
        }
        StoreTransfer.Import(there, file);
        await using MovingSite moved = await MovingSite.Start(there, End);
        await using HubClient again = await HubClient.Connect(moved.Address, moved.Token);
        foreach (long from in (long[])[seen, seen - 1, seen + 40])
        {
            JsonElement answer = await again.Watch("all", from);
            Assert.False(answer.TryGetProperty("missed", out JsonElement missed) && missed.ValueKind == JsonValueKind.Array, $"{from} goes on");
            Assert.True(answer.GetProperty("sequence").GetInt64() > seen + 1000);
        }
    }

    private async Task Move(StorageOptions there)
    {
        StoreTransfer.Import(there, site.Exported);
        VerificationReport found = StoreVerification.Run(there, HolidayCalendar.Default);
        Assert.True(found.Faults == 0, string.Join('\n', found.Examples));
        await using MovingSite moved = await MovingSite.Start(there, End);
        SortedDictionary<string, string> answers = await Answered.By(moved, site.Lasts);
        Assert.Equal(site.Answers.Keys, answers.Keys);
        Assert.All(site.Answers, a => Assert.Equal(a.Value, answers[a.Key]));
    }

    private void Refused(byte[] file, string saying)
    {
        string name = Path.Combine(directory, "file");
        File.WriteAllBytes(name, file);
        StorageOptions there = Embedded("there");
        Assert.Contains(saying, Assert.Throws<StoreMoveException>(() => StoreTransfer.Import(there, name)).Message);
        if (Directory.Exists(there.Directory)) Assert.Equal(["cluster.lock"], Directory.GetFiles(there.Directory).Select(f => Path.GetFileName(f)!));
    }

    private StorageOptions Embedded(string name) => new() { Directory = Path.Combine(directory, name) };

    private static string[] Lines(string export)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(export), CompressionMode.Decompress));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static IEnumerable<string> Rows(string export) => Lines(export)[1..];

    private static byte[] Packed(IEnumerable<string> lines)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) zip.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines) + '\n'));
        return packed.ToArray();
    }

    /// <summary>An office of the demo that took cases, drew, judged by a rule of its own and saw four days pass; its export, and what it answers.</summary>
    public sealed class Worked : IAsyncLifetime
    {
        private const string Rule = """
            - id: XF-001
              name: {zh: 一人讯问, en: Interrogated by one}
              category: 程序
              level: L1
              basis: CPL 118
              condition: {on: suspect.interrogated, when: {field: staff, lessThan: 3}}
              fires:
                - {title: two, given: pro-arrested, then: [[2026-02-12, suspect.interrogated, {suspect: "1", staff: 2}]], at: 2026-02-13}
              silent:
                - {title: three, given: pro-arrested, then: [[2026-02-12, suspect.interrogated, {suspect: "1", staff: 3}]], at: 2026-02-13}
            """;

        private readonly string directory = Directory.CreateTempSubdirectory("worked").FullName;

        internal string Exported => Path.Combine(directory, "export.gz");

        internal SortedDictionary<string, string> Answers { get; private set; } = null!;

        internal Dictionary<string, long> Lasts { get; } = [];

        public async Task InitializeAsync()
        {
            var store = new StorageOptions { Directory = Path.Combine(directory, "data") };
            await using (MovingSite working = await MovingSite.Start(store, Start)) await Work(working);
            StoreTransfer.Export(store, Exported, End);
            using (IStoreReading reading = StoreTransfer.Open(store)) reading.Each("SELECT name, last FROM feed_scope", row => Lasts.Add((string)row[0]!, (long)row[1]!));
            // What a moved site is compared with is this one, started again.
            await using MovingSite before = await MovingSite.Start(store, End);
            Answers = await Answered.By(before, Lasts);
            Assert.True(Answers.Count > 200, $"{Answers.Count} answers");
        }

        public Task DisposeAsync()
        {
            Directory.Delete(directory, true);
            return Task.CompletedTask;
        }

        private static async Task Work(MovingSite site)
        {
            await Slice.DefineOffice(site.Admin);
            string draft = (await (await site.Admin.PostAsJsonAsync("/api/rules/drafts", new { yaml = Rule })).Json()).GetProperty("id").GetString()!;
            var cases = Replayed.Cases.Where(c => c.Events[0].Time < Start && c.Events[^1].Time > Start).Take(CasesOfSlice).Select(c => c.Subject).ToHashSet();
            var events = Replayed.Events.Where(e => cases.Contains(e.Subject) && e.Time < End).ToList();
            await Send(site, events.Where(e => e.Time < Start));
            (await site.Admin.PutAsJsonAsync("/api/users/publisher", new { password = DemoOffice.Password, mustChangePassword = false, roles = new[] { "leader" }, procuratorate = DemoOffice.City.Code })).EnsureSuccessStatusCode();
            using HttpClient other = site.Client(await site.LogIn("publisher"));
            HttpResponseMessage own = await other.PostAsJsonAsync("/api/rules/drafts", new { yaml = Rule });
            string theirs = (await own.Json()).GetProperty("id").GetString()!;
            await (await site.Admin.PostAsJsonAsync($"/api/rules/drafts/{theirs}/publish", new { effectiveFrom = "2018-03-01" })).Json();
            foreach (IGrouping<DateOnly, DemoEvent> day in events.Where(e => e.Time >= Start).GroupBy(e => e.Day()))
            {
                site.Legal.Advance(TimeSpan.FromTicks(Math.Max(0, (day.Max(e => e.Time) - site.Legal.GetUtcNow()).Ticks)));
                await Send(site, day);
            }
            site.Legal.Advance(End - site.Legal.GetUtcNow());
            // Opens the day of every department, whose secret nobody could foresee.
            foreach (DemoDepartment department in DemoOffice.Departments()) await site.Admin.GetStringAsync($"/api/departments/{department.Id}/draws?from=2018-03-01&until=2018-03-31");
            Assert.NotEmpty(draft);
        }

        private static async Task Send(MovingSite site, IEnumerable<DemoEvent> events)
        {
            foreach (DemoEvent[] batch in events.Chunk(500))
            {
                string[] statuses = (await (await site.Admin.PostAsync("/api/events", Slice.Batch(batch.Select(Slice.CloudEvent)))).Json()).Statuses();
                Assert.All(statuses, status => Assert.Equal("accepted", status));
            }
        }
    }
}

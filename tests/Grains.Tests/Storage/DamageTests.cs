using Cluster.Storage;

namespace Grains.Tests.Storage;

/// <summary>A store whose file is no longer as it was written is not opened, however small the damage and wherever it is.</summary>
public sealed class DamageTests
{
    private const int Commits = 300;
    private const int Page = 4096;

    [Fact]
    public async Task A_bit_that_turned_over_anywhere_in_the_file_is_noticed_at_the_start()
    {
        await using var store = await Filled();
        await store.Close();
        var whole = File.ReadAllBytes(store.File);

        // The header, every page once, each time elsewhere in it: leaves and inner pages of tables and indexes, overflow and free pages.
        for (var page = 0; page < whole.Length / Page; page++)
        {
            Flip(store.File, page * Page + page * 997 % Page);
            Assert.Equal($"page {page + 1}", await Refusal(store));
            File.WriteAllBytes(store.File, whole);
        }

        await AssertWhole(store);
    }

    [Fact]
    public async Task A_file_that_lost_its_end_is_noticed()
    {
        await using var store = await Filled();
        await store.Close();
        var pages = new FileInfo(store.File).Length / Page;
        using (var file = File.OpenHandle(store.File, FileMode.Open, FileAccess.Write))
            RandomAccess.SetLength(file, (pages - 3) * Page);

        Assert.Equal($"page {pages - 2}", await Refusal(store));
    }

    [Fact]
    public async Task A_bit_that_turned_over_in_the_log_is_noticed_where_later_transactions_prove_that_it_was_on_the_disk()
    {
        await using var store = await Filled();
        using var crashed = new CrashImage(store.Folder);
        var log = File.ReadAllBytes(crashed.Log);
        for (var at = 5; at < log.Length / 2; at += log.Length / 100 + 1)
        {
            await using var victim = crashed.Copy();
            Flip(victim.File + "-wal", at);
            Assert.NotNull(await Refusal(victim));
        }

        await using var whole = crashed.Copy();
        await AssertWhole(whole);
    }

    [Fact]
    public async Task A_transaction_that_a_power_cut_tore_is_forgotten_not_taken_for_damage()
    {
        await using var store = await Filled();
        using var crashed = new CrashImage(store.Folder);
        await using var torn = crashed.Copy();
        using (var log = File.OpenHandle(torn.File + "-wal", FileMode.Open, FileAccess.Write))
            RandomAccess.SetLength(log, RandomAccess.GetLength(log) - 100);

        Assert.Null(await Refusal(torn));
    }

    [Fact]
    public async Task A_crash_between_noting_the_sums_and_moving_the_pages_is_no_damage()
    {
        await using var store = await Filled();
        using var before = new CrashImage(store.Folder);
        await store.Close();
        await using var between = before.Copy();
        File.Copy(Sums(store), Sums(between), overwrite: true);

        await AssertWhole(between);
    }

    [Fact]
    public async Task A_crash_while_the_pages_are_moved_is_no_damage()
    {
        await using var store = await Filled();
        using var before = new CrashImage(store.Folder);
        await store.Close();
        await using var halfway = before.Copy();
        File.Copy(Sums(store), Sums(halfway), overwrite: true);
        // Every other page has been moved already.
        var moved = File.ReadAllBytes(store.File);
        using (var file = File.OpenHandle(halfway.File, FileMode.Open, FileAccess.Write))
        {
            for (var at = 0; at < moved.Length; at += 2 * Page)
                RandomAccess.Write(file, moved.AsSpan(at, Page), at);
        }

        await AssertWhole(halfway);
    }

    [Fact]
    public async Task A_store_that_another_program_opened_after_a_crash_is_checked_and_taken_as_it_is()
    {
        await using var store = await Filled();
        using var crashed = new CrashImage(store.Folder);
        await using var used = crashed.Copy();
        // The last to close moves the log into the file, without noting sums.
        using (var other = used.Behind())
            StoreUnderTest.Execute(other, "SELECT count(*) FROM event");
        Assert.False(File.Exists(used.File + "-wal"));

        await AssertWhole(used);
        await used.Close();
        Flip(used.File, 5 * Page + 77);
        Assert.Equal("page 6", await Refusal(used));
    }

    [Fact]
    public async Task A_store_from_before_there_were_sums_gets_them()
    {
        await using var store = await Filled();
        await store.Close();
        File.Delete(Sums(store));
        await AssertWhole(store);
        await store.Close();
        Flip(store.File, 5 * Page + 77);

        Assert.Equal("page 6", await Refusal(store));
    }

    private static string Sums(StoreUnderTest store) => Path.ChangeExtension(store.File, "sums");

    private static async Task<StoreUnderTest> Filled()
    {
        var store = new StoreUnderTest();
        for (var i = 0; i < Commits; i++)
            await store.Journal.Commit(Sample.Commit($"case:{i % 40}", i / 40, $"{i}"));
        return store;
    }

    private static async Task AssertWhole(StoreUnderTest store)
    {
        await store.Reopen();
        var stored = 0;
        for (var i = 0; i < 40; i++)
            stored += (await store.Journal.Read($"case:{i}", 0)).Count;
        Assert.Equal(Commits, stored);
    }

    /// <summary>What the store says is damaged; null if it opens.</summary>
    private static async Task<string?> Refusal(StoreUnderTest store)
    {
        await store.Reopen();
        try
        {
            await store.Journal.Read("case:1", 0);
            return null;
        }
        catch (StoreFormatException refusal)
        {
            Assert.StartsWith("The store is damaged: ", refusal.Message);
            return refusal.Message["The store is damaged: ".Length..].Split(" of ")[0];
        }
        finally
        {
            await store.Close();
        }
    }

    private static void Flip(string path, long at)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        Span<byte> one = stackalloc byte[1];
        RandomAccess.Read(file, one, at);
        one[0] ^= 0x10;
        RandomAccess.Write(file, one, at);
    }

    /// <summary>What a kill would leave of a store that is open and quiet.</summary>
    private sealed class CrashImage : IDisposable
    {
        private static readonly string[] Files = ["cluster.db", "cluster.db-wal", "cluster.sums"];

        private readonly string _folder = Directory.CreateTempSubdirectory("cluster-image-").FullName;

        public CrashImage(string folder)
        {
            foreach (var name in Files)
                File.Copy(Path.Combine(folder, name), Path.Combine(_folder, name));
        }

        public string Log => Path.Combine(_folder, Files[1]);

        public StoreUnderTest Copy()
        {
            var copy = new StoreUnderTest();
            foreach (var name in Files)
                File.Copy(Path.Combine(_folder, name), Path.Combine(copy.Folder, name));
            return copy;
        }

        public void Dispose() => Directory.Delete(_folder, true);
    }
}

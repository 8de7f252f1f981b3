namespace Grains.Tests.Storage;

/// <summary>What PostgreSQL reads to write an event, while it has no statistics of the tables: they come late on a new site, and after an import.</summary>
public sealed class LookupTests : IOnPostgres, IAsyncLifetime
{
    private const int Streams = 100;
    private const int EventsOfStream = 40;
    private const int Fair = 10;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly StoreUnderTest _store = new(StoreKind.Postgres);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [StoreFact]
    public async Task To_write_an_event_some_rows_are_read_however_many_there_are()
    {
        string[] tables = ["event", "stream", "feed", "feed_item"];
        await _store.Health.Check();
        using (var behind = _store.Behind())
        {
            foreach (var table in tables) StoreUnderTest.Execute(behind, $"ALTER TABLE {table} SET (autovacuum_enabled = off)");
        }
        for (var s = 0; s < Streams; s++) await Write(s, 0);
        await _store.Reopen();
        await Told(Streams);
        var before = tables.Sum(Read);

        for (var s = 0; s < Streams; s++) await Write(s, EventsOfStream);
        await _store.Close();
        await Told(2 * Streams);
        Assert.InRange((tables.Sum(Read) - before) / (Streams * EventsOfStream), 0, Fair);
    }

    private Task Write(int stream, int after)
    {
        string[] ids = [.. Enumerable.Range(after, EventsOfStream).Select(i => $"{stream}-{i}")];
        return _store.Journal.Commit(Sample.Commit($"case:{stream}", after, ids) with { Feed = [Sample.Item($"{stream}-{after}", "all", $"case:{stream}")] });
    }

    private long Read(string table) => _store.Count($"SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_user_tables WHERE relname = '{table}'");

    // Counts reach the view within moments after a transaction, or with the end of its session.
    private async Task Told(int commits)
    {
        var patience = TimeProvider.System.GetTimestamp();
        while (_store.Count("SELECT n_tup_ins FROM pg_stat_user_tables WHERE relname = 'event'") < commits * EventsOfStream)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(patience) < TimeSpan.FromSeconds(30), "The counts come.");
            await Task.Delay(Look, TimeProvider.System);
        }
    }
}

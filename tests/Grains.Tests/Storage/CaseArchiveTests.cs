using Cluster.Contracts;
using Cluster.Contracts.Storage;

namespace Grains.Tests.Storage;

public abstract class CaseArchiveTests(StoreKind kind) : IAsyncLifetime
{
    private readonly StoreUnderTest _store = new(kind);

    public async Task InitializeAsync()
    {
        for (var i = 0; i < 30; i++)
        {
            await _store.Journal.Commit(Sample.Commit($"case:{i}", 0, [.. Enumerable.Range(0, i % 4 + 1).Select(n => $"{i}-{n}")]) with
            {
                Case = Sample.Case($"{i}") with { Procuratorate = i % 3 == 0 ? "422826" : "422800" },
            });
            await _store.Journal.Commit(new Commit { Stream = $"department:{i}", ExpectedVersion = 0, RecordedAt = Sample.Now, Events = [new EventMessage("/own", $"d-{i}", "draw", Sample.Now, null, [1])] });
        }
    }

    public Task DisposeAsync() => _store.DisposeAsync().AsTask();

    [StoreTheory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000)]
    public void Every_case_is_read_whole_and_once_in_stretches_of_any_length(int length)
    {
        var seen = new List<(string Case, string[] Events)>();
        long? place = 0;
        while (place is { } from)
            place = _store.Archive.Read(from, length, (id, events) => seen.Add((id, [.. events.Select(e => e.Id)])));

        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"{i}"), seen.Select(c => c.Case));
        Assert.All(seen, c => Assert.Equal(Enumerable.Range(0, int.Parse(c.Case) % 4 + 1).Select(n => $"{c.Case}-{n}"), c.Events));
    }

    [StoreFact]
    public async Task Cases_are_counted_by_procuratorate()
    {
        Assert.Equal(30, await _store.Archive.Count(null));
        Assert.Equal(10, await _store.Archive.Count(["422826", "unknown"]));
        Assert.Equal(0, await _store.Archive.Count([]));
    }
}

public sealed class CaseArchiveOnSqlite() : CaseArchiveTests(StoreKind.Sqlite);

public sealed class CaseArchiveOnPostgres() : CaseArchiveTests(StoreKind.Postgres), IOnPostgres;

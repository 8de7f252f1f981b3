using System.Data.Common;
using Cluster.Contracts.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Grains.Tests.Storage;

public abstract class AuditLogTests(StoreKind kind) : IAsyncLifetime
{
    private readonly StoreUnderTest _store = new(kind);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _store.DisposeAsync().AsTask();

    internal static AuditAct Act(string action, string? actor = "wang", string? target = "case:a", params (string Name, string Value)[] detail) => new()
    {
        Actor = actor, Roles = ["handler", "head"], Action = action, Target = target, Procuratorate = "422826", Outcome = "ok", Address = "10.0.0.1", Request = "r-1",
        Detail = detail.ToDictionary(d => d.Name, d => d.Value),
    };

    [StoreFact]
    public async Task Entries_are_numbered_and_each_is_chained_to_the_one_before()
    {
        Assert.Equal(AuditHead.Nothing, await _store.Audit.Head());
        Assert.True((await _store.Audit.Verify()).Ok);

        var first = await _store.Audit.Append(Act("case.read", detail: [("b", "2"), ("a", "1")]));
        await _store.Reopen();
        _store.Clock.Advance(TimeSpan.FromTicks(12_345_678));
        var second = await _store.Audit.Append(new AuditAct { Action = "setup.started", Outcome = "ok" });

        Assert.Equal((1L, 2L), (first.Number, second.Number));
        Assert.Equal((AuditHead.Nothing.Hash, first.Hash), (first.Previous, second.Previous));
        Assert.Equal(TimeSpan.FromMilliseconds(1_234), second.At - first.At);
        Assert.Equal(new AuditHead(2, second.Hash), await _store.Audit.Head());
        Assert.Equivalent(new[] { first, second }, await _store.Audit.After(0, 10), strict: true);
        Assert.True((await _store.Audit.Verify()).Ok);
    }

    [StoreFact]
    public async Task A_hundred_at_a_time_give_a_chain_without_gaps()
    {
        var entries = await Task.WhenAll(Enumerable.Range(0, 100).Select(n => Task.Run(() => _store.Audit.Append(Act("case.read", target: $"case:{n}")))));

        Assert.Equal(Enumerable.Range(1, 100).Select(n => (long)n), entries.Select(e => e.Number).Order());
        Assert.Equal(100, entries.Select(e => e.Act.Target).Distinct().Count());
        var check = await _store.Audit.Verify();
        Assert.True(check.Ok, check.Problem);
        Assert.Equal(100, check.Head.Number);
    }

    [StoreFact]
    public async Task Entries_that_wait_together_are_written_together_and_a_neighbour_that_breaks_does_not_harm_them()
    {
        Task<AuditEntry>[] entries;
        Task<CommitReceipt> broken;
        using (await _store.HoldWriter())
        {
            entries = [.. Enumerable.Range(0, 50).Select(n => _store.Audit.Append(Act("case.read", target: $"case:{n}")))];
            broken = _store.Journal.Commit(Sample.Commit("case:b", 0, "1") with { Feed = [Sample.Item("b", "all") with { Payload = null! }] });
            entries = [.. entries, _store.Audit.Append(Act("case.listed"))];
            Assert.All(entries, e => Assert.False(e.IsCompleted));
        }

        await Assert.ThrowsAsync<ArgumentNullException>(() => broken);
        Assert.Equal(Enumerable.Range(1, 51).Select(n => (long)n), (await Task.WhenAll(entries)).Select(e => e.Number));
        Assert.True((await _store.Audit.Verify()).Ok);
    }

    [StoreTheory]
    [InlineData("UPDATE audit SET actor = 'li' WHERE number = 2")]
    [InlineData("DELETE FROM audit WHERE number = 3")]
    public async Task The_database_itself_refuses_to_change_what_is_written(string sql)
    {
        await Fill(3);
        using var behind = _store.Behind();
        Assert.Contains("append-only", Assert.ThrowsAny<DbException>(() => StoreUnderTest.Execute(behind, sql)).Message, StringComparison.Ordinal);
        Assert.True((await _store.Audit.Verify()).Ok);
    }

    [StoreTheory]
    [InlineData("UPDATE audit SET actor = 'li' WHERE number = 3", 3, "changed")]
    [InlineData("UPDATE audit SET actor = NULL WHERE number = 3", 3, "changed")]
    [InlineData("UPDATE audit SET at = at + 1 WHERE number = 3", 3, "changed")]
    [InlineData("UPDATE audit SET at = 9223372036854775807 WHERE number = 3", 3, "changed")]
    [InlineData("UPDATE audit SET roles = 'nonsense' WHERE number = 3", 3, "changed")]
    [InlineData("UPDATE audit SET detail = '[1]' WHERE number = 3", 3, "changed")]
    [InlineData("UPDATE audit SET outcome = 'refused' WHERE number = 6", 6, "changed")]
    [InlineData("UPDATE audit SET previous = hash WHERE number = 3", 3, "not-chained")]
    [InlineData("UPDATE audit SET hash = previous WHERE number = 3", 3, "changed")]
    [InlineData("DELETE FROM audit WHERE number = 1", 1, "missing")]
    [InlineData("DELETE FROM audit WHERE number = 3", 3, "missing")]
    [InlineData("DELETE FROM audit WHERE number >= 5", 5, "missing")]
    [InlineData("DELETE FROM audit", 1, "missing")]
    [InlineData("UPDATE audit SET number = 99 WHERE number = 3; UPDATE audit SET number = 3 WHERE number = 4; UPDATE audit SET number = 4 WHERE number = 99", 3, "not-chained")]
    public async Task Whatever_is_changed_behind_its_back_is_found(string sql, long brokenAt, string problem)
    {
        await Fill(6);
        Tamper(sql);

        var check = await _store.Audit.Verify();
        Assert.Equal((false, brokenAt, problem), (check.Ok, check.BrokenAt, check.Problem));
    }

    [StoreFact]
    public async Task A_tail_cut_off_with_all_traces_of_it_is_found_by_whoever_noted_where_the_chain_ended()
    {
        await Fill(6);
        var noted = await _store.Audit.Head();
        await _store.Close();
        Tamper("DELETE FROM audit WHERE number > 4; UPDATE audit_head SET number = 4, hash = (SELECT hash FROM audit WHERE number = 4)");
        File.Delete(Path.ChangeExtension(_store.File, "sums"));
        await _store.Reopen();

        Assert.True((await _store.Audit.Verify()).Ok);
        Assert.Equal((5L, "missing"), ((await _store.Audit.Verify(noted: noted)).BrokenAt!.Value, (await _store.Audit.Verify(noted: noted)).Problem));

        await Fill(2);
        Assert.True((await _store.Audit.Verify()).Ok);
        Assert.Equal((6L, "not-as-noted"), ((await _store.Audit.Verify(noted: noted)).BrokenAt!.Value, (await _store.Audit.Verify(noted: noted)).Problem));
        Assert.True((await _store.Audit.Verify(noted: await _store.Audit.Head())).Ok);
    }

    [StoreFact]
    public async Task A_part_of_the_chain_can_be_checked_alone()
    {
        await Fill(6);
        Tamper("UPDATE audit SET actor = 'li' WHERE number = 3");

        Assert.True((await _store.Audit.Verify(last: 2)).Ok);
        Assert.True((await _store.Audit.Verify(first: 4)).Ok);
        Assert.Equal(3, (await _store.Audit.Verify(first: 2, last: 3)).BrokenAt);
        Assert.True((await _store.Audit.Verify(first: 4, last: 1_000)).Ok);
    }

    [StoreFact]
    public async Task More_entries_than_fit_a_page_of_the_check_are_all_checked()
    {
        await Fill(1_203);
        Assert.True((await _store.Audit.Verify()).Ok);
        Tamper("UPDATE audit SET actor = 'li' WHERE number = 1201");
        Assert.Equal(1_201, (await _store.Audit.Verify()).BrokenAt);
    }

    [StoreFact]
    public async Task It_is_read_the_latest_first_in_pages_by_every_filter()
    {
        for (var i = 0; i < 12; i++)
        {
            await _store.Audit.Append(Act(i % 2 == 0 ? "case.read" : "case.listed", actor: $"u{i % 3}", target: i % 4 == 0 ? null : $"case:{i % 4}"));
            if (i % 5 == 0)
                _store.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1], await Numbers(new AuditQuery { Limit = 5 }));
        Assert.Equal([11, 9, 7, 5, 3, 1], await Numbers(new AuditQuery { Action = "case.read", Limit = 2 }));
        Assert.Equal([10, 7, 4, 1], await Numbers(new AuditQuery { Actor = "u0", Limit = 3 }));
        Assert.Equal([10, 6, 2], await Numbers(new AuditQuery { Target = "case:1", Limit = 1 }));
        Assert.Equal([7, 1], await Numbers(new AuditQuery { Actor = "u0", Action = "case.read", Limit = 1 }));
        Assert.Equal([10], await Numbers(new AuditQuery { Actor = "u0", Target = "case:1" }));
        Assert.Equal([6, 5, 4, 3, 2], await Numbers(new AuditQuery { From = Sample.Now.AddMinutes(1), Until = Sample.Now.AddMinutes(2) }));
        Assert.Equal([5, 3], await Numbers(new AuditQuery { Action = "case.read", From = Sample.Now.AddTicks(1), Until = Sample.Now.AddMinutes(1).AddTicks(1) }));
        Assert.Empty(await Numbers(new AuditQuery { Actor = "nobody" }));
    }

    [StoreTheory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("AwAAAAAAAAAAeA")]
    public async Task A_cursor_of_another_list_is_refused(string cursor) =>
        await Assert.ThrowsAsync<ArgumentException>("cursor", () => _store.Audit.Read(new AuditQuery { Cursor = cursor }));

    [StoreFact]
    public async Task Whatever_it_is_given_it_keeps_within_bounds_and_verifies()
    {
        var wild = string.Concat(Enumerable.Repeat("\0\n\ud800𠮷咸\"\\'", 200));
        var entry = await _store.Audit.Append(new AuditAct
        {
            Actor = wild, Roles = [.. Enumerable.Repeat(wild, 99)], Action = wild, Target = wild, Procuratorate = wild, Outcome = wild, Address = wild, Request = wild,
            Detail = Enumerable.Range(0, 99).ToDictionary(n => $"{n}{wild}", _ => wild),
        });
        await _store.Audit.Append(new AuditAct { Action = "", Outcome = "", Target = "", Roles = [""], Detail = new Dictionary<string, string> { [""] = "" } });
        await _store.Reopen();

        Assert.True((await _store.Audit.Verify()).Ok);
        Assert.Equivalent(entry, (await _store.Audit.After(0, 1)).Single(), strict: true);
        Assert.Equal(AuditAct.LongestTarget, entry.Act.Target!.Length);
        Assert.True(AuditChain.Encode(entry).Length < 32 * 1024);
    }

    protected async Task Fill(int count) => await Task.WhenAll(Enumerable.Range(0, count).Select(n => _store.Audit.Append(Act("case.read", target: $"case:{n}"))));

    private async Task<List<long>> Numbers(AuditQuery query)
    {
        var numbers = new List<long>();
        for (string? cursor = null; ;)
        {
            var page = await _store.Audit.Read(query with { Cursor = cursor });
            Assert.InRange(page.Items.Count, 0, query.Limit);
            numbers.AddRange(page.Items.Select(e => e.Number));
            if ((cursor = page.Next) is null)
                return numbers;
        }
    }

    // As whoever owns the file may: the triggers are no obstacle to him.
    private void Tamper(string sql)
    {
        using var behind = _store.Behind();
        foreach (var trigger in (string[])["audit_no_update", "audit_no_delete"])
            StoreUnderTest.Execute(behind, $"DROP TRIGGER {trigger}{(kind == StoreKind.Postgres ? " ON audit" : "")}");
        StoreUnderTest.Execute(behind, sql);
    }
}

public sealed class AuditLogOnSqlite() : AuditLogTests(StoreKind.Sqlite)
{
    [Fact]
    public async Task Replacing_is_refused_too()
    {
        await using var store = new StoreUnderTest(StoreKind.Sqlite);
        await store.Audit.Append(Act("case.read"));
        using var behind = store.Behind();
        Assert.Contains("append-only", Assert.ThrowsAny<DbException>(() => StoreUnderTest.Execute(behind, """
            INSERT OR REPLACE INTO audit SELECT number, at, 'li', roles, action, target, procuratorate, outcome, address, request, detail, previous, hash FROM audit
            """)).Message, StringComparison.Ordinal);
    }
}

public sealed class AuditLogOnPostgres() : AuditLogTests(StoreKind.Postgres), IOnPostgres
{
    [StoreFact]
    public async Task Truncating_is_refused_too()
    {
        await using var store = new StoreUnderTest(StoreKind.Postgres);
        await store.Audit.Append(Act("case.read"));
        using var behind = store.Behind();
        Assert.Contains("append-only", Assert.ThrowsAny<DbException>(() => StoreUnderTest.Execute(behind, "TRUNCATE audit")).Message, StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task Several_processes_append_to_one_chain()
    {
        await using var store = new StoreUnderTest(StoreKind.Postgres);
        await store.Reopen(exclusive: false);
        await using var second = store.Build(exclusive: false);
        IAuditLog[] logs = [store.Audit, second.GetRequiredService<IAuditLog>()];
        var commits = Enumerable.Range(0, 20).Select(n => store.Journal.Commit(Sample.Commit($"case:{n}", 0, $"{n}") with { Feed = [Sample.Item($"{n}", "all")] }));

        var entries = await Task.WhenAll(Enumerable.Range(0, 200).Select(n => Task.Run(() => logs[n % 2].Append(Act("case.read", target: $"case:{n}")))));
        await Task.WhenAll(commits);

        Assert.Equal(Enumerable.Range(1, 200).Select(n => (long)n), entries.Select(e => e.Number).Order());
        Assert.True((await store.Audit.Verify()).Ok);
    }
}

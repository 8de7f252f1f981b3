using Cluster.Contracts;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Tests.World;

/// <summary>The read side of a store in memory, under one lock.</summary>
internal sealed class MemoryStore : ICaseIndex, IRuleIndex, IFeedStore, IUnitIndex, IAccountStore, IStoreHealth
{
    private readonly Dictionary<string, CaseRow> cases = [];
    private readonly Dictionary<string, AlertRow> alerts = [];
    private readonly Dictionary<string, List<FeedItem>> feeds = [];
    private readonly Dictionary<string, UnitRow> units = [];
    private readonly Dictionary<string, Account> accounts = [];
    private readonly Dictionary<string, Session> sessions = [];
    private readonly Dictionary<string, string> settings = [];

    public object Gate { get; } = new();

    public List<ICommitObserver> Observers { get; } = [];

    /// <summary>Items before this sequence are no longer kept, in every scope.</summary>
    public long FeedKeptFrom { get; set; } = 1;

    public bool Ready { get; set; } = true;

    public void Put(CaseRow row)
    {
        lock (Gate) cases[row.Id] = row;
    }

    public void Put(AlertRow row)
    {
        lock (Gate) alerts[row.Id] = row;
    }

    public void Put(UnitRow row)
    {
        lock (Gate) units[row.Kind + ":" + row.Id] = row;
    }

    /// <summary>Commits an item to scopes and tells the observers, in order.</summary>
    public void Feed(string kind, string payload, params string[] scopes)
    {
        lock (Gate)
        {
            var items = new List<FeedItem>();
            foreach (string scope in scopes)
            {
                if (!feeds.TryGetValue(scope, out List<FeedItem>? feed)) feeds[scope] = feed = [];
                var item = new FeedItem(scope, feed.Count + 1, kind, TestClock.Start, System.Text.Encoding.UTF8.GetBytes(payload));
                feed.Add(item);
                items.Add(item);
            }
            foreach (ICommitObserver observer in Observers) observer.Committed(items, []);
        }
    }

    public Task<CaseRow?> Find(string caseId, CancellationToken cancellation = default)
    {
        lock (Gate) return Task.FromResult(cases.GetValueOrDefault(caseId));
    }

    public Task<IReadOnlyList<AlertRow>> AlertsOf(string caseId, CancellationToken cancellation = default)
    {
        lock (Gate) return Task.FromResult<IReadOnlyList<AlertRow>>([.. alerts.Values.Where(a => a.Case == caseId)]);
    }

    public Task<AlertRow?> Alert(string id, CancellationToken cancellation = default)
    {
        lock (Gate) return Task.FromResult(alerts.GetValueOrDefault(id));
    }

    public Task<IReadOnlyList<CaseSummary>> OpenCases(CaseScope scope, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<CaseSummary>>([]);

    public Task<IReadOnlyList<CaseFlow>> Flow(
        Visibility visible, DateOnly from, DateOnly until, string? procuratorate = null, string? department = null, CancellationToken cancellation = default)
    {
        lock (Gate)
        {
            CaseRow[] seen = [.. cases.Values.Where(c => Sees(visible, c.Procuratorate, c.Department, c.Prosecutor))
                .Where(c => (procuratorate is null || c.Procuratorate == procuratorate) && (department is null || c.Department == department))];
            return Task.FromResult<IReadOnlyList<CaseFlow>>([.. seen.SelectMany(c => new[] { c.AcceptedOn, c.ClosedOn }).OfType<DateOnly>().Distinct()
                .Where(day => day >= from && day <= until)
                .Select(day => new CaseFlow(day, seen.Count(c => c.AcceptedOn == day), seen.Count(c => c.ClosedOn == day)))]);
        }
    }

    public Task<Page<CaseRow>> Cases(CaseQuery query, CancellationToken cancellation = default)
    {
        lock (Gate)
        {
            IEnumerable<CaseRow> found = cases.Values
                .Where(c => Sees(query.Visible, c.Procuratorate, c.Department, c.Prosecutor))
                .Where(c => query.Procuratorate is null || c.Procuratorate == query.Procuratorate)
                .Where(c => query.Department is null || c.Department == query.Department)
                .Where(c => query.Prosecutor is null || c.Prosecutor == query.Prosecutor)
                .Where(c => query.CaseType is null || c.CaseType == query.CaseType)
                .Where(c => query.Open is null || c.Open == query.Open)
                .Where(c => query.DueAfter is null || c.NextDueAt > query.DueAfter)
                .Where(c => query.DueBefore is null || c.NextDueAt < query.DueBefore)
                .OrderBy(c => c.Id, StringComparer.Ordinal);
            return Task.FromResult(PageOf(found, c => c.Id, query.Cursor, query.Limit));
        }
    }

    public Task<Page<AlertRow>> Alerts(AlertQuery query, CancellationToken cancellation = default)
    {
        lock (Gate)
        {
            IEnumerable<AlertRow> found = alerts.Values
                .Where(a => a.RetractedAt is null)
                .Where(a => Sees(query.Visible, a.Procuratorate, a.Department, a.Prosecutor))
                .Where(a => query.Procuratorate is null || a.Procuratorate == query.Procuratorate)
                .Where(a => query.Department is null || a.Department == query.Department)
                .Where(a => query.Prosecutor is null || a.Prosecutor == query.Prosecutor)
                .Where(a => query.Level is null || a.Level == query.Level)
                .Where(a => query.Rule is null || a.Rule == query.Rule)
                .Where(a => query.Open is null || (a.ClearedAt is null && a.Status is not ("closed" or "dismissed")) == query.Open)
                .OrderBy(a => a.Id, StringComparer.Ordinal);
            return Task.FromResult(PageOf(found, a => a.Id, query.Cursor, query.Limit));
        }
    }

    public Task<IReadOnlyDictionary<string, long>> Fired(CancellationToken cancellation = default)
    {
        lock (Gate)
            return Task.FromResult<IReadOnlyDictionary<string, long>>(alerts.Values.GroupBy(a => a.Rule).ToDictionary(g => g.Key, g => (long)g.Count()));
    }

    public Task<IReadOnlyList<string>> Stale(long revision, IReadOnlyCollection<string> rules, string? after, int limit, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    public Task<IReadOnlyList<TrialCount>> Trials(CancellationToken cancellation = default) => Task.FromResult<IReadOnlyList<TrialCount>>([]);

    public Task<IReadOnlyDictionary<string, RuleDecisions>> Decisions(Visibility visible, CancellationToken cancellation = default)
    {
        lock (Gate)
        {
            return Task.FromResult<IReadOnlyDictionary<string, RuleDecisions>>(alerts.Values
                .Where(a => a.RetractedAt is null && (a.Status is "dismissed" or "noticed" or "replied" || (a.Status == "closed" && a.ClearedAt is null)))
                .Where(a => Sees(visible, a.Procuratorate, a.Department, a.Prosecutor))
                .GroupBy(a => a.Rule).ToDictionary(g => g.Key, g => new RuleDecisions(g.Count(a => a.Status == "dismissed"), g.Count())));
        }
    }

    public Task<DateTimeOffset?> LastInstant(CancellationToken cancellation = default) => Task.FromResult<DateTimeOffset?>(null);

    public Task<long> Last(string scope, CancellationToken cancellation = default)
    {
        lock (Gate) return Task.FromResult(feeds.TryGetValue(scope, out List<FeedItem>? feed) ? feed.Count : 0L);
    }

    public async Task<IReadOnlyList<long>> Last(IReadOnlyList<string> scopes, CancellationToken cancellation = default) =>
        await Task.WhenAll(scopes.Select(scope => Last(scope, cancellation)));

    public Task<IReadOnlyList<FeedItem>?> After(string scope, long sequence, int limit, CancellationToken cancellation = default)
    {
        lock (Gate)
        {
            IReadOnlyList<FeedItem> feed = feeds.GetValueOrDefault(scope) ?? [];
            return Task.FromResult<IReadOnlyList<FeedItem>?>(
                sequence + 1 < FeedKeptFrom ? null : [.. feed.Where(i => i.Sequence > sequence).Take(limit)]);
        }
    }

    public Task<IReadOnlyList<UnitRow>> All(CancellationToken cancellation = default)
    {
        lock (Gate) return Task.FromResult<IReadOnlyList<UnitRow>>([.. units.Values]);
    }

    Task<Account?> IAccountStore.Find(string user, CancellationToken cancellation)
    {
        lock (Gate)
        {
            return Task.FromResult(accounts.GetValueOrDefault(user));
        }
    }

    public Task<bool> Any(CancellationToken cancellation = default)
    {
        lock (Gate) return Task.FromResult(accounts.Count > 0);
    }

    Task<IReadOnlyList<Account>> IAccountStore.All(CancellationToken cancellation)
    {
        lock (Gate) return Task.FromResult<IReadOnlyList<Account>>([.. accounts.Values]);
    }

    public Task Save(Account account, CancellationToken cancellation = default)
    {
        lock (Gate) accounts[account.User] = account;
        return Task.CompletedTask;
    }

    public Task<bool> Delete(string user, CancellationToken cancellation = default)
    {
        lock (Gate)
        {
            foreach (string key in sessions.Where(s => s.Value.User == user).Select(s => s.Key).ToList()) sessions.Remove(key);
            return Task.FromResult(accounts.Remove(user));
        }
    }

    public Task SaveSession(Session session, CancellationToken cancellation = default)
    {
        lock (Gate) sessions[Convert.ToHexString(session.TokenHash)] = session;
        return Task.CompletedTask;
    }

    public Task<Session?> FindSession(byte[] tokenHash, CancellationToken cancellation = default)
    {
        lock (Gate) return Task.FromResult(sessions.GetValueOrDefault(Convert.ToHexString(tokenHash)));
    }

    public Task<IReadOnlyList<byte[]>> EndSessions(string user, CancellationToken cancellation = default)
    {
        lock (Gate)
        {
            byte[][] ended = [.. sessions.Values.Where(s => s.User == user).Select(s => s.TokenHash)];
            foreach (byte[] hash in ended) sessions.Remove(Convert.ToHexString(hash));
            return Task.FromResult<IReadOnlyList<byte[]>>(ended);
        }
    }

    public Task EndSession(byte[] tokenHash, CancellationToken cancellation = default)
    {
        lock (Gate) sessions.Remove(Convert.ToHexString(tokenHash));
        return Task.CompletedTask;
    }

    public Task<string?> Setting(string name, CancellationToken cancellation = default)
    {
        lock (Gate) return Task.FromResult(settings.GetValueOrDefault(name));
    }

    public Task SaveSetting(string name, string value, CancellationToken cancellation = default)
    {
        lock (Gate) settings[name] = value;
        return Task.CompletedTask;
    }

    public Task<StoreHealth> Check(CancellationToken cancellation = default) => Task.FromResult(new StoreHealth(Ready, Ready ? null : "broken"));

    private static bool Sees(Visibility visible, string? procuratorate, string? department, string? prosecutor) =>
        visible.All
        || (procuratorate is not null && visible.Procuratorates.Contains(procuratorate))
        || (department is not null && visible.Departments.Contains(department))
        || (prosecutor is not null && visible.Prosecutors.Contains(prosecutor));

    private static Page<T> PageOf<T>(IEnumerable<T> ordered, Func<T, string> key, string? cursor, int limit)
    {
        if (cursor is not null && !cursor.StartsWith("after:", StringComparison.Ordinal)) throw new ArgumentException("No cursor.", nameof(cursor));
        List<T> rest = [.. ordered.Where(item => cursor is null || string.CompareOrdinal(key(item), cursor["after:".Length..]) > 0).Take(limit + 1)];
        List<T> items = [.. rest.Take(limit)];
        return new Page<T>(items, rest.Count > limit ? "after:" + key(items[^1]) : null);
    }
}

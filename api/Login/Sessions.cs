using System.Collections.Concurrent;
using Cluster.Contracts.Storage;
using Microsoft.Extensions.Options;

namespace Cluster.Api.Login;

/// <summary>Who is logged in. The store has the last word; memory makes it quick and ends sessions at once.</summary>
internal sealed class Sessions : IDisposable
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(30);

    private readonly IAccountStore store;
    private readonly TimeProvider clock;
    private readonly LoginOptions options;
    private readonly ConcurrentDictionary<string, LiveSession> live = new();
    private readonly ITimer sweep;

    // Counts revocations: a session read from the store while one ran may be one that it ended.
    private long revocations;

    public Sessions(IAccountStore store, TimeProvider clock, IOptions<LoginOptions> options)
    {
        this.store = store;
        this.clock = clock;
        this.options = options.Value;
        sweep = clock.CreateTimer(_ => Sweep(), null, SweepEvery, SweepEvery);
    }

    /// <summary>Logs an account in.</summary>
    /// <returns>The token, which is nowhere kept, and the session.</returns>
    public async Task<(string Token, LiveSession Session)> Open(Account account, CancellationToken cancellation)
    {
        string token = SessionToken.New();
        DateTimeOffset now = clock.GetUtcNow();
        var session = new LiveSession(SessionToken.Hash(token), account, now + options.LifetimeOf(account), now);
        long before = Interlocked.Read(ref revocations);
        await store.SaveSession(new Session(session.Hash, account.User, session.ExpiresAt), cancellation);
        // An account deleted or changed meanwhile is read again by the first call; memory starts only from what is certain.
        if (before == Interlocked.Read(ref revocations)) live[session.Key] = session;
        return (token, session);
    }

    public async ValueTask<LiveSession?> Find(string token, CancellationToken cancellation)
    {
        if (!SessionToken.IsPlausible(token)) return null;
        byte[] hash = SessionToken.Hash(token);
        DateTimeOffset now = clock.GetUtcNow();
        if (!live.TryGetValue(Convert.ToBase64String(hash), out LiveSession? session))
        {
            session = await Load(hash, now, cancellation);
            if (session is null) return null;
        }
        if (session.IsOver(now, options.IdleOf(session.Account)))
        {
            await End(session);
            return null;
        }
        session.Seen(now);
        return session;
    }

    public async Task End(LiveSession session)
    {
        Interlocked.Increment(ref revocations);
        live.TryRemove(session.Key, out _);
        session.End();
        await store.EndSession(session.Hash);
    }

    /// <summary>Ends every session of a user, except perhaps the one in which the user asked for it.</summary>
    public async Task EndAll(string user, LiveSession? except = null)
    {
        await store.EndSessions(user);
        if (except is not null) await store.SaveSession(new Session(except.Hash, user, except.ExpiresAt));
        Interlocked.Increment(ref revocations);
        foreach (LiveSession session in live.Values)
        {
            if (session.Account.User != user || session.Key == except?.Key) continue;
            live.TryRemove(session.Key, out _);
            session.End();
        }
    }

    /// <summary>Lets running sessions know what their account has become.</summary>
    public void Changed(Account account)
    {
        Interlocked.Increment(ref revocations);
        foreach (LiveSession session in live.Values)
        {
            if (session.Account.User == account.User) session.Change(account);
        }
    }

    public void Dispose() => sweep.Dispose();

    private async Task<LiveSession?> Load(byte[] hash, DateTimeOffset now, CancellationToken cancellation)
    {
        string key = Convert.ToBase64String(hash);
        while (true)
        {
            long before = Interlocked.Read(ref revocations);
            Session? stored = await store.FindSession(hash, cancellation);
            Account? account = stored is null ? null : await store.Find(stored.User, cancellation);
            if (stored is null || account is null)
            {
                if (live.TryRemove(key, out LiveSession? gone)) gone.End();
                return null;
            }
            // Another call may have loaded it first, and connections may already depend on that one.
            LiveSession session = live.GetOrAdd(key, _ => new LiveSession(hash, account, stored.ExpiresAt, now));
            if (before == Interlocked.Read(ref revocations)) return session;
        }
    }

    private void Sweep()
    {
        DateTimeOffset now = clock.GetUtcNow();
        foreach (LiveSession session in live.Values)
        {
            if (session.IsOver(now, options.IdleOf(session.Account))) _ = End(session);
        }
    }
}

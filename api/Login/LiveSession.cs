using Cluster.Contracts.Storage;

namespace Cluster.Api.Login;

/// <summary>A session in memory.</summary>
internal sealed class LiveSession(byte[] hash, Account account, DateTimeOffset expiresAt, DateTimeOffset now)
{
    private readonly CancellationTokenSource ended = new();
    private long seenTicks = now.UtcTicks;
    private int connections;
    private volatile Account account = account;

    public byte[] Hash { get; } = hash;

    public string Key { get; } = Convert.ToBase64String(hash);

    public DateTimeOffset ExpiresAt { get; } = expiresAt;

    /// <summary>The account as it is now; changes of roles and units reach running sessions.</summary>
    public Account Account => account;

    /// <summary>Cancelled when the session ends, for whatever reason.</summary>
    public CancellationToken Ended => ended.Token;

    /// <summary>Raised when roles or units of the account have changed.</summary>
    public event Action? RightsChanged;

    public void Seen(DateTimeOffset now) => Interlocked.Exchange(ref seenTicks, now.UtcTicks);

    /// <summary>A screen on a wall is not idle though nobody touches it.</summary>
    public void Connected() => Interlocked.Increment(ref connections);

    public void Disconnected(DateTimeOffset now)
    {
        Interlocked.Decrement(ref connections);
        Seen(now);
    }

    public bool IsOver(DateTimeOffset now, TimeSpan idle) =>
        now >= ExpiresAt
        || (Volatile.Read(ref connections) == 0 && now.UtcTicks - Interlocked.Read(ref seenTicks) >= idle.Ticks);

    public void Change(Account changed)
    {
        account = changed;
        RightsChanged?.Invoke();
    }

    public void End() => ended.Cancel();
}

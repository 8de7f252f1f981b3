namespace Cluster.Contracts.Storage;

/// <summary>
/// Who read and did what: append-only, and chained by hashes so that nobody can change, drop or insert an entry unnoticed. Kept for ever;
/// the law asks for six months at least (Cybersecurity Law 21). <see cref="AuditChain"/> says how an entry is hashed and how a chain is checked.
/// </summary>
public interface IAuditLog
{
    /// <summary>Appends an entry durably (fsync done when it returns). Entries that wait are written together.</summary>
    /// <exception cref="StoreUnavailableException">The store is away; whether it was written nobody can know.</exception>
    /// <exception cref="JournalOverloadedException">Too much waits to be written; nothing was.</exception>
    Task<AuditEntry> Append(AuditAct act, CancellationToken cancellation = default);

    /// <summary>One page of what a query asks for, the latest first; of the same instant, the higher number first.</summary>
    /// <exception cref="ArgumentException">The cursor is none of this list.</exception>
    Task<Page<AuditEntry>> Read(AuditQuery query, CancellationToken cancellation = default);

    /// <summary>The entries after a number, in the order of the chain. Numbers count from 1.</summary>
    Task<IReadOnlyList<AuditEntry>> After(long number, int limit, CancellationToken cancellation = default);

    /// <summary>Where the chain ends, as the store noted beside the entries themselves: a tail that was cut off leaves the note behind.</summary>
    Task<AuditHead> Head(CancellationToken cancellation = default);
}

/// <summary>An entry of the log.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="At">When it was written by the real clock, UTC, in whole milliseconds.</param>
/// <param name="Act">What it tells, within the bounds of <see cref="AuditAct.Bounded"/>.</param>
/// <param name="Previous">Hash of the entry before, 64 lower-case hexadecimal digits; of the first, <see cref="AuditHead.Nothing"/>'s.</param>
/// <param name="Hash">SHA-256 of <see cref="AuditChain.Encode"/>, 64 lower-case hexadecimal digits.</param>
public sealed record AuditEntry(long Number, DateTimeOffset At, AuditAct Act, string Previous, string Hash);

/// <summary>The end of the chain.</summary>
/// <param name="Number">Of the last entry, which is how many there are.</param>
/// <param name="Hash">Of the last entry.</param>
public sealed record AuditHead(long Number, string Hash)
{
    /// <summary>The end of an empty chain.</summary>
    public static AuditHead Nothing { get; } = new(0, new string('0', 64));
}

/// <summary>What is asked of the log; filters add up.</summary>
public sealed record AuditQuery
{
    /// <summary>Not before.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before, exclusive.</summary>
    public DateTimeOffset? Until { get; init; }

    public string? Actor { get; init; }

    public string? Action { get; init; }

    public string? Target { get; init; }

    public int Limit { get; init; } = 50;

    /// <summary>From <see cref="Page{T}.Next"/>.</summary>
    public string? Cursor { get; init; }

    /// <summary>Whether an entry is asked for, its place in the list aside.</summary>
    public bool Asks(AuditEntry entry) =>
        (From is null || entry.At >= From) && (Until is null || entry.At < Until)
        && (Actor is null || entry.Act.Actor == Actor) && (Action is null || entry.Act.Action == Action) && (Target is null || entry.Act.Target == Target);
}

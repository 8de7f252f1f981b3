using Cluster.Cases.Assessment;
using Orleans;

namespace Cluster.Contracts.Storage;

/// <summary>The only truth: streams of events, append-only. One commit writes everything that must be true together.</summary>
public interface IJournal
{
    /// <summary>Events of a stream after a version, in version order.</summary>
    Task<IReadOnlyList<JournalEvent>> Read(string stream, long afterVersion, CancellationToken cancellation = default);

    /// <summary>Writes a commit durably (fsync done when it returns). Commits that wait are written together.</summary>
    /// <exception cref="StreamVersionException">The stream is not at <see cref="Commit.ExpectedVersion"/>, or the case not at the revision before; nothing was written.</exception>
    /// <exception cref="StoreUnavailableException">The store is away; whether it was written nobody can know.</exception>
    /// <exception cref="JournalOverloadedException">Too many commits wait; nothing was written.</exception>
    Task<CommitReceipt> Commit(Commit commit, CancellationToken cancellation = default);
}

/// <summary>A stored event.</summary>
public sealed record JournalEvent(long Version, EventMessage Event, DateTimeOffset RecordedAt);

/// <summary>Everything that one commit of one stream writes, all or nothing.</summary>
public sealed record Commit
{
    /// <summary>The stream, as <c>case:ID</c>, <c>department:ID</c>, <c>prosecutor:ID</c>, <c>procuratorate:CODE</c>.</summary>
    public required string Stream { get; init; }

    /// <summary>The version the writer believes the stream to have; the events get the next versions.</summary>
    public required long ExpectedVersion { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public IReadOnlyList<EventMessage> Events { get; init; } = [];

    /// <summary>The case's row in the index, replaced; null leaves it. Its revision must follow the one stored, or nothing is written.</summary>
    public CaseRow? Case { get; init; }

    /// <summary>Alert rows, inserted or replaced by id.</summary>
    public IReadOnlyList<AlertRow> Alerts { get; init; } = [];

    /// <summary>Feed items; each gets the next sequence in every scope it names.</summary>
    public IReadOnlyList<FeedEntry> Feed { get; init; } = [];

    /// <summary>The row of a unit (procuratorate, department, prosecutor), replaced; null leaves it.</summary>
    public UnitRow? Unit { get; init; }

    /// <summary>When the case must be woken; null leaves the due index alone.</summary>
    public DueChange? Due { get; init; }

    /// <summary>The revision of the catalogue by which the case was assessed; null leaves what is noted.</summary>
    public AssessedBy? Assessed { get; init; }

    /// <summary>What the trials that look at the case found in it, each replaced.</summary>
    public IReadOnlyList<TrialFindings> Tried { get; init; } = [];

    /// <summary>Whether other grains must still learn of this revision (see <see cref="IDueIndex.Undelivered"/>).</summary>
    public bool Deliver { get; init; }
}

/// <summary>The next wake of a case; <paramref name="At"/> null removes it.</summary>
public sealed record DueChange(string Case, DateTimeOffset? At);

/// <summary>By which revision of the catalogue a case was last assessed.</summary>
public sealed record AssessedBy(string Case, long Revision);

/// <summary>What a commit did.</summary>
/// <param name="Version">The stream's version after it.</param>
/// <param name="Conflicts">Indexes of events whose (source, id) another stream already holds. If any, nothing was written.</param>
public sealed record CommitReceipt(long Version, IReadOnlyList<int> Conflicts);

/// <summary>The stream, or the revision of its case, had moved on: another activation wrote meanwhile, or this one did and never heard of it.</summary>
[GenerateSerializer, Alias("cluster.stream-version")]
public sealed class StreamVersionException : Exception
{
    public StreamVersionException(string stream, long expected, long actual) : base($"Stream {stream} is at version {actual}, not {expected}.")
    {
    }

    public StreamVersionException(string stream, long revision) : base($"Revision {revision} of {stream} is not the next one.")
    {
    }
}

/// <summary>Too many commits wait for the disk; the sender should come back later.</summary>
[GenerateSerializer, Alias("cluster.journal-overloaded")]
public sealed class JournalOverloadedException(int waiting)
    : Exception($"{waiting} commits are waiting; try again later.");

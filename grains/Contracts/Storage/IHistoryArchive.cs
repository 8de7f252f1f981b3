namespace Cluster.Contracts.Storage;

/// <summary>For those who look back over a whole department: what there is, and many streams in one reading.</summary>
public interface IHistoryArchive
{
    /// <summary>Every case that a department has, open and closed, with its revision, by id.</summary>
    Task<IReadOnlyList<CaseRevision>> Cases(string department, CancellationToken cancellation = default);

    /// <summary>Some streams, whole, each event in version order; a stream that does not exist is left out.</summary>
    Task<IReadOnlyList<StoredStream>> Read(IReadOnlyCollection<string> streams, CancellationToken cancellation = default);
}

/// <summary>A case and how often it was committed.</summary>
public readonly record struct CaseRevision(string Case, long Revision);

/// <summary>A stream with its events.</summary>
public sealed record StoredStream(string Name, IReadOnlyList<JournalEvent> Events);

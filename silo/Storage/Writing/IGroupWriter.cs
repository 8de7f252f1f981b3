using Cluster.Contracts.Storage;

namespace Cluster.Storage.Writing;

/// <summary>What a database does with the work that waits: the seam between the loop that writes and the store it writes to.</summary>
internal interface IGroupWriter
{
    /// <summary>Whether there is something to tidy up, which the next group does on the way.</summary>
    bool HasChores { get; }

    /// <summary>
    /// Writes a group in one transaction and returns when it is durable. Whoever is refused is told through its work; an exception
    /// means that nothing of the group was written, or that nobody can know.
    /// </summary>
    /// <param name="delivered">Revisions of cases that others have learnt of.</param>
    /// <param name="now">On the real clock.</param>
    Effects Write(IReadOnlyList<Work> group, IReadOnlyCollection<KeyValuePair<string, long>> delivered, DateTimeOffset now);

    /// <summary>Whether an exception is the fault of the store, and so hits everybody, rather than of one of the group.</summary>
    bool IsOfStore(Exception exception);
}

/// <summary>What a group changed that others wait for, in commit order.</summary>
internal sealed record Effects(IReadOnlyList<FeedItem> Feed, IReadOnlyList<DueChange> Due);

using Cluster.Cases.Events;

namespace Cluster.Contracts.Storage;

/// <summary>Everything stored of many cases, read in the order it lies in.</summary>
public interface ICaseArchive
{
    /// <summary>How many cases there are in some procuratorates.</summary>
    /// <param name="procuratorates">Null: everywhere.</param>
    Task<long> Count(IReadOnlyCollection<string>? procuratorates, CancellationToken cancellation = default);

    /// <summary>Reads a stretch of cases, whole and each once, on the caller's thread. Cases that begin meanwhile may come or not.</summary>
    /// <param name="from">The place to begin at, from 0.</param>
    /// <param name="length">Most places to read.</param>
    /// <param name="see">Takes one case after the other; the list is reused.</param>
    /// <returns>The place to go on at; null at the end.</returns>
    long? Read(long from, int length, Action<string, List<CaseEvent>> see, CancellationToken cancellation = default);
}

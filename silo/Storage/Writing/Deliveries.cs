using System.Collections.Concurrent;

namespace Cluster.Storage.Writing;

/// <summary>Deliveries that are not written yet.</summary>
internal sealed class Deliveries
{
    private readonly ConcurrentDictionary<string, long> _revisions = new();

    public int Count => _revisions.Count;

    public void Add(string caseId, long revision) => _revisions.AddOrUpdate(caseId, revision, (_, known) => Math.Max(known, revision));

    public KeyValuePair<string, long>[] Waiting() => _revisions.IsEmpty ? [] : _revisions.ToArray();

    /// <summary>They are written; what came later stays.</summary>
    public void Written(IEnumerable<KeyValuePair<string, long>> deliveries)
    {
        foreach (var delivery in deliveries)
            _revisions.TryRemove(delivery);
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using Cluster.Contracts.Operations;
using Cluster.Contracts.Storage;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Cluster.Api.Live;

/// <summary>Tells connections of what was just committed. It holds items only of scopes that somebody watches.</summary>
internal sealed class FeedBroadcaster(TimeProvider clock, IOptions<LiveOptions> options) : ICommitObserver
{
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, FeedRing> rings = new();

    public void Committed(IReadOnlyList<FeedItem> feed, IReadOnlyList<DueChange> due)
    {
        if (rings.IsEmpty) return;
        using Activity? span = Tracing.Within("feed.publish");
        span?.SetTag("items", feed.Count);
        long now = clock.GetTimestamp();
        foreach (FeedItem item in feed)
        {
            if (rings.TryGetValue(item.Scope, out FeedRing? ring)) ring.Add(item, now, span?.Context ?? default);
        }
    }

    /// <summary>Compares every watched scope with the store, and has those wake that somebody did not tell us of: another process may have died between a commit and its news.</summary>
    public async Task CatchUp(IFeedStore store, CancellationToken cancellation)
    {
        List<KeyValuePair<string, FeedRing>> watched = [.. rings];
        if (watched.Count == 0) return;
        IReadOnlyList<long> reached = await store.Last([.. watched.Select(w => w.Key)], cancellation);
        for (int i = 0; i < watched.Count; i++) watched[i].Value.Notice(reached[i]);
    }

    /// <summary>Watches a scope: <paramref name="wake"/> is called on the journal's loop for every item and must only signal.</summary>
    /// <exception cref="HubException">Too many scopes are watched.</exception>
    public FeedRing Watch(string scope, Action wake)
    {
        lock (gate)
        {
            if (!rings.ContainsKey(scope) && rings.Count >= options.Value.MostWatched)
                throw new HubException("Too many scopes are watched; try again later.");
            FeedRing ring = rings.GetOrAdd(scope, _ => new FeedRing());
            ring.Join(wake);
            return ring;
        }
    }

    public void Leave(string scope, Action wake)
    {
        lock (gate)
        {
            if (rings.TryGetValue(scope, out FeedRing? ring) && ring.Leave(wake)) rings.TryRemove(scope, out _);
        }
    }
}

using System.Collections.Concurrent;

namespace Cluster.Crash.Load;

/// <summary>How calls went: how many answers of each kind, and how long the longest of each took.</summary>
internal sealed class Answers
{
    private readonly ConcurrentDictionary<string, (long Count, TimeSpan Longest)> _kinds = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Exception> _broken = new();

    public void Add(string kind, TimeSpan took) =>
        _kinds.AddOrUpdate(kind, (1, took), (_, known) => (known.Count + 1, took > known.Longest ? took : known.Longest));

    /// <summary>Something was answered that must not be.</summary>
    public void Broke(Exception e) => _broken.Enqueue(e);

    public long Count(string kind) => _kinds.GetValueOrDefault(kind).Count;

    public TimeSpan Longest(string kind) => _kinds.GetValueOrDefault(kind).Longest;

    /// <exception cref="BrokenClaim">A caller met something that must not be.</exception>
    public void MustBeSound()
    {
        if (_broken.TryPeek(out Exception? first)) throw new BrokenClaim(first.Message);
    }

    public override string ToString() =>
        string.Join(", ", _kinds.OrderBy(k => k.Key, StringComparer.Ordinal).Select(k => FormattableString.Invariant($"{k.Value.Count} {k.Key} (longest {k.Value.Longest.TotalSeconds:0.00} s)")));
}

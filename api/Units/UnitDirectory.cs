using Cluster.Contracts.Storage;

namespace Cluster.Api.Units;

/// <summary>Keeps the unit tree at hand for every request.</summary>
internal sealed class UnitDirectory(IUnitIndex index, TimeProvider clock)
{
    // Changes through this server are seen at once; this bounds how long others' go unseen.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim reading = new(1);
    private volatile Reading? last;

    /// <summary>Raised after the tree has changed in a way that may change rights.</summary>
    public event Action? Changed;

    public async ValueTask<UnitTree> Tree(CancellationToken cancellation = default) =>
        last is { } current && clock.GetUtcNow() - current.At < Fresh ? current.Tree : await Read(onlyIfStale: true, cancellation);

    public async ValueTask<Rights> RightsOf(Account account, CancellationToken cancellation = default) =>
        new(account, await Tree(cancellation));

    /// <summary>Reads the tree anew, after a unit was changed.</summary>
    public Task Refresh() => Read(onlyIfStale: false, CancellationToken.None);

    private async Task<UnitTree> Read(bool onlyIfStale, CancellationToken cancellation)
    {
        bool changed;
        UnitTree tree;
        await reading.WaitAsync(cancellation);
        try
        {
            if (onlyIfStale && last is { } current && clock.GetUtcNow() - current.At < Fresh) return current.Tree;
            tree = new UnitTree(await index.All(cancellation));
            changed = last is { } before && !before.Tree.SameShape(tree);
            last = new Reading(tree, clock.GetUtcNow());
        }
        finally
        {
            reading.Release();
        }
        if (changed) Changed?.Invoke();
        return tree;
    }

    private sealed record Reading(UnitTree Tree, DateTimeOffset At);
}

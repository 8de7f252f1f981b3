namespace Cluster.Contracts.Storage;

/// <summary>When which case must be woken, and which revisions other grains have not learnt of.</summary>
public interface IDueIndex
{
    /// <summary>The same of some of the cases only.</summary>
    /// <exception cref="NotSupportedException">It is the store of a single process, which needs no parts.</exception>
    IDueIndex Of(CaseShard shard) => shard == CaseShard.Whole ? this : throw new NotSupportedException("A store of one process has no parts.");

    /// <summary>The earliest wakes not later than an instant, in order of time and, at one instant, of the store's own order of cases.</summary>
    /// <param name="after">The wake to go on after, whether it is still there or not; an empty case goes on with the first of that instant. Null: from the first.</param>
    Task<IReadOnlyList<DueChange>> Until(DateTimeOffset instant, int limit, DueChange? after = null, CancellationToken cancellation = default);

    /// <summary>Cases with a revision that was committed with <see cref="Commit.Deliver"/> and not yet <see cref="Delivered"/>.</summary>
    Task<IReadOnlyList<string>> Undelivered(int limit, CancellationToken cancellation = default);

    /// <summary>Other grains have learnt of this revision. Written with the next commits, not awaited for durability: delivering again is harmless.</summary>
    void Delivered(string caseId, long revision);
}

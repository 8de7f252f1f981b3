using Cluster.Contracts.Storage;

namespace Cluster.Api.Tests.World;

/// <summary>An audit log in memory.</summary>
internal sealed class MemoryAudit(TimeProvider clock) : IAuditLog
{
    private readonly List<AuditEntry> entries = [];
    private readonly Lock gate = new();

    /// <summary>What appending fails with.</summary>
    public Exception? Failure { get; set; }

    public IReadOnlyList<AuditEntry> Entries
    {
        get
        {
            lock (gate) return [.. entries];
        }
    }

    public Task<AuditEntry> Append(AuditAct act, CancellationToken cancellation = default)
    {
        lock (gate)
        {
            if (Failure is not null) return Task.FromException<AuditEntry>(Failure);
            entries.Add(AuditChain.Next(End(), clock.GetUtcNow(), act.Bounded()));
            return Task.FromResult(entries[^1]);
        }
    }

    public Task<Page<AuditEntry>> Read(AuditQuery query, CancellationToken cancellation = default)
    {
        lock (gate)
        {
            long before = query.Cursor is null ? long.MaxValue : long.TryParse(query.Cursor, out long number) ? number : throw new ArgumentException("No cursor.", "cursor");
            List<AuditEntry> rest = [.. entries.Where(e => e.Number < before && query.Asks(e)).OrderByDescending(e => e.Number).Take(query.Limit + 1)];
            List<AuditEntry> items = [.. rest.Take(query.Limit)];
            return Task.FromResult(new Page<AuditEntry>(items, rest.Count > query.Limit ? $"{items[^1].Number}" : null));
        }
    }

    public Task<IReadOnlyList<AuditEntry>> After(long number, int limit, CancellationToken cancellation = default)
    {
        lock (gate) return Task.FromResult<IReadOnlyList<AuditEntry>>([.. entries.Where(e => e.Number > number).Take(limit)]);
    }

    public Task<AuditHead> Head(CancellationToken cancellation = default)
    {
        lock (gate) return Task.FromResult(End());
    }

    private AuditHead End() => entries is [.., var last] ? new AuditHead(last.Number, last.Hash) : AuditHead.Nothing;
}

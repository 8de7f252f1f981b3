using Cluster.Contracts.Storage;

namespace Grains.Tests.Silo;

/// <summary>A due index in memory, in whose way a test can stand.</summary>
internal sealed class FakeDueIndex : IDueIndex
{
    private static readonly DateTimeOffset Never = DateTimeOffset.MaxValue;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _at = new(StringComparer.Ordinal);
    private readonly SortedSet<(DateTimeOffset At, string Case)> _order =
        new(Comparer<(DateTimeOffset At, string Case)>.Create((a, b) => a.At.CompareTo(b.At) is var order && order != 0 ? order : string.CompareOrdinal(a.Case, b.Case)));
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Reading? _held;
    private bool _fail;

    /// <summary>Completes when a read failed.</summary>
    public Task Failed => _failed.Task;

    /// <summary>How often it was read.</summary>
    public int Reads { get; private set; }

    public int Count
    {
        get
        {
            lock (_gate) return _at.Count;
        }
    }

    public void Set(string caseId, DateTimeOffset? at)
    {
        lock (_gate)
        {
            if (_at.Remove(caseId, out var before)) _order.Remove((before, caseId));
            if (at is not { } instant) return;
            _at[caseId] = instant;
            _order.Add((instant, caseId));
        }
    }

    public DateTimeOffset? At(string caseId)
    {
        lock (_gate) return _at.TryGetValue(caseId, out var at) ? at : null;
    }

    /// <summary>Has the next read answer only when the test lets it.</summary>
    public Reading HoldReads() => _held = new Reading();

    public void FailOnce() => _fail = true;

    public async Task<IReadOnlyList<DueChange>> Until(DateTimeOffset instant, int limit, DueChange? after = null, CancellationToken cancellation = default)
    {
        if (_fail)
        {
            _fail = false;
            _failed.SetResult();
            throw new IOException("The disk is away.");
        }

        var read = new List<DueChange>();
        lock (_gate)
        {
            Reads++;
            var from = after is { At: { } at } ? (at, after.Case) : (DateTimeOffset.MinValue, "");
            foreach (var (due, caseId) in _order.GetViewBetween(from, (Never, "\uffff")))
            {
                if (due > instant || read.Count == limit) break;
                if ((due, caseId) != from) read.Add(new DueChange(caseId, due));
            }
        }

        if (Interlocked.Exchange(ref _held, null) is { } held) await held.Wait();
        return read;
    }

    public Task<IReadOnlyList<string>> Undelivered(int limit, CancellationToken cancellation = default) => throw new NotSupportedException();

    public void Delivered(string caseId, long revision) => throw new NotSupportedException();

    /// <summary>A read that has been made and is not answered yet.</summary>
    internal sealed class Reading
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        public void End() => _end.SetResult();

        public Task Wait()
        {
            _begun.SetResult();
            return _end.Task;
        }
    }
}

namespace Cluster.Embedded;

/// <summary>
/// The requests of one recipient, waiting and running, and the rule of who may start:
/// one that interleaves, at any time; a read-only one, while nothing but read-only ones runs; any other, alone.
/// Requests start in order of arrival, save that one that may start passes those that may not. Not thread-safe.
/// </summary>
internal sealed class Mailbox(bool reentrant)
{
    private readonly LinkedList<Request> _waiting = new();
    private readonly LinkedList<Request> _running = new();
    private LinkedListNode<Request>? _unseen; // the first not yet found unable to start beside what runs now
    private int _waitingInterleaving;
    private int _waitingReads;
    private int _runningReads;
    private int _runningAlone;

    public int Waiting => _waiting.Count;

    public int Running => _running.Count;

    public IEnumerable<Request> Outstanding => _waiting.Concat(_running);

    /// <summary>Whether looking for the next request can be worth it; keeps a long queue from being searched in vain.</summary>
    public bool MayHaveNext => _waiting.Count > 0
        && (_waitingInterleaving > 0 || (_runningAlone == 0 && (_runningReads == 0 || _waitingReads > 0)));

    public void Add(Request request)
    {
        request.Interleaves |= reentrant;
        _waiting.AddLast(request.Node);
        _unseen ??= request.Node;
        CountWaiting(request, 1);
    }

    /// <summary>Moves the next request that may start from the waiting to the running.</summary>
    public Request? Next()
    {
        if (!MayHaveNext)
            return null;
        while (_unseen is { } node)
        {
            _unseen = node.Next;
            if (!MayStart(node.Value))
                continue;
            _waiting.Remove(node);
            _running.AddLast(node);
            CountWaiting(node.Value, -1);
            CountRunning(node.Value, 1);
            return node.Value;
        }
        return null;
    }

    public void Complete(Request request)
    {
        _running.Remove(request.Node);
        CountRunning(request, -1);
        _unseen = _waiting.First;
    }

    /// <summary>Takes a request out that has not started.</summary>
    public void Withdraw(Request request)
    {
        if (_unseen == request.Node)
            _unseen = request.Node.Next;
        _waiting.Remove(request.Node);
        CountWaiting(request, -1);
    }

    public bool IsWaiting(Request request) => request.Node.List == _waiting;

    private bool MayStart(Request request) =>
        request.Interleaves || (_runningAlone == 0 && (_runningReads == 0 || request.ReadOnly));

    private void CountWaiting(Request request, int change)
    {
        if (request.Interleaves)
            _waitingInterleaving += change;
        else if (request.ReadOnly)
            _waitingReads += change;
    }

    private void CountRunning(Request request, int change)
    {
        if (request.Interleaves)
            return;
        if (request.ReadOnly)
            _runningReads += change;
        else
            _runningAlone += change;
    }
}

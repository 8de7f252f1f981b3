using Orleans;
using Orleans.Runtime;

namespace Cluster.Embedded;

/// <summary>An observer: an object that is there already and is called in turns, like a grain, until its reference is deleted.</summary>
internal sealed class ObserverRecipient(Engine engine, GrainId id, IGrainObserver observer)
    : Recipient(engine, id, reentrant: false), IAddress
{
    private bool _deleted;

    protected override bool IsClosed => _deleted;

    public void Deliver(Request request)
    {
        if (!TryAccept(request))
            request.Fail(new OrleansMessageRejectionException($"The reference of {Id} was deleted."));
    }

    public void Delete()
    {
        List<Request> waiting;
        lock (Gate)
        {
            _deleted = true;
            waiting = [.. Mailbox.Outstanding.Where(Mailbox.IsWaiting)];
            waiting.ForEach(Mailbox.Withdraw);
            StopWatch();
        }
        foreach (var request in waiting)
            request.Fail(new OrleansMessageRejectionException($"The reference of {Id} was deleted."));
    }

    protected override void Step()
    {
        Request? request;
        lock (Gate)
        {
            StartWatch();
            request = NextRequest();
        }
        request?.Start(this, observer);
    }
}

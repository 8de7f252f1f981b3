namespace Cluster.Embedded;

/// <summary>Something a recipient is asked to do: a call, or a tick of a timer. Delivered once at most.</summary>
internal abstract class Request
{
    protected Request() => Node = new(this);

    public LinkedListNode<Request> Node { get; }

    /// <summary>Timestamp after which nobody waits for the answer.</summary>
    public long Deadline { get; set; } = long.MaxValue;

    public bool Interleaves { get; set; }

    public bool ReadOnly { get; init; }

    /// <summary>How often it was passed on by an activation that ended before it could start.</summary>
    public int Forwards { get; set; }

    /// <summary>Belongs to this activation and to no later one; nobody waits for it.</summary>
    public virtual bool IsLocal => false;

    /// <summary>Whether it keeps the grain from becoming idle.</summary>
    public virtual bool IsUse => true;

    /// <summary>Whether it is settled, be it without having run, and need not start any more.</summary>
    public virtual bool IsSettled => false;

    public abstract void Fail(Exception error);

    protected abstract Task Invoke(object instance);

    protected abstract void Answer(Task outcome);

    /// <summary>Runs in a turn of the recipient.</summary>
    public void Start(Recipient recipient, object instance)
    {
        Task outcome;
        try
        {
            outcome = Invoke(instance);
        }
        catch (Exception error)
        {
            outcome = Task.FromException(error);
        }
        if (outcome.IsCompleted)
            Finish(recipient, outcome);
        else
            _ = FinishLater(recipient, outcome);
    }

    private async Task FinishLater(Recipient recipient, Task outcome)
    {
        await outcome.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        Finish(recipient, outcome);
    }

    private void Finish(Recipient recipient, Task outcome)
    {
        recipient.OnCompleted(this, outcome.Exception?.InnerException);
        Answer(outcome);
    }
}

namespace Cluster.Api.Tests.World;

/// <summary>A clock that a test moves; timers fire while it moves.</summary>
internal sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return now;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        DateTimeOffset target = GetUtcNow() + by;
        while (true)
        {
            ManualTimer? next;
            lock (gate)
            {
                next = timers.Where(t => t.Due <= target).MinBy(t => t.Due);
                if (next is null)
                {
                    now = target;
                    return;
                }
                if (next.Due > now) now = next.Due;
                next.Rearm();
            }
            next.Fire();
        }
    }

    /// <summary>The clock is put forward, as by whoever sets it: timers measure spans and notice nothing.</summary>
    public void PutForward(TimeSpan by)
    {
        lock (gate)
        {
            now += by;
            foreach (ManualTimer timer in timers) timer.Postpone(by);
        }
    }

    private sealed class ManualTimer(ManualTime time, Action fire) : ITimer
    {
        private TimeSpan period;

        public DateTimeOffset Due { get; private set; }

        public void Fire() => fire();

        public void Postpone(TimeSpan by) => Due += by;

        public void Rearm()
        {
            if (period > TimeSpan.Zero) Due += period;
            else time.timers.Remove(this);
        }

        public bool Change(TimeSpan dueTime, TimeSpan newPeriod)
        {
            lock (time.gate)
            {
                time.timers.Remove(this);
                period = newPeriod;
                if (dueTime < TimeSpan.Zero) return true;
                Due = time.now + dueTime;
                time.timers.Add(this);
                return true;
            }
        }

        public void Dispose()
        {
            lock (time.gate) time.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

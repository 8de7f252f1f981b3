using Cluster.Contracts;

namespace Grains.Tests.Silo;

/// <summary>
/// The clock of the law, moved by hand. A timer counts from the instant its maker last read, as if no time passed between
/// the reading and the making: else a test that moves the clock in between would leave it set too late for ever.
/// </summary>
internal sealed class ManualLegalClock(DateTimeOffset start) : LegalClock(System)
{
    [ThreadStatic]
    private static DateTimeOffset? s_read;

    private readonly Lock _gate = new();
    private readonly List<Alarm> _alarms = [];
    private DateTimeOffset _now = start.ToUniversalTime();

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            s_read = _now;
            return _now;
        }
    }

    public void JumpTo(DateTimeOffset instant)
    {
        List<Alarm> due;
        lock (_gate)
        {
            if (instant > _now) _now = instant.ToUniversalTime();
            due = [.. _alarms.Where(a => a.At <= _now).OrderBy(a => a.At)];
            _alarms.RemoveAll(due.Contains);
        }

        foreach (var alarm in due) alarm.Ring();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        lock (_gate)
        {
            alarm.At = (s_read ?? _now) + dueTime;
            if (alarm.At > _now)
            {
                _alarms.Add(alarm);
                return alarm;
            }
        }

        ThreadPool.QueueUserWorkItem(static a => a.Ring(), alarm, preferLocal: false);
        return alarm;
    }

    private sealed class Alarm(ManualLegalClock clock, Action callback) : ITimer
    {
        public DateTimeOffset At { get; set; }

        public void Ring() => callback();

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException("Nobody sets an alarm anew.");

        public void Dispose()
        {
            lock (clock._gate) clock._alarms.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

using Cluster.Embedded;

namespace Simulation.Running;

/// <summary>
/// One run of a computer, on the thread of the test: everything that could happen next lies in one place, and the dice say
/// what does. Its clock moves only when the machine lets it. Once it is off nothing happens on it any more.
/// </summary>
internal sealed class Machine(Dice dice, DateTimeOffset now) : TaskScheduler, IEngineScheduler
{
    private readonly List<Action> _possible = [];
    private readonly Queue<Task> _outside = new();
    private readonly PriorityQueue<Alarm, (DateTimeOffset, long)> _alarms = new();
    private long _alarmsMade;

    public SimulatedTime Time { get; } = new(now);

    /// <summary>Whether anything can happen without time passing.</summary>
    public bool Busy => IsOn && (_possible.Count > 0 || _outside.Count > 0);

    /// <summary>Whether it has power.</summary>
    public bool IsOn { get; private set; } = true;

    /// <summary>How many things happened.</summary>
    public long Steps { get; private set; }

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Has something happen, before or after whatever else is under way.</summary>
    public void Soon(Action happening) => _possible.Add(happening);

    /// <summary>Has something happen after a while.</summary>
    public void Later(TimeSpan wait, Action happening) => new Alarm(this, happening).Change(wait, Timeout.InfiniteTimeSpan);

    /// <summary>The power goes, here and now.</summary>
    public void TurnOff() => IsOn = false;

    public void Schedule(IThreadPoolWorkItem slice) => _possible.Add(slice.Execute);

    /// <summary>Starts something outside the grains: a service of the host, a client.</summary>
    public Task Start(Func<Task> outside) =>
        Task.Factory.StartNew(outside, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    public Task<T> Start<T>(Func<Task<T>> outside) =>
        Task.Factory.StartNew(outside, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <summary>Lets one thing happen.</summary>
    public void Step()
    {
        Steps++;
        // What runs outside the grains is one more of those that may be next; among themselves they keep their order.
        var chosen = dice.Below(_possible.Count + (_outside.Count > 0 ? 1 : 0));
        if (chosen == _possible.Count)
        {
            TryExecuteTask(_outside.Dequeue());
            return;
        }

        var happening = _possible[chosen];
        _possible[chosen] = _possible[^1];
        _possible.RemoveAt(_possible.Count - 1);
        happening();
    }

    /// <summary>The next instant at which a timer fires; null if none is set.</summary>
    public DateTimeOffset? NextAlarm
    {
        get
        {
            while (_alarms.TryPeek(out var alarm, out var key))
            {
                if (alarm.IsSet(key.Item2)) return key.Item1;
                _alarms.Dequeue();
            }

            return null;
        }
    }

    /// <summary>Lets time pass up to an instant, or to the next timer if that comes first, which then fires.</summary>
    public void PassTo(DateTimeOffset instant)
    {
        if (NextAlarm is { } at && at <= instant)
        {
            if (at > Time.Now) Time.Now = at;
            var alarm = _alarms.Dequeue();
            alarm.Fire();
        }
        else if (instant > Time.Now)
        {
            Time.Now = instant;
        }
    }

    protected override void QueueTask(Task task) => _outside.Enqueue(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _outside;

    /// <summary>The machine's real clock, with its timers. Somebody may set the clock; timers and timestamps do not care.</summary>
    internal sealed class SimulatedTime(DateTimeOffset start) : TimeProvider
    {
        private Machine? _machine;

        /// <summary>True time, which never jumps.</summary>
        public DateTimeOffset Now { get; set; } = start;

        /// <summary>How far the clock is set wrong.</summary>
        public TimeSpan Skew { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public SimulatedTime Of(Machine machine)
        {
            _machine = machine;
            return this;
        }

        public override DateTimeOffset GetUtcNow() => Now + Skew;

        public override long GetTimestamp() => Now.UtcTicks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var alarm = new Alarm(_machine!, () => callback(state));
            alarm.Change(dueTime, period);
            return alarm;
        }
    }

    private sealed class Alarm(Machine machine, Action callback) : ITimer
    {
        private TimeSpan _period;
        private long _set;
        private bool _disposed;

        public bool IsSet(long set) => _set == set;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_disposed) return false;
            _period = period;
            SetIn(dueTime);
            return true;
        }

        public void Fire()
        {
            SetIn(_period > TimeSpan.Zero ? _period : Timeout.InfiniteTimeSpan);
            callback();
        }

        public void Dispose()
        {
            _disposed = true;
            _set = -1;
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void SetIn(TimeSpan span)
        {
            _set = -1;
            if (span == Timeout.InfiniteTimeSpan) return;
            _set = ++machine._alarmsMade;
            machine._alarms.Enqueue(this, (machine.Time.Now + span, _set));
        }
    }
}

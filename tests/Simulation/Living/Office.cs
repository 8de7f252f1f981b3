using Cluster.Contracts.Storage;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using Simulation.Failing;
using Simulation.Mutations;
using Simulation.Running;
using Simulation.Storing;
using Simulation.Truths;

namespace Simulation.Living;

/// <summary>An office on a machine that fails: lets time pass, things happen and the power go, and what survives start again.</summary>
internal sealed class Office : IDisposable
{
    private const long MostSteps = 200_000_000;

    // From when things are calm until nothing may be late: clients try again, recovery looks twice, wakes are repeated.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(40);

    private static readonly DateTimeOffset LegalStart = new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8));

    private readonly Dice _order;
    private readonly Mutation? _mutation;
    private readonly List<Func<Task>> _unfinished = [];
    private readonly Queue<string> _trace = new();
    private readonly Dictionary<string, DateTimeOffset> _dueChanged = new(StringComparer.Ordinal);
    private readonly Medium _medium = new();
    private Exception? _unexpected;
    private DueView? _due;
    private int _depth;
    private long _crashAt;
    private DateTimeOffset _calmSince;
    private DateTimeOffset _latest;

    public Office(Scenario scenario, Mutation? mutation = null)
    {
        Scenario = scenario;
        _mutation = mutation;
        _order = new Dice(scenario.Seed);
        Chaos = new Chaos(scenario, new Dice(scenario.Seed ^ 0x9D39247E33776D41), Note);
        // A simulated clock of the law has an origin of its own.
        Machine = new Machine(_order, scenario.Speed == 1 ? LegalStart : new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));
        Silo = null!;
        Boot();
    }

    public Scenario Scenario { get; }

    public Chaos Chaos { get; }

    public Machine Machine { get; private set; }

    public Silo Silo { get; private set; }

    public Browsers Browsers { get; } = new();

    public long Steps { get; private set; }

    public int Boots { get; private set; }

    /// <summary>How many wakes the due service began, and the latest of them while all was well, in seconds of the machine.</summary>
    public (long Count, double Latest) Wakes { get; private set; }

    public bool Serving { get; private set; }

    public IEnumerable<string> Trace => _trace;

    public DateTimeOffset Now => Silo.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8));

    public Stored Stored() => Truths.Stored.Read(_medium);

    /// <summary>Asks something while things are calm.</summary>
    public T Ask<T>(Func<Silo, Task<T>> question)
    {
        var answer = Machine.Start(() => question(Silo));
        while (!answer.IsCompleted) Advance(Now.AddMinutes(1));
        return answer.GetAwaiter().GetResult();
    }

    /// <summary>Does something until it is answered, through failures and crashes.</summary>
    public void Do(Func<IGrainFactory, Task> what, TimeSpan delay = default)
    {
        Func<Task> untilAnswered = null!;
        untilAnswered = async () =>
        {
            if (delay > TimeSpan.Zero) await Task.Delay(delay, Machine.Time);
            while (true)
            {
                try
                {
                    await what(Silo.Grains);
                    _unfinished.Remove(untilAnswered);
                    return;
                }
                catch (Exception e) when (IsExpected(e))
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(100 + _order.Below(2000)), Machine.Time);
                }
                catch (Exception e)
                {
                    _unexpected ??= e;
                    return;
                }
            }
        };
        _unfinished.Add(untilAnswered);
        if (Serving) Machine.Start(untilAnswered);
    }

    /// <summary>Asks for something once, and does not wait for the answer.</summary>
    public void Try(Func<IGrainFactory, Task> what)
    {
        if (!Serving) return;
        Machine.Start(async () =>
        {
            try
            {
                await what(Silo.Grains);
            }
            catch (Exception e) when (IsExpected(e))
            {
                // Nobody waits for it.
            }
        });
    }

    /// <summary>Lets legal time pass, and everything happen that happens in it.</summary>
    public void PassTo(DateTimeOffset legal)
    {
        while (Machine.Busy || !Machine.IsOn || Now < legal) Advance(legal);
    }

    /// <summary>Something long has begun; in a storm it may be cut off.</summary>
    public void MayCrashSoon()
    {
        if (Chaos.Dice.Chance(0.4)) _crashAt = Steps + Chaos.Dice.Below(500);
    }

    public void BeginStorm()
    {
        Chaos.Storm = true;
        Note("storm");
    }

    /// <summary>Lets whatever was begun come to its end.</summary>
    public void Calm()
    {
        Chaos.Storm = false;
        Silo.Store.IsAway = false;
        _calmSince = Machine.Time.Now;
        Note("calm");
        for (var rounds = 0; rounds == 0 || _unfinished.Count > 0 || !Serving; rounds++)
        {
            if (rounds == 20) throw new NotTrueException("answers", $"{_unfinished.Count} clients were never answered.");
            PassTo(Now + (TimeSpan.FromSeconds(60) * Scenario.Speed));
        }
    }

    /// <summary>An orderly end and a new start.</summary>
    public void Restart()
    {
        Note("restart");
        var machine = Machine;
        var silo = Silo;
        Serving = false;
        var stopped = machine.Start(silo.Stop);
        var latest = machine.Time.Now.AddMinutes(10);
        while (machine.IsOn && !stopped.IsCompleted && machine.Time.Now < latest) Advance(Now.AddMinutes(1));
        if (machine.IsOn) silo.Store.Drain();
        TurnOff();
    }

    public void Note(string what)
    {
        if (_trace.Count == Scenario.TraceLength) _trace.Dequeue();
        _trace.Enqueue(Silo is null ? what : $"{Now:MM-dd HH:mm:ss} [{Steps}] {what}");
    }

    public void Dispose()
    {
        _due?.Dispose();
        Silo?.Store.Dispose();
        _medium.Dispose();
    }

    private void Advance(DateTimeOffset legal)
    {
        if (_unexpected is not null) throw new InvalidOperationException("A client was answered with what nobody expects.", _unexpected);
        if (++Steps > MostSteps) throw new NotTrueException("rest", "It never comes to rest.");
        if (!Machine.IsOn)
        {
            if (_depth == 0) Boot();
            return;
        }

        if (Machine.Busy)
        {
            if (Chaos.Storm && Fail()) return;
            // A slow computer: time passes while work is under way.
            if (_order.Chance(0.004)) Machine.PassTo(Machine.Time.Now.AddMilliseconds(_order.Below(60)));
            else Machine.Step();
            return;
        }

        var now = Now;
        if (now < _latest) throw new NotTrueException("clock", $"the clock of the law reads {now:O} after {_latest:O}");
        _latest = now;
        if (IsCalm && _due!.Earliest() <= now - TimeSpan.FromSeconds(Scenario.Speed))
            throw new NotTrueException("due", $"it is {now:O}, and due was: {string.Join(", ", _due.Until(now - TimeSpan.FromSeconds(Scenario.Speed)))}");
        var left = (legal - now) / Scenario.Speed;
        Machine.PassTo(Machine.Time.Now + (left > TimeSpan.Zero ? left + TimeSpan.FromTicks(1) : TimeSpan.Zero));
    }

    private bool IsCalm => !Chaos.Storm && Serving && Machine.Time.Now - _calmSince > Grace;

    // What may go wrong between any two steps.
    private bool Fail()
    {
        if (Serving ? Chaos.Strikes(Fault.Crash, 0.0003) || (Steps == _crashAt && Chaos.Happens(Fault.Crash)) : Chaos.Strikes(Fault.CrashInStart, 0.01))
        {
            TurnOff();
            return true;
        }

        if (Chaos.Strikes(Fault.Deactivation, 0.0008)) Note($"deactivates {Silo.Activations.EndOne(Chaos.Dice)}");
        if (Chaos.Strikes(Fault.Split, 0.001) && Silo.Activations.SplitOne(Chaos.Dice) is { } split)
        {
            Note($"splits {split}");
            Try(grains => grains.GetGrain<Cluster.Contracts.ICaseGrain>(split).Wake());
        }

        if (Chaos.Strikes(Fault.StoreAway, 0.0001)) SendStoreAway();
        if (Scenario.Speed == 1 && Chaos.Strikes(Fault.ClockSet, 0.0001))
        {
            var by = Chaos.Dice.Chance(0.5) ? TimeSpan.FromMinutes(Chaos.Dice.Below(300)) : -TimeSpan.FromMinutes(Chaos.Dice.Below(20));
            Machine.Time.Skew += by;
            Note($"the clock is set by {by}");
        }

        return false;
    }

    private void SendStoreAway()
    {
        var store = Silo.Store;
        store.IsAway = true;
        Machine.Later(TimeSpan.FromMilliseconds(Chaos.Dice.Below(20_000)), () =>
        {
            store.IsAway = false;
            store.Stir();
        });
    }

    private void TurnOff()
    {
        Note("power off");
        Machine.TurnOff();
    }

    // Others go on while the writer waits for the disk.
    private void Meanwhile(TimeSpan span)
    {
        var machine = Machine;
        var until = machine.Time.Now + span;
        _depth++;
        while (machine.IsOn && machine.Time.Now < until)
        {
            if (machine.Busy) Advance(Now);
            else machine.PassTo(until);
        }

        _depth--;
    }

    private void Boot()
    {
        Serving = false;
        if (Boots++ > 0)
        {
            _medium.Survive();
            _due!.Dispose();
            Silo.Store.Dispose();
            var before = Machine.Time;
            Machine = new Machine(_order, before.Now.AddSeconds(_order.Below(30)));
            Machine.Time.Skew = before.Skew;
        }

        _latest = default;
        Silo = new Silo(Machine, _medium, Chaos, Scenario, _mutation, new Silo.Simulated(LegalStart, Meanwhile, new Observer(this), WatchDue));
        _due = new DueView(_medium);
        var (machine, silo) = (Machine, Silo);
        machine.Start(async () =>
        {
            try
            {
                await silo.Start();
            }
            catch (Exception e) when (IsExpected(e))
            {
                // A process that cannot start ends, and is started again.
                Note($"could not start: {e.Message}");
                machine.TurnOff();
                return;
            }
            catch (Exception e)
            {
                _unexpected ??= e;
                return;
            }

            if (_due!.LastInstant() is { } last && Now < last) _unexpected ??= new NotTrueException("clock", $"a start at {Now:O}, and {last:O} is stored");
            Serving = true;
            _calmSince = machine.Time.Now;
            Note("up");
            foreach (var unfinished in _unfinished) _ = unfinished();
        });
    }

    private static bool IsExpected(Exception e) => e is StoreUnavailableException or InvalidDataException or JournalOverloadedException or StreamVersionException
        or TimeoutException or SiloUnavailableException or OrleansMessageRejectionException or InconsistentStateException;

    private void WatchDue(Interception call, Silo silo)
    {
        if (silo != Silo || call.Method.Name != nameof(Cluster.Contracts.ICaseGrain.Wake)) return;
        var late = 0d;
        if (IsCalm && _due!.Of(((IAddressable)call.Target).GetPrimaryKeyString()) is { } at)
        {
            var caseId = ((IAddressable)call.Target).GetPrimaryKeyString();
            // What was committed a moment ago it may not know yet.
            if (at > Now && !(_dueChanged.TryGetValue(caseId, out var changed) && Machine.Time.Now - changed < TimeSpan.FromSeconds(5)))
                _unexpected ??= new NotTrueException("due", $"{caseId} is due at {at:O} and was woken at {Now:O}");
            late = Math.Max(0, (Now - at).TotalSeconds / Scenario.Speed);
        }

        Wakes = (Wakes.Count + 1, Math.Max(Wakes.Latest, late));
    }

    private sealed class Observer(Office office) : ICommitObserver
    {
        public void Committed(IReadOnlyList<FeedItem> feed, IReadOnlyList<DueChange> due)
        {
            foreach (var change in due) office._dueChanged[change.Case] = office.Machine.Time.Now;
            office.Browsers.Committed(feed, due);
        }
    }
}

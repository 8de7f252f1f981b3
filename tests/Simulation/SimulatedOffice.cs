using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Orleans;
using Orleans.Runtime;

namespace Simulation;

/// <summary>A small office for some weeks of legal time on a machine that fails, with people who send, ask and change their minds.</summary>
internal sealed class SimulatedOffice
{
    private const int TraceLength = 60;
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8));
    private static readonly string[] Departments = ["d1", "d2"];
    private static readonly string[] Offices = ["422826", "422800"];
    private static readonly string[] Reported = ["d1", "d1", "d2", "d2", "undefined", " "];
    private static readonly string[] Prosecutors = ["p1", "p2", "p3", "p4", "p5"];

    private readonly Dice _dice;
    private readonly Story _story;
    private readonly List<Sending> _sent = [];
    private readonly List<Func<Task>> _unfinished = [];
    private readonly Queue<string> _trace = new();
    private Exception? _unexpected;
    private bool _stormy;
    private bool _serving;
    private DateTimeOffset _calmSince;

    public SimulatedOffice(ulong seed)
    {
        _dice = new Dice(seed);
        _story = new Story(new Dice(seed ^ 0x5DEECE66D));
        Machine = new Machine(_dice, new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));
        Silo = new Silo(Machine, Disk, _dice, Start);
    }

    public Disk Disk { get; } = new();

    public Machine Machine { get; private set; }

    public Silo Silo { get; private set; }

    public long Steps { get; private set; }

    public int Crashes { get; private set; }

    public IReadOnlyList<Sending> Sent => _sent;

    public static IReadOnlyList<string> KnownDepartments => Departments;

    public static IReadOnlyList<string> KnownProsecutors => Prosecutors;

    public static IReadOnlyList<string> KnownOffices => Offices;

    public IEnumerable<string> Trace => _trace;

    public DateTimeOffset Now => Silo.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8));

    /// <summary>Lives through some days, and looks whether everything is true whenever things are calm.</summary>
    public void Live(int days)
    {
        StartSilo();
        Do(OpenOffice);
        Calm();
        Truth.Check(this);
        for (var day = 0; day < days; day++)
        {
            _stormy = _dice.Chance(0.7);
            Note(_stormy ? "storm" : "fair");
            SetFaults();
            for (var hours = 0; hours < 24; hours += 1 + _dice.Below(4))
            {
                Act();
                PassTo(Now.AddMinutes(_dice.Below(200)));
            }

            if (_dice.Chance(0.3)) Restart();
            if (_dice.Chance(0.1)) Crash();
            Calm();
            Truth.Check(this);
        }
    }

    /// <summary>Asks something while things are calm.</summary>
    public T Ask<T>(Func<IGrainFactory, Task<T>> question)
    {
        var answer = Machine.Start(() => question(Silo.Grains));
        while (!answer.IsCompleted) Advance(Now.AddMinutes(1));
        return answer.GetAwaiter().GetResult();
    }

    /// <summary>Lets legal time pass, and everything happen that happens in it.</summary>
    public void PassTo(DateTimeOffset legal)
    {
        while (Machine.Busy || Now < legal) Advance(legal);
    }

    private void Advance(DateTimeOffset legal)
    {
        if (_unexpected is not null) throw new InvalidOperationException("A client was answered with what nobody expects.", _unexpected);
        if (++Steps > 20_000_000) throw new InvalidOperationException("It never comes to rest.");
        if (Machine.Busy)
        {
            if (_stormy && _dice.Chance(0.0004)) Crash();
            // A slow computer: time passes while work is under way.
            else if (_dice.Chance(0.004)) Machine.PassTo(Machine.Time.Now.AddMilliseconds(_dice.Below(60)));
            else Machine.Step();
            return;
        }

        if (!_stormy && Machine.Time.Now - _calmSince > TimeSpan.FromSeconds(40)) Truth.NothingIsOverdue(this);
        var left = (legal - Now) / Silo.Speed;
        Machine.PassTo(Machine.Time.Now + (left > TimeSpan.Zero ? left + TimeSpan.FromTicks(1) : TimeSpan.Zero));
    }

    private void Act()
    {
        switch (_dice.Below(10))
        {
            case 0:
                Do(Change());
                break;
            case 1:
                Poke();
                break;
            default:
                // Several at once, as they come.
                for (var messages = 1 + _dice.Below(3); messages > 0; messages--) Send();
                break;
        }
    }

    private void Send()
    {
        var own = Disk.Streams.Where(s => s.Key.StartsWith("case:", StringComparison.Ordinal))
            .SelectMany(s => s.Value.Where(e => e.Event.Source.StartsWith("/cluster/", StringComparison.Ordinal)).Select(e => (s.Key["case:".Length..], e.Event))).ToList();
        var (caseId, events) = _story.Next(Now, Reported, Prosecutors, own);
        var sending = new Sending(caseId, events);
        _sent.Add(sending);
        Note($"send {caseId}: {string.Join(' ', events.Select(e => $"{e.Id}={e.Type}"))}");
        Do(async grains => sending.Answer = await grains.GetGrain<ICaseGrain>(caseId).Record(events));
    }

    private void Poke()
    {
        var (caseId, department, prosecutor) = (_sent.Count > 0 ? _dice.One(_sent).Case : "nobody", _dice.One(Departments), _dice.One(Prosecutors));
        var today = Cluster.Law.LegalTime.DateOf(Now);
        Do(async grains =>
        {
            await grains.GetGrain<ICaseGrain>(caseId).Read(null);
            await grains.GetGrain<ICaseGrain>(caseId).Wake();
            await grains.GetGrain<IDepartmentGrain>(department).Workload();
            await grains.GetGrain<IDepartmentGrain>(department).Draws(today.AddDays(-1), today);
            await grains.GetGrain<IProsecutorGrain>(prosecutor).Load();
            await grains.GetGrain<IProcuratorateGrain>("422826").Counters();
        });
    }

    private async Task OpenOffice(IGrainFactory grains)
    {
        await grains.GetGrain<IProcuratorateGrain>("422826").Define(new ProcuratorateDefinition("422826", "县院", "county", "422800", ["handler-told", "risk-assessment"], ["custody.transferred"]));
        await grains.GetGrain<IProcuratorateGrain>("422800").Define(new ProcuratorateDefinition("422800", "州院", "city", null, [], []));
        foreach (var department in Departments)
            await grains.GetGrain<IDepartmentGrain>(department).Define(new DepartmentDefinition(department, department, "422826", [], department == "d2" ? "rotation" : null));
        // The others come later, or never.
        foreach (var prosecutor in Prosecutors.Take(2)) await grains.GetGrain<IProsecutorGrain>(prosecutor).Define(Define(prosecutor));
    }

    private Func<IGrainFactory, Task> Change()
    {
        var prosecutor = _dice.One(Prosecutors);
        var definition = Define(prosecutor);
        Note($"define {prosecutor}: {definition.Department} on duty {definition.OnDuty} absent {definition.Absences.Length}");
        return grains => grains.GetGrain<IProsecutorGrain>(prosecutor).Define(definition);
    }

    private ProsecutorDefinition Define(string prosecutor)
    {
        var today = Cluster.Law.LegalTime.DateOf(Now);
        return new ProsecutorDefinition(
            prosecutor, prosecutor, _dice.One(Departments), _dice.One(1.0, 0.6), "prosecutor", _dice.Chance(0.3) ? ["未检"] : [], true, _dice.Chance(0.85),
            _dice.Chance(0.3) ? [new Absence(today, today.AddDays(_dice.Below(3)), null)] : [], []);
    }

    /// <summary>Does something until it is answered, through failures and crashes.</summary>
    private void Do(Func<IGrainFactory, Task> what)
    {
        Func<Task> untilAnswered = null!;
        untilAnswered = async () =>
        {
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
                    await Task.Delay(TimeSpan.FromMilliseconds(100 + _dice.Below(2000)), Machine.Time);
                }
                catch (Exception e)
                {
                    _unexpected ??= e;
                    return;
                }
            }
        };
        _unfinished.Add(untilAnswered);
        if (_serving) Machine.Start(untilAnswered);
    }

    private static bool IsExpected(Exception e) => e is IOException or JournalOverloadedException or StreamVersionException
        or TimeoutException or SiloUnavailableException or OrleansMessageRejectionException;

    /// <summary>Lets whatever was begun come to its end.</summary>
    private void Calm()
    {
        _stormy = false;
        SetFaults();
        _calmSince = Machine.Time.Now;
        Note("calm");
        PassTo(Now.AddHours(1));
        for (var hours = 0; _unfinished.Count > 0; hours++)
        {
            if (hours == 10) throw new InvalidOperationException($"{_unfinished.Count} clients were never answered.");
            PassTo(Now.AddHours(1));
        }
    }

    private void Restart()
    {
        Note("restart");
        var machine = Machine;
        var stopped = machine.Start(Silo.Stop);
        while (machine == Machine && !stopped.IsCompleted) Advance(Now.AddMinutes(1));
        if (machine == Machine) Crash();
    }

    /// <summary>The power goes, here and now; what is on the disk stays, and the machine starts again.</summary>
    private void Crash()
    {
        Note($"crash at step {Steps}");
        Crashes++;
        Machine = new Machine(_dice, Machine.Time.Now.AddSeconds(_dice.Below(30)));
        Silo = new Silo(Machine, Disk, _dice, Start);
        StartSilo();
    }

    private void StartSilo()
    {
        _serving = false;
        Machine.Start(async () =>
        {
            await Silo.Start();
            _serving = true;
            SetFaults();
            foreach (var unfinished in _unfinished) _ = unfinished();
        });
        while (!_serving) Advance(Now);
    }

    private void SetFaults() => Silo.Store.Faults = _stormy ? Faults.Storm : Faults.None;

    private void Note(string what)
    {
        if (_trace.Count == TraceLength) _trace.Dequeue();
        _trace.Enqueue($"{Now:MM-dd HH:mm:ss} {what}");
    }
}

/// <summary>A message a client sends until it is answered.</summary>
internal sealed class Sending(string caseId, EventMessage[] events)
{
    public string Case => caseId;

    public EventMessage[] Events => events;

    /// <summary>What the client was told; null while it was told nothing.</summary>
    public EventOutcome[]? Answer { get; set; }
}

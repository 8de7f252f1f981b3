using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Law;
using Simulation.Failing;
using Simulation.Mutations;
using Simulation.Running;
using Simulation.Truths;

namespace Simulation.Living;

/// <summary>One run: an office lives for some days, and whenever things are calm everything that must be true is looked at.</summary>
internal sealed class Life : IDisposable
{
    private readonly Scenario _scenario;
    private readonly Dice _dice;
    private readonly Story _story;
    private readonly Lawmaker _lawmaker;
    private readonly Truth _truth;
    private List<(string Case, EventMessage Event)> _own = [];
    private int _acts;

    public Life(Scenario scenario, Mutation? mutation = null)
    {
        _scenario = scenario;
        _dice = new Dice(scenario.Seed ^ 0xD1B54A32D192ED03);
        _story = new Story(new Dice(scenario.Seed ^ 0x5DEECE66D), scenario.Cases);
        _lawmaker = new Lawmaker(_dice);
        Staff = new Staff(_dice, scenario.Prosecutors, scenario.CourtYear);
        Office = new Office(scenario, mutation);
        _truth = new Truth(Office, Ledger, Staff);
    }

    public Office Office { get; }

    public Staff Staff { get; }

    public Ledger Ledger { get; } = new();

    /// <summary>What was stored when it was last looked at.</summary>
    public Stored Stored => _truth.Stored;

    /// <summary>Numbers of the acts there were, also those that were not done.</summary>
    public int Acts => _acts;

    /// <summary>Runs a scenario to its end or to the first thing that is not true.</summary>
    public static Outcome Run(Scenario scenario, Mutation? mutation = null)
    {
        var context = SynchronizationContext.Current;
        // What continues must continue on the machine.
        SynchronizationContext.SetSynchronizationContext(null);
        Life? life = null;
        try
        {
            life = new Life(scenario, mutation);
            Exception? failure = null;
            try
            {
                life.Live();
            }
            catch (Exception e)
            {
                failure = e;
            }

            return new Outcome(scenario, life, failure);
        }
        finally
        {
            life?.Dispose();
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    public void Dispose() => Office.Dispose();

    private void Live()
    {
        Office.Calm();
        Office.Do(grains => Staff.Open(grains, Today));
        Calm();
        if (_scenario.CourtYear) LiveThroughTheYear();
        else LiveThroughDays();
        Office.Silo.Store.Checkpoint();
    }

    private DateOnly Today => LegalTime.DateOf(Office.Now);

    private void LiveThroughDays()
    {
        for (var day = 0; day < _scenario.Days; day++)
        {
            if (_dice.Chance(0.7)) Office.BeginStorm();
            for (var hours = 0; hours < 24; hours += 1 + _dice.Below(4))
            {
                Act();
                Office.PassTo(Office.Now.AddMinutes(_dice.Below(200)));
            }

            EndDay();
        }
    }

    private void LiveThroughTheYear()
    {
        var start = Office.Now;
        var course = new CourseOfCases(new Dice(_scenario.Seed ^ 0x5DEECE66D), start, _scenario.Days - 20, _scenario.Cases, Staff.Departments, Staff.Prosecutors);
        for (var day = 1; day <= _scenario.Days; day++)
        {
            if (_dice.Chance(0.1)) Office.BeginStorm();
            if (_dice.Chance(0.2)) Do(() => Staff.Change(Office.Now));
            if (_dice.Chance(0.02)) Do(() => _lawmaker.Change(Office.Now));
            foreach (var (at, caseId, events) in course.Until(start.AddDays(day)))
            {
                Office.PassTo(at);
                Send(caseId, events);
            }

            Office.PassTo(start.AddDays(day));
            // What failed is over by the evening; whether all is true is looked at once a month.
            if (day % 30 == 0 || day == _scenario.Days) EndDay();
            else if (Office.Chaos.Storm) Office.Calm();
        }
    }

    private void EndDay()
    {
        if (_dice.Chance(0.3) && Office.Chaos.Happens(Fault.Restart)) Office.Restart();
        if (_dice.Chance(0.2)) Office.Silo.Store.Checkpoint();
        Calm();
    }

    private void Calm()
    {
        Office.Calm();
        _own = _truth.Check();
    }

    private void Act()
    {
        switch (_dice.Below(20))
        {
            case 0 or 1:
                Do(() => Staff.Change(Office.Now));
                break;
            case 2:
                Do(() => _lawmaker.Change(Office.Now));
                Office.MayCrashSoon();
                break;
            case 3 or 5:
                Poke();
                break;
            case 4:
                Midnight();
                break;
            default:
                // Several at once, as they come.
                for (var messages = 1 + _dice.Below(3); messages > 0; messages--) Send();
                break;
        }
    }

    // Many draws around the moment when a day's secret is told.
    private void Midnight()
    {
        Office.PassTo(LegalTime.EndOf(Today).AddSeconds(-_scenario.Speed / 2));
        for (var messages = 2 + _dice.Below(4); messages > 0; messages--) Send();
    }

    private void Send()
    {
        var (caseId, events) = _story.Next(Office.Now, Staff.Reported, Staff.Prosecutors, _own);
        Send(caseId, events);
    }

    private void Send(string caseId, EventMessage[] events)
    {
        var slow = Office.Chaos.Strikes(Fault.ClientSlow, 0.2) ? TimeSpan.FromMilliseconds(_dice.Below(20_000)) : TimeSpan.Zero;
        var impatient = Office.Chaos.Strikes(Fault.ClientImpatient, 0.2);
        if (IsUndone($"send {caseId}: {string.Join(' ', events.Select(e => $"{e.Id}={e.Type}"))}")) return;
        var sending = Ledger.Add(caseId, events);
        // Nobody waits for the first answer; the same comes again at once, on another way.
        if (impatient) Office.Try(grains => grains.GetGrain<ICaseGrain>(caseId).Record([.. events.Reverse()]));
        Office.Do(async grains => sending.Answer = await grains.GetGrain<ICaseGrain>(caseId).Record(events), slow);
    }

    private void Poke()
    {
        var (caseId, department, prosecutor) = (Ledger.Sendings.Count > 0 ? _dice.One(Ledger.Sendings).Case : "nobody", _dice.One(Staff.Departments), _dice.One(Staff.Prosecutors));
        var today = Today;
        if (IsUndone("look around")) return;
        Office.Do(async grains =>
        {
            await grains.GetGrain<ICaseGrain>(caseId).Read(null);
            await grains.GetGrain<ICaseGrain>(caseId).Wake();
            await grains.GetGrain<IDepartmentGrain>(department).Workload();
            _truth.SeeDraws(department, await grains.GetGrain<IDepartmentGrain>(department).Draws(today.AddDays(-1), today));
            await grains.GetGrain<IProsecutorGrain>(prosecutor).Load();
            await grains.GetGrain<IProcuratorateGrain>(Staff.County).Counters();
            Ledger.Audited.Add(await Office.Silo.Service<IAuditLog>().Append(new AuditAct { Actor = "monitor", Action = "case.read", Target = "case:" + caseId, Outcome = "ok" }));
        });
    }

    private void Do(Func<(string What, Func<Orleans.IGrainFactory, Task> Act)> decide)
    {
        var (what, act) = decide();
        if (!IsUndone(what)) Office.Do(act);
    }

    private bool IsUndone(string what)
    {
        var undone = _scenario.Undone.Contains(++_acts);
        if (!undone) Office.Note($"act {_acts}: {what}");
        return undone;
    }
}

/// <summary>How a run ended.</summary>
internal sealed record Outcome(Scenario Scenario, Life Life, Exception? Failure)
{
    /// <summary>What was not true, in a word; null when all was.</summary>
    public string? Invariant => Failure switch
    {
        null => null,
        NotTrueException e => e.Invariant,
        { InnerException: NotTrueException e } => e.Invariant,
        { InnerException: { } e } => e.GetType().Name,
        { } e => e.GetType().Name,
    };

    /// <summary>The failure with what led to it.</summary>
    public string Report() => $"{Scenario}, step {Life.Office.Steps}: {Failure}\n{string.Join('\n', Life.Office.Trace)}\nReplay: dotnet run -c Release --project tests/Simulation -- --seed {Scenario.Seed}";
}

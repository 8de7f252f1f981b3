namespace Grains.Tests.Engine;

/// <summary>What leaves memory and what stays, in real time: the clock of the machine is the one that Orleans asks. An idle grain leaves after two seconds here.</summary>
public sealed class IdleTests
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    [TimelyFact]
    public async Task A_grain_in_use_and_one_whose_timer_asks_for_it_stay_while_an_idle_one_leaves()
    {
        await using var engine = await EngineFixture.Start(options => options.CollectionAge = TimeSpan.FromMinutes(15));
        var (used, kept, idle) = (engine.Grain<ITimerGrain>("used"), engine.Grain<ITimerGrain>("kept"), engine.Grain<ITimerGrain>("idle"));
        await kept.Start("kept", new(Look, Look) { KeepAlive = true });
        await idle.Start("idle", new(Look, Look));
        using var often = new PeriodicTimer(Look, TimeProvider.System);
        while (!engine.Stage.Marks.Contains("idle left"))
        {
            await used.Sync().Soon();
            engine.Time.Advance(Look);
            await often.WaitForNextTickAsync();
        }

        Assert.DoesNotContain("used left", engine.Stage.Marks);
        Assert.DoesNotContain("kept left", engine.Stage.Marks);
    }
}

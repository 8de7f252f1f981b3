namespace Grains.Tests.Engine;

/// <summary>How many grains stay in memory. Of this engine alone: others have other ways.</summary>
public sealed class CensusTests
{
    private static int Activated(EngineFixture engine) => engine.Stage.Marks.Count(m => m == "activated") - engine.Stage.Marks.Count(m => m.StartsWith("deactivat", StringComparison.Ordinal));

    [TimelyFact]
    public async Task Past_the_bound_grains_leave_in_the_order_of_their_last_use()
    {
        await using var engine = await EngineFixture.Start(options => options.MaxActivations = 10);
        for (var i = 0; i < 100; i++)
        {
            await engine.Grain<ILifeGrain>("k" + i).Calls().Soon();
            // In use all the time, so it is never the longest unused.
            engine.Time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Equal(i + 1, await engine.Grain<ILifeGrain>("used").Calls().Soon());
            engine.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.InRange(Activated(engine), 1, 15);
        Assert.Equal(1, await engine.Grain<ILifeGrain>("k0").Calls().Soon());
    }

    [TimelyFact]
    public async Task Past_the_bound_of_memory_grains_leave_however_few_they_are()
    {
        await using var engine = await EngineFixture.Start(options => options.MaxMemory = 1);
        for (var i = 0; i < 50; i++)
        {
            await engine.Grain<ILifeGrain>("k" + i).Calls().Soon();
            engine.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.InRange(Activated(engine), 1, 10);
    }
}

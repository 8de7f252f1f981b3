using System.Globalization;

namespace Simulation;

/// <summary>
/// The whole silo on a machine that fails wherever the dice say. A seed that fails prints itself and what led to it;
/// SIMULATION_SEEDS names how many seeds are tried, or one of them as <c>=17</c>.
/// </summary>
public sealed class SimulationTests
{
    private const int Days = 14;
    private const int Seeds = 12;

    public static TheoryData<ulong> Chosen()
    {
        var wish = Environment.GetEnvironmentVariable("SIMULATION_SEEDS");
        if (wish is ['=', .. var one]) return [ulong.Parse(one, CultureInfo.InvariantCulture)];
        var seeds = new TheoryData<ulong>();
        for (var seed = 1; seed <= (wish is null ? Seeds : int.Parse(wish, CultureInfo.InvariantCulture)); seed++) seeds.Add((ulong)seed);
        return seeds;
    }

    [Theory]
    [MemberData(nameof(Chosen))]
    public void Whatever_fails_and_whenever_what_must_stay_true_stays_true(ulong seed)
    {
        var office = Live(seed, Days);
        Assert.True(office.Disk.Cases.Count > 5 && office.Disk.Alerts.Count > 20, "nothing happened");
    }

    [Fact]
    public void The_same_seed_is_the_same_run() => Assert.Equal(Print(Live(7, 4)), Print(Live(7, 4)));

    private static SimulatedOffice Live(ulong seed, int days)
    {
        var context = SynchronizationContext.Current;
        // What continues must continue on the machine.
        SynchronizationContext.SetSynchronizationContext(null);
        var office = new SimulatedOffice(seed);
        try
        {
            office.Live(days);
            return office;
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Seed {seed}, step {office.Steps}: {e.Message}\n{string.Join('\n', office.Trace)}", e);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private static string Print(SimulatedOffice office) => string.Join('\n',
    [
        $"{office.Steps} {office.Crashes} {office.Machine.Time.Now:O}",
        .. office.Disk.Streams.Select(s => $"{s.Key}: {string.Join(' ', s.Value.Select(e => $"{e.Event.Id}@{e.RecordedAt:O}"))}"),
        .. office.Disk.Feed.Select(f => $"{f.Key}: {string.Join(' ', f.Value.Select(i => $"{i.Kind}@{i.At:O}"))}"),
    ]);
}

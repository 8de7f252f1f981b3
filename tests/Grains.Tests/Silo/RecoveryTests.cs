using Cluster.Contracts.Storage;
using System.Diagnostics.Metrics;
using Cluster.Silo;
using Cluster.Silo.Operations;
using Grains.Tests.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Grains.Tests.Silo;

/// <summary>What is told again after a crash, and what a start does not wait for.</summary>
public sealed class RecoveryTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _real = new();
    private readonly FakeDueIndex _index = new();
    private readonly FakeCases _cases = new();
    private readonly ServiceProvider _meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly Recovery _recovery;

    public RecoveryTests()
    {
        var operators = new OperationalAlerts(_real, _meters.GetRequiredService<IMeterFactory>(), NullLogger<OperationalAlerts>.Instance);
        _recovery = new Recovery(_index, new NoUnits(), _cases, _real, operators, NullLogger<Recovery>.Instance);
        _cases.Told = id => _index.Delivered(id, 1);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _recovery.StopAsync(default).Soon();
        _recovery.Dispose();
        await _meters.DisposeAsync();
    }

    [Fact]
    public async Task Everything_owed_is_told_before_the_start_is_over_each_case_once()
    {
        _index.Owe(Enumerable.Range(0, 3500).Select(i => $"c{i}"));
        await _recovery.StartAsync(default).Soon();
        Assert.True(_recovery.Finished);
        Assert.Empty(await _index.Undelivered(1));
        Assert.Equal(3500, _cases.Wakes);
    }

    [Fact]
    public async Task Cases_that_cannot_be_reached_hold_up_neither_the_start_nor_the_others_and_are_told_later()
    {
        var broken = Enumerable.Range(0, 1500).Select(i => $"a{i}").ToList();
        _index.Owe(broken);
        _index.Owe(Enumerable.Range(0, 2000).Select(i => $"b{i}"));
        foreach (var id in broken) _cases.Fail(id);
        await _recovery.StartAsync(default).Soon();
        Assert.True(_recovery.Finished);
        Assert.Equal(broken.Order(), (await _index.Undelivered(5000)).Order());
        Assert.Equal(3500, _cases.Wakes);

        foreach (var id in broken) _cases.Mend(id);
        await FakeCases.Until(() =>
        {
            _real.Advance(TimeSpan.FromSeconds(15));
            return _index.Undelivered(1).Result.Count == 0;
        });
    }

    private sealed class NoUnits : IUnitIndex
    {
        public Task<IReadOnlyList<UnitRow>> All(CancellationToken cancellation = default) => Task.FromResult<IReadOnlyList<UnitRow>>([]);
    }
}

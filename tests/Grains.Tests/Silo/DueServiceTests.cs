using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Silo.Due;
using Grains.Tests.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans;

namespace Grains.Tests.Silo;

/// <summary>The due service between a due index and cases that a test has in its hand.</summary>
public sealed class DueServiceTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = SiloUnderTest.Monday;

    private readonly ManualLegalClock _clock = new(Start);
    private readonly ManualTimeProvider _real = new();
    private readonly FakeIndex _index = new();
    private readonly FakeCases _cases = new();
    private readonly DueOptions _options = new();
    private readonly ServiceProvider _meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private DueService _service = null!;

    public Task InitializeAsync()
    {
        _service = new DueService(_index, _cases, _clock, _real, _options, _meters.GetRequiredService<IMeterFactory>(), NullLogger<DueService>.Instance);
        // A case that was woken is due no more.
        _cases.Woken = id => Commit(id, null);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        _cases.Release();
        await _service.StopAsync(default).Soon();
        _service.Dispose();
        await _meters.DisposeAsync();
    }

    [Fact]
    public async Task A_case_committed_while_the_index_is_read_is_woken_at_its_time()
    {
        var reading = _index.HoldReads();
        await _service.StartAsync(default);
        await reading.Begun.Soon();
        // The reading was made before this commit and does not have it.
        Commit("c", Start.AddMinutes(10));
        reading.End();
        await Wakes("c", Start.AddMinutes(10));
    }

    [Fact]
    public async Task A_change_while_the_index_is_read_is_not_undone_by_what_was_read()
    {
        _index.Set("c", Start.AddMinutes(5));
        var reading = _index.HoldReads();
        await _service.StartAsync(default);
        await reading.Begun.Soon();
        Commit("c", Start.AddMinutes(20));
        Commit("other", Start.AddMinutes(6));
        reading.End();
        await Wakes("other", Start.AddMinutes(6));
        Assert.Equal(["other"], _cases.Log);
        await Wakes("c", Start.AddMinutes(20));
    }

    [Fact]
    public async Task Cases_are_woken_in_the_order_they_are_due_across_windows()
    {
        _options.Concurrency = 1;
        for (var i = 0; i < 50; i++) _index.Set($"c{i * 7 % 50:00}", Start.AddMinutes(i * 7 % 50 * 13));
        await _service.StartAsync(default);
        for (var i = 0; i < 50; i++) await Wakes($"c{i:00}", Start.AddMinutes(i * 13));
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"c{i:00}"), _cases.Log);
    }

    [Fact]
    public async Task Nothing_is_woken_early()
    {
        _index.Set("c", Start.AddDays(3));
        await _service.StartAsync(default);
        for (var at = Start; at < Start.AddDays(3); at = at.AddMinutes(59)) _clock.JumpTo(at);
        _clock.JumpTo(Start.AddDays(3).AddTicks(-1));
        Commit("mark", _clock.GetUtcNow());
        await _cases.Called("mark").Soon();
        Assert.Equal(["mark"], _cases.Log);
        await Wakes("c", Start.AddDays(3));
    }

    [Fact]
    public async Task More_cases_than_a_batch_due_at_one_instant_are_all_woken()
    {
        _options.Batch = 10;
        for (var i = 0; i < 95; i++) _index.Set($"c{i}", Start.AddHours(2));
        await _service.StartAsync(default);
        _clock.JumpTo(Start.AddHours(2));
        for (var i = 0; i < 95; i++) await _cases.Called($"c{i}").Soon();
        Assert.Equal(95, _cases.Log.Distinct().Count());
    }

    [Fact]
    public async Task A_case_that_is_slow_to_wake_keeps_nobody_else_waiting()
    {
        _cases.Hold("slow");
        _index.Set("slow", Start.AddMinutes(1));
        await _service.StartAsync(default);
        await Wakes("slow", Start.AddMinutes(1));
        Commit("c", Start.AddMinutes(2));
        await Wakes("c", Start.AddMinutes(2));
        Commit("d", Start.AddHours(3));
        await Wakes("d", Start.AddHours(3));
    }

    [Fact]
    public async Task No_more_cases_are_woken_at_once_than_allowed()
    {
        _options.Concurrency = 3;
        for (var i = 0; i < 10; i++)
        {
            _index.Set($"c{i}", Start.AddSeconds(i - 10));
            _cases.Hold($"c{i}");
        }

        await _service.StartAsync(default);
        for (var i = 0; i < 3; i++) await _cases.Called($"c{i}").Soon();
        Assert.Equal(["c0", "c1", "c2"], _cases.Log.Order());
        _cases.Release();
        for (var i = 0; i < 10; i++) await _cases.Called($"c{i}").Soon();
        Assert.Equal(10, _cases.Log.Count);
    }

    [Fact]
    public async Task A_case_that_could_not_be_woken_is_tried_again()
    {
        _cases.FailOnce("c");
        _index.Set("c", Start.AddMinutes(1));
        _index.Set("d", Start.AddMinutes(1));
        await _service.StartAsync(default);
        await Wakes("d", Start.AddMinutes(1));
        await _cases.Called("c").Soon();
        Assert.Equal(Start.AddMinutes(1), _index.At("c"));
        _cases.Forget("c");
        await _cases.Until(() =>
        {
            _clock.JumpTo(_clock.GetUtcNow().AddSeconds(1));
            return _cases.Log.Count(c => c == "c") == 2;
        });
        Assert.Null(_index.At("c"));
        Assert.True(_clock.GetUtcNow() < Start.AddMinutes(30));
    }

    [Fact]
    public async Task An_index_that_cannot_be_read_is_read_again()
    {
        _index.Set("c", Start);
        _index.FailOnce();
        await _service.StartAsync(default);
        await _index.Failed.Soon();
        await _cases.Until(() =>
        {
            _real.Advance(TimeSpan.FromSeconds(1));
            return _cases.Log.Contains("c");
        });
    }

    private async Task Wakes(string caseId, DateTimeOffset at)
    {
        _clock.JumpTo(at);
        await _cases.Called(caseId).Soon();
    }

    // As the store does it: the index first, then whoever observes commits.
    private void Commit(string caseId, DateTimeOffset? at)
    {
        _index.Set(caseId, at);
        _service.Committed([], [new DueChange(caseId, at)]);
    }

    private sealed class FakeIndex : IDueIndex
    {
        private readonly ConcurrentDictionary<string, DateTimeOffset> _at = new();
        private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Reading? _held;
        private bool _fail;

        public Task Failed => _failed.Task;

        public void Set(string caseId, DateTimeOffset? at)
        {
            if (at is { } instant) _at[caseId] = instant;
            else _at.TryRemove(caseId, out _);
        }

        public DateTimeOffset? At(string caseId) => _at.TryGetValue(caseId, out var at) ? at : null;

        public Reading HoldReads() => _held = new Reading();

        public void FailOnce() => _fail = true;

        public async Task<IReadOnlyList<DueChange>> Until(DateTimeOffset instant, int limit, CancellationToken cancellation = default)
        {
            if (_fail)
            {
                _fail = false;
                _failed.SetResult();
                throw new IOException("The disk is away.");
            }

            DueChange[] read = [.. _at.Where(a => a.Value <= instant).OrderBy(a => a.Value).ThenBy(a => a.Key, StringComparer.Ordinal).Take(limit).Select(a => new DueChange(a.Key, a.Value))];
            if (Interlocked.Exchange(ref _held, null) is { } held) await held.Wait();
            return read;
        }

        public Task<IReadOnlyList<string>> Undelivered(int limit, CancellationToken cancellation = default) => throw new NotSupportedException();

        public void Delivered(string caseId, long revision) => throw new NotSupportedException();
    }

    private sealed class Reading
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        public void End() => _end.SetResult();

        public Task Wait()
        {
            _begun.SetResult();
            return _end.Task;
        }
    }

    /// <summary>Cases that only remember that they were woken.</summary>
    private sealed class FakeCases : IGrainFactory
    {
        private readonly ConcurrentDictionary<string, TaskCompletionSource> _called = new();
        private readonly ConcurrentDictionary<string, TaskCompletionSource> _held = new();
        private readonly ConcurrentDictionary<string, bool> _failing = new();
        private readonly ConcurrentQueue<string> _log = new();

        public Action<string> Woken { get; set; } = _ => { };

        public IReadOnlyList<string> Log => [.. _log];

        public Task Called(string caseId) => Entry(_called, caseId).Task;

        public void Forget(string caseId) => _called.TryRemove(caseId, out _);

        public void Hold(string caseId) => Entry(_held, caseId);

        public void FailOnce(string caseId) => _failing[caseId] = true;

        public void Release()
        {
            foreach (var held in _held.Values) held.TrySetResult();
        }

        public async Task Until(Func<bool> condition)
        {
            var patience = Task.Delay(TimeSpan.FromSeconds(20), TimeProvider.System);
            while (!condition()) Assert.NotSame(patience, await Task.WhenAny(patience, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System)));
        }

        public T GetGrain<T>(string primaryKey, string? grainClassNamePrefix = null) where T : IGrainWithStringKey => (T)(object)new FakeCase(this, primaryKey);

        public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => throw new NotSupportedException();

        public T CreateObjectReference<T>(IGrainObserver obj) where T : IGrainObserver => throw new NotSupportedException();

        public void DeleteObjectReference<T>(IGrainObserver obj) where T : IGrainObserver => throw new NotSupportedException();

        private static TaskCompletionSource Entry(ConcurrentDictionary<string, TaskCompletionSource> entries, string caseId) =>
            entries.GetOrAdd(caseId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

        private sealed class FakeCase(FakeCases cases, string id) : ICaseGrain
        {
            public Task<EventOutcome[]> Record(EventMessage[] events) => throw new NotSupportedException();

            public Task<CaseAnswer?> Read(DateTimeOffset? asOf) => throw new NotSupportedException();

            public Task<CaseEvents?> Events() => Task.FromResult<CaseEvents?>(null);

            public Task<AssignmentRequest?> ForAssignment() => throw new NotSupportedException();

            public Task Deliver() => throw new NotSupportedException();

            public async Task Wake()
            {
                cases._log.Enqueue(id);
                var fails = cases._failing.TryRemove(id, out _);
                Entry(cases._called, id).TrySetResult();
                if (cases._held.TryGetValue(id, out var held)) await held.Task;
                if (fails) throw new IOException("The disk is away.");
                cases.Woken(id);
            }
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Silo.Due;
using Grains.Tests.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Grains.Tests.Silo;

/// <summary>The due service between a due index and cases that a test has in its hand. A case that was woken is due no more.</summary>
internal sealed class DueUnderTest : IAsyncDisposable
{
    private readonly ServiceProvider _meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();

    public DueUnderTest(LegalClock clock, TimeProvider real, DueOptions? options = null)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, _meters.GetRequiredService<IMeterFactory>()) && instrument.Meter.Name == "Cluster.Due") listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => (instrument.Name == "cluster.due.lateness" ? Lateness : Completion).Enqueue(value));
        _listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => Gauges[instrument.Name] = value);
        _listener.Start();
        Service = new DueService(Index, Cases, clock, real, options ?? new DueOptions(), _meters.GetRequiredService<IMeterFactory>(), Log);
        Cases.Woken = id => Commit(id, null);
    }

    public FakeDueIndex Index { get; } = new();

    public FakeCases Cases { get; } = new();

    public DueService Service { get; }

    public Lines Log { get; } = new();

    /// <summary>Seconds from due to the start of a wake, in the order recorded.</summary>
    public ConcurrentQueue<double> Lateness { get; } = new();

    /// <summary>Seconds from due to the end of a wake.</summary>
    public ConcurrentQueue<double> Completion { get; } = new();

    private ConcurrentDictionary<string, int> Gauges { get; } = new();

    /// <summary>What a gauge shows now.</summary>
    public int Gauge(string name)
    {
        _listener.RecordObservableInstruments();
        return Gauges[name];
    }

    public Task Start() => Service.StartAsync(default);

    /// <summary>As the store does it: the index first, then whoever observes commits.</summary>
    public void Commit(string caseId, DateTimeOffset? at)
    {
        Index.Set(caseId, at);
        Service.Committed([], [new DueChange(caseId, at)]);
    }

    public async ValueTask DisposeAsync()
    {
        Cases.Release();
        await Service.StopAsync(default).Soon();
        Service.Dispose();
        _listener.Dispose();
        await _meters.DisposeAsync();
    }

    /// <summary>Warnings and worse, as written.</summary>
    internal sealed class Lines : ILogger<DueService>
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyList<string> Warnings => [.. _lines];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) _lines.Enqueue(formatter(state, exception));
        }
    }
}

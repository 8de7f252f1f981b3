using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Silo;
using Cluster.Silo.Due;
using Cluster.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;

namespace Cluster.Load;

/// <summary>A silo in this process on the real clock, whose lateness is listened to. Events are given to the cases themselves, past HTTP.</summary>
internal sealed class SiloInside : IAsyncDisposable
{
    private readonly MeterListener _listener = new();
    private readonly IHost _host;

    public SiloInside(string directory)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddClusterSilo(new SiloOptions { Storage = new StorageOptions { Directory = directory } });
        _host = builder.Build();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Cluster.Due") listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) =>
        {
            bool starts = instrument.Name == "cluster.due.lateness";
            (starts ? Started : Finished).Enqueue(value);
            if (starts) Instants.Enqueue(TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(value));
        });
        _listener.Start();
    }

    /// <summary>Seconds from due to the start of each wake.</summary>
    public ConcurrentQueue<double> Started { get; } = new();

    /// <summary>Seconds from due to the end of each wake.</summary>
    public ConcurrentQueue<double> Finished { get; } = new();

    /// <summary>When those were due that were started, in the order in which they were.</summary>
    public ConcurrentQueue<DateTimeOffset> Instants { get; } = new();

    public DueService Due => _host.Services.GetRequiredService<DueService>();

    /// <summary>Starts it.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> Start()
    {
        long start = Stopwatch.GetTimestamp();
        await _host.StartAsync();
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Has an event every so often, however slow the answers are, until the time is over or a condition holds.</summary>
    /// <param name="next">The next event and its case.</param>
    /// <returns>Milliseconds from when each was to be sent to its answer, which means durable; without end where it was refused or never answered.</returns>
    public async Task<List<double>> Send(int perSecond, TimeSpan time, Func<(string Case, EventMessage Event)> next, Func<bool>? over = null)
    {
        var grains = _host.Services.GetRequiredService<IGrainFactory>();
        var answers = new List<Task<double>>();
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < time && over?.Invoke() != true)
        {
            await beat.WaitForNextTickAsync();
            while (answers.Count < Stopwatch.GetElapsedTime(start).TotalSeconds * perSecond)
            {
                long meant = start + (long)(answers.Count * (double)Stopwatch.Frequency / perSecond);
                (string id, EventMessage message) = next();
                answers.Add(Task.Run(() => Answer(grains.GetGrain<ICaseGrain>(id), message, meant)));
            }
        }
        return [.. await Task.WhenAll(answers)];
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        _listener.Dispose();
    }

    private static async Task<double> Answer(ICaseGrain grain, EventMessage message, long meant)
    {
        try
        {
            EventOutcome[] outcome = await grain.Record([message]);
            if (outcome[0].Status != EventStatus.Accepted) throw new InvalidOperationException($"{message.Id}: {outcome[0].Status}");
        }
        catch (Exception e) when (e is TimeoutException or JournalOverloadedException)
        {
            return double.PositiveInfinity;
        }
        return Stopwatch.GetElapsedTime(meant).TotalMilliseconds;
    }
}

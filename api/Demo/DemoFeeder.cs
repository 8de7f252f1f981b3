using System.Globalization;
using System.Text.Json;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Orleans;

namespace Cluster.Api.Demo;

/// <summary>
/// Replays the timelines on the legal clock: first what had happened before the demo started, then the rest as its time comes.
/// Starting again is harmless: what was recorded answers as duplicate.
/// </summary>
internal sealed partial class DemoFeeder(IGrainFactory grains, IAccountStore accounts, LegalClock clock, ILogger<DemoFeeder> logger) : BackgroundService
{
    private const int CasesAtOnce = 32;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            string text = await accounts.Setting(DemoSetup.StartedAt, stoppingToken) ?? throw new InvalidOperationException("The demo office was not created.");
            DateTimeOffset started = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            DateTimeOffset now = clock.GetUtcNow();
            var replay = new DemoReplay();
            await LoadHistory(replay.Before(now), started, stoppingToken);
            await Follow(replay.From(now), stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; the replay goes on from here at the next start.
        }
    }

    private async Task LoadHistory(IEnumerable<DemoEvent> history, DateTimeOffset started, CancellationToken stopping)
    {
        var roster = new PastAssignments(DemoOffice.Prosecutors());
        var cases = new Dictionary<string, List<EventMessage>>(StringComparer.Ordinal);
        int count = 0;
        foreach (DemoEvent e in history)
        {
            if (!cases.TryGetValue(e.Subject, out List<EventMessage>? events)) cases.Add(e.Subject, events = []);
            events.Add(Message(e));
            count++;
            // Who had the cases from before the demo was drawn by nobody: they were dealt in turn.
            if (e.Type == "case.accepted" && e.Time < started && roster.Next(e) is { } assigned) events.Add(assigned);
        }

        await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = CasesAtOnce, CancellationToken = stopping }, async (one, _) =>
            await grains.GetGrain<ICaseGrain>(one.Key).Record([.. one.Value]));
        LogLoaded(count, cases.Count);
    }

    private async Task Follow(IEnumerable<DemoEvent> future, CancellationToken stopping)
    {
        foreach (DemoEvent e in future)
        {
            while (e.Time - clock.GetUtcNow() is { Ticks: > 0 } wait) await Task.Delay(wait, clock, stopping);
            await grains.GetGrain<ICaseGrain>(e.Subject).Record([Message(e)]);
        }
    }

    private static EventMessage Message(DemoEvent e) => new(e.Source, e.Id, e.Type, e.Time, null, JsonSerializer.SerializeToUtf8Bytes(e.Data));

    [LoggerMessage(1, LogLevel.Information, "Demo history loaded: {Events} events of {Cases} cases")]
    private partial void LogLoaded(int events, int cases);
}

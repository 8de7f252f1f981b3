using System.Text.Json.Nodes;
using Cluster.Cases.Events;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Silo;
using Cluster.Storage;
using Grains.Tests.Engine;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;

namespace Grains.Tests.Silo;

/// <summary>A whole silo on the embedded engine and a real store in a folder of its own, under clocks moved by hand. It can be stopped and started again.</summary>
internal sealed class SiloUnderTest : IAsyncDisposable
{
    private IHost? _host;

    private SiloUnderTest(DateTimeOffset start) => Time = new ManualLegalClock(start);

    /// <summary>A Monday morning.</summary>
    public static DateTimeOffset Monday { get; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8));

    /// <summary>The clock of the law.</summary>
    public ManualLegalClock Time { get; private set; }

    /// <summary>The clock of time-outs and pacing.</summary>
    public ManualTimeProvider Real { get; private set; } = new();

    public Disturbance Disturbance { get; private set; } = new();

    public string Folder { get; private set; } = Directory.CreateTempSubdirectory("cluster-silo-").FullName;

    public DateTimeOffset Now => Time.GetUtcNow().ToOffset(TimeSpan.FromHours(8));

    public ICaseIndex Index => Service<ICaseIndex>();

    public IFeedStore Feed => Service<IFeedStore>();

    public IDueIndex Due => Service<IDueIndex>();

    public IJournal Journal => Service<IJournal>();

    public static async Task<SiloUnderTest> Start(DateTimeOffset? at = null)
    {
        var silo = new SiloUnderTest(at ?? Monday);
        await silo.StartHost();
        return silo;
    }

    public T Service<T>() where T : notnull => _host!.Services.GetRequiredService<T>();

    public ICaseGrain Case(string id) => Service<IGrainFactory>().GetGrain<ICaseGrain>(id);

    public IDepartmentGrain Department(string id) => Service<IGrainFactory>().GetGrain<IDepartmentGrain>(id);

    public IProsecutorGrain Prosecutor(string id) => Service<IGrainFactory>().GetGrain<IProsecutorGrain>(id);

    public IProcuratorateGrain Procuratorate(string code) => Service<IGrainFactory>().GetGrain<IProcuratorateGrain>(code);

    /// <summary>Records events of a case and lets everything that follows from them happen.</summary>
    public async Task<EventOutcome[]> Record(string caseId, params EventMessage[] events)
    {
        var outcomes = await Case(caseId).Record(events).Soon();
        await Settled();
        return outcomes;
    }

    public async Task<JsonObject?> Read(string caseId, DateTimeOffset? asOf = null) =>
        await Case(caseId).Read(asOf).Soon() is { } answer ? JsonNode.Parse(answer.Json)!.AsObject() : null;

    /// <summary>The events of a case as the journal has them.</summary>
    public async Task<IReadOnlyList<CaseEvent>> History(string caseId) =>
        [.. (await Journal.Read("case:" + caseId, 0)).Select(e => EventReader.Restore(e.Event.Source, e.Event.Id, e.Event.Type, e.Event.Time, e.Event.RecordedTime, e.Event.Data))];

    public async Task<IReadOnlyList<AlertRow>> Alerts(string caseId) => await Index.AlertsOf(caseId);

    /// <summary>Completes when nothing is due and everybody knows of everything.</summary>
    public async Task Settled()
    {
        while (true)
        {
            var next = Disturbance.Next;
            if ((await Due.Until(Time.GetUtcNow(), 1)).Count == 0 && (Disturbance.LoseDeliveries || (await Due.Undelivered(1)).Count == 0)) return;
            await next.Soon();
        }
    }

    /// <summary>Moves time to an instant at one go, then lets everything happen.</summary>
    public async Task JumpTo(DateTimeOffset instant)
    {
        Time.JumpTo(instant);
        await Settled();
    }

    /// <summary>Moves time to an instant, stopping wherever a case is due on the way.</summary>
    public async Task PassTo(DateTimeOffset instant)
    {
        await Settled();
        while ((await Due.Until(instant, 1)) is [{ At: { } at }]) await JumpTo(at);
        await JumpTo(instant);
    }

    /// <summary>Lets the grains tell the screens what they have gathered.</summary>
    public async Task Pace()
    {
        await Settled();
        Real.Advance(TimeSpan.FromSeconds(1));
        foreach (var unit in await Service<IUnitIndex>().All())
        {
            if (unit.Kind == "department") await Until(async () => Told("workload", "department:" + unit.Id, await Department(unit.Id).Workload()));
            if (unit.Kind == "procuratorate") await Until(async () => Told("counters", "procuratorate:" + unit.Id, await Procuratorate(unit.Id).Counters()));
        }
    }

    private bool Told(string kind, string scope, byte[]? now) =>
        Disturbance.Fed.LastOrDefault(f => f.Kind == kind && f.Scope == scope)?.Payload is { } told && told.AsSpan().SequenceEqual(now);

    /// <summary>Completes when a condition holds; it is asked again whenever something was written.</summary>
    public async Task Until(Func<Task<bool>> condition)
    {
        while (true)
        {
            var next = Disturbance.Next;
            if (await condition()) return;
            await next.Soon();
        }
    }

    /// <summary>Starts a new silo on the store as it is on the disk this moment, as after a power cut.</summary>
    /// <param name="release">Lets the old silo come to an end, which nobody will see.</param>
    public async Task Crash(Action release)
    {
        var copy = Directory.CreateTempSubdirectory("cluster-silo-").FullName;
        foreach (var file in Directory.EnumerateFiles(Folder, "cluster.db*"))
        {
            await using var from = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            await using var to = File.Create(Path.Combine(copy, Path.GetFileName(file)));
            await from.CopyToAsync(to);
        }

        release();
        await Stop();
        Directory.Delete(Folder, recursive: true);
        Folder = copy;
        await StartHost();
    }

    /// <summary>Stops, and starts again on the same store.</summary>
    /// <param name="behind">By how much the clock of the machine on which it starts is behind that of the last.</param>
    public async Task Restart(TimeSpan behind = default)
    {
        await Stop();
        Time = new ManualLegalClock(Time.GetUtcNow() - behind);
        await StartHost();
    }

    public async Task Stop()
    {
        if (_host is null) return;
        await _host.StopAsync().Soon();
        await ((IAsyncDisposable)_host).DisposeAsync();
        _host = null;
    }

    /// <summary>Runs SQL on the closed store, as one who covers their traces: the sums of its pages go too.</summary>
    public int Execute(string sql)
    {
        Assert.Null(_host);
        File.Delete(Path.Combine(Folder, "cluster.sums"));
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "cluster.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    public async Task StartHost()
    {
        // Timers of the last run died with it.
        Time = new ManualLegalClock(Time.GetUtcNow());
        Real = new ManualTimeProvider(Real.GetUtcNow());
        Disturbance = new Disturbance();
        var builder = Host.CreateEmptyApplicationBuilder(new());
        var services = builder.Services;
        services.AddSingleton<TimeProvider>(Real);
        services.AddClusterSilo(new SiloOptions { Storage = new StorageOptions { Directory = Folder } });
        services.AddSingleton<LegalClock>(Time);
        services.AddSingleton<ICommitObserver>(Disturbance);
        Decorate<IJournal>(services, inner => new DisturbedJournal(inner, Disturbance));
        Decorate<ICaseArchive>(services, inner => new DisturbedArchive(inner, Disturbance));
        Decorate<IHistoryArchive>(services, inner => new CountedArchive(inner, Disturbance));
        Decorate<IDueIndex>(services, inner => new DisturbedDueIndex(inner, Disturbance));
        _host = builder.Build();
        await _host.StartAsync().Soon();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Directory.Delete(Folder, recursive: true);
    }

    private static void Decorate<T>(IServiceCollection services, Func<T, T> decorate) where T : class
    {
        var plain = services.Last(s => s.ServiceType == typeof(T));
        services.Remove(plain);
        services.AddSingleton(provider => decorate((T)ActivatorUtilities.CreateInstance(provider, plain.ImplementationType!)));
    }
}

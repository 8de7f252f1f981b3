using System.Globalization;
using System.Text.Json;
using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Law;
using Cluster.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Cluster.Load;

/// <summary>
/// Very many open cases for review, written straight into the journal of a stopped system: accepted, given to a prosecutor, a right told. Nobody
/// assessed them; their rows are as an assessment of the first one gave them.
/// </summary>
internal sealed class Backlog : IAsyncDisposable
{
    // Fewer than the store lets wait.
    private const int Flight = 10_000;

    private readonly ServiceProvider _services;
    private readonly DateTimeOffset _now;
    private readonly int _offices;
    private readonly CaseRow _row;

    /// <param name="directory">Of the store.</param>
    /// <param name="offices">Procuratorates among which the cases are spread, 1 to 100.</param>
    public Backlog(string directory, DateTimeOffset now, int offices)
    {
        var services = new ServiceCollection();
        services.AddClusterStorage(new StorageOptions { Directory = directory });
        _services = services.BuildServiceProvider();
        _now = now.ToOffset(LegalTime.Offset);
        _offices = offices;
        CaseAssessment assessment = Assessor.Default.Assess(CaseHistory.Of(Events(0).Select(e => EventReader.Restore(e.Source, e.Id, e.Type, e.Time, e.RecordedTime, e.Data))), _now);
        _row = new CaseRow(
            "", assessment.CaseType, "", assessment.Stage, "", "", "", assessment.AcceptedOn, assessment.Weight.Value, assessment.Custody, assessment.Open, 3, 1,
            assessment.NextDue?.Limit, assessment.NextDue?.DueOn, assessment.NextDue?.ExpiresAt, null, _now);
    }

    public IJournal Journal => _services.GetRequiredService<IJournal>();

    public IDueIndex Due => _services.GetRequiredService<IDueIndex>();

    public IRuleIndex Rules => _services.GetRequiredService<IRuleIndex>();

    public ICaseIndex Cases => _services.GetRequiredService<ICaseIndex>();

    public static string Id(int number) => FormattableString.Invariant($"积受[2026]{number:0000000}号");

    public string Procuratorate(int number) => FormattableString.Invariant($"4200{number % _offices:00}");

    /// <summary>Writes cases.</summary>
    /// <param name="due">When each is due; null for never.</param>
    /// <param name="owed">How many of the last ones other grains have not learnt of.</param>
    public Task Write(int cases, Func<int, DateTimeOffset?> due, int owed = 0) => InFlight(cases, number => new Commit
    {
        Stream = "case:" + Id(number),
        ExpectedVersion = 0,
        RecordedAt = _now,
        Events = Events(number),
        Case = _row with { Id = Id(number), Name = $"周某{number}案", Procuratorate = Procuratorate(number), Department = Procuratorate(number) + "-1", Prosecutor = Procuratorate(number) + "-1-1" },
        Due = new DueChange(Id(number), due(number)),
        Deliver = number >= cases - owed,
    });

    /// <summary>Changes when the first so many cases are due.</summary>
    public Task Move(int from, int cases, Func<int, DateTimeOffset?> due) => InFlight(cases, number => new Commit
    {
        Stream = "case:" + Id(from + number),
        ExpectedVersion = 3,
        RecordedAt = _now,
        Due = new DueChange(Id(from + number), due(number)),
    });

    /// <summary>An event that changes little: the victim is heard once more.</summary>
    public EventMessage Heard(string id, int number, DateTimeOffset at) => Event(id, number, "opinion.heard", at, new { who = "victim", written = false });

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task InFlight(int count, Func<int, Commit> commit)
    {
        var flight = new Queue<Task>(Flight);
        for (int number = 0; number < count; number++)
        {
            if (flight.Count == Flight) await flight.Dequeue();
            flight.Enqueue(Journal.Commit(commit(number)));
        }
        await Task.WhenAll(flight);
    }

    private EventMessage[] Events(int number)
    {
        DateTimeOffset received = _now.AddDays(-20);
        string day = received.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return
        [
            Event($"积-{number}-0", number, "case.accepted", received, new
            {
                caseType = "PRO",
                procuratorate = Procuratorate(number),
                department = Procuratorate(number) + "-1",
                name = $"周某{number}案",
                receivedOn = day,
                registeredOn = day,
                charges = new[] { new { name = "盗窃罪", article = "264" } },
                suspects = new[] { new { suspect = "1", name = $"周某{number}", measure = new { kind = "bail", from = day, organ = "公安" } } },
            }),
            Event($"积-{number}-1", number, "case.assigned", received.AddMinutes(1), new { prosecutor = Procuratorate(number) + "-1-1", mode = "designated" }),
            Event($"积-{number}-2", number, "rights.notified", received.AddMinutes(30), new { who = "suspect", suspect = "1", how = "document" }),
        ];
    }

    private EventMessage Event(string id, int number, string type, DateTimeOffset at, object data) =>
        new($"/{Procuratorate(number)}/tyyw", id, type, at, null, JsonSerializer.SerializeToUtf8Bytes(data));
}

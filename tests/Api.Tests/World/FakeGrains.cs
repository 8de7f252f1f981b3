using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Cluster.Contracts;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Tests.World;

/// <summary>Grains that answer simply and write to the memory store.</summary>
internal sealed class FakeGrains(MemoryStore store, TimeProvider clock) : TextKeys
{
    private readonly ConcurrentDictionary<(Type, string), object> grains = new();

    /// <summary>Runs before every Record; may throw.</summary>
    public Func<string, Task> BeforeRecord { get; set; } = _ => Task.CompletedTask;

    public ConcurrentDictionary<(string Source, string Id), string> Known { get; } = new();

    public override TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null) =>
        (TGrainInterface)grains.GetOrAdd((typeof(TGrainInterface), primaryKey), key => Make(key.Item1, key.Item2));

    private object Make(Type type, string key) => type switch
    {
        _ when type == typeof(ICaseGrain) => new FakeCase(key, this, store, clock),
        _ when type == typeof(IDepartmentGrain) => new FakeDepartment(key, store),
        _ when type == typeof(IAssignmentRecordGrain) => new FakeRecord(key),
        _ when type == typeof(IProsecutorGrain) => new FakeProsecutor(store),
        _ when type == typeof(ICatalogueGrain) => new FakeCatalogue(),
        _ => new FakeProcuratorate(store),
    };

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private sealed class FakeCase(string id, FakeGrains all, MemoryStore store, TimeProvider clock) : ICaseGrain
    {
        private readonly SemaphoreSlim turn = new(1);
        private CaseRow? row;

        public async Task<EventOutcome[]> Record(EventMessage[] events)
        {
            await all.BeforeRecord(id);
            await turn.WaitAsync();
            try
            {
                return [.. events.Select(RecordOne)];
            }
            finally
            {
                turn.Release();
            }
        }

        public async Task<ActOutcome[]> Act(AlertAct[] acts)
        {
            await all.BeforeRecord(id);
            return [.. acts.Select(a => new ActOutcome(ActResult.Done, "acknowledged", JsonSerializer.SerializeToUtf8Bytes(new { id = a.Id, act = a.Act, by = a.By, at = clock.GetUtcNow(), status = "acknowledged" })))];
        }

        public Task<CaseAnswer?> Read(DateTimeOffset? asOf) => Task.FromResult(row is null
            ? null
            : new CaseAnswer(
                new CaseScope(row.Procuratorate, row.Department, row.Prosecutor), row.Version, row.Revision,
                JsonSerializer.SerializeToUtf8Bytes(new { id, version = row.Version, asOf })));

        public Task<CaseEvents?> Events() => Task.FromResult(row is null
            ? null
            : new CaseEvents(new CaseScope(row.Procuratorate, row.Department, row.Prosecutor), []));

        public Task<AssignmentRequest?> ForAssignment() =>
            Task.FromResult(row is null ? null : new AssignmentRequest(id, row.CaseType, row.Weight, null, [], [], []));

        public Task<HandoverFacts?> ForHandover() => Task.FromResult<HandoverFacts?>(null);

        public Task<Reassigned> Reassign(Reassignment reassignment) =>
            Task.FromResult(new Reassigned(ReassignStatus.Done, reassignment.To, 2));

        public Task Wake() => Task.CompletedTask;

        public Task Deliver() => Task.CompletedTask;

        private EventOutcome RecordOne(EventMessage message)
        {
            if (!all.Known.TryAdd((message.Source, message.Id), id)) return new(message.Id, EventStatus.Duplicate, row?.Version ?? 0);
            row ??= new CaseRow(id, "", null, "unaccepted", null, null, null, null, 1, false, true, 0, 0, null, null, null, null, clock.GetUtcNow());
            row = row with { Version = row.Version + 1, Revision = row.Revision + 1 };
            if (message.Type == "case.accepted")
            {
                JsonElement data = JsonDocument.Parse(message.Data).RootElement;
                string? Field(string name) => data.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
                row = row with
                {
                    CaseType = Field("caseType") ?? "",
                    Stage = "UNDER_REVIEW",
                    Procuratorate = Field("procuratorate"),
                    Department = Field("department"),
                    Prosecutor = Field("prosecutor"),
                };
            }
            store.Put(row);
            string payload = JsonSerializer.Serialize(new { id, procuratorate = row.Procuratorate, department = row.Department, prosecutor = row.Prosecutor });
            string[] scopes =
            [
                "all", "case:" + id, .. row.Procuratorate is { } p ? ["procuratorate:" + p] : Array.Empty<string>(),
                .. row.Prosecutor is { } h ? ["prosecutor:" + h] : Array.Empty<string>(),
            ];
            store.Feed("case", payload, scopes);
            return new(message.Id, EventStatus.Accepted, row.Version);
        }
    }

    private sealed class FakeDepartment(string id, MemoryStore store) : IDepartmentGrain
    {
        private bool defined;

        public Task Define(DepartmentDefinition d)
        {
            defined = true;
            store.Put(new UnitRow("department", d.Id, d.Procuratorate, d.Name, JsonSerializer.SerializeToUtf8Bytes(new { name = d.Name, procuratorate = d.Procuratorate, caseTypes = d.CaseTypes })));
            return Task.CompletedTask;
        }

        public Task Enrol(ProsecutorDefinition prosecutor) => Task.CompletedTask;

        public Task Withdraw(string prosecutor) => Task.CompletedTask;

        public Task<Assigned?> Assign(AssignmentRequest request) => Task.FromResult<Assigned?>(null);

        public Task Release(CaseSummary summary) => Task.CompletedTask;

        public Task<byte[]> Preview(AssignmentRequest request) => Task.FromResult(JsonSerializer.SerializeToUtf8Bytes(new { @case = request.Case }));

        public Task<string?> Obstacle(AssignmentRequest request, string prosecutor) => Task.FromResult<string?>(null);

        public Task<byte[]?> Rebalance(RebalancingRequest request) =>
            Task.FromResult<byte[]?>(JsonSerializer.SerializeToUtf8Bytes(new { request.Leaving, request.MostMoves, request.KeepDays, request.Begun, away = request.Away.Select(a => a.Prosecutor) }, JsonSerializerOptions.Web));

        public Task Observe(CaseSummary summary) => Task.CompletedTask;

        public Task<byte[]?> Queue() => Task.FromResult<byte[]?>(JsonSerializer.SerializeToUtf8Bytes(new { department = id }));

        public Task Found(byte[] findings) => Task.CompletedTask;

        public Task<byte[]?> Workload() =>
            Task.FromResult(defined ? Utf8("""{"prosecutors":[],"fairness":{"cv":0,"gini":0,"maxOverMean":0},"unassigned":0}""") : null);

        public Task<byte[]> Draws(DateOnly from, DateOnly until) =>
            Task.FromResult(JsonSerializer.SerializeToUtf8Bytes(new[] { new { department = id, from, until } }));
    }

    private sealed class FakeRecord(string id) : IAssignmentRecordGrain
    {
        public Task Review() => Task.CompletedTask;

        public Task<byte[]?> Findings() => Task.FromResult<byte[]?>(JsonSerializer.SerializeToUtf8Bytes(new { department = id }));

        public Task<byte[]?> Fairness(DateOnly from, DateOnly until, int days) => Task.FromResult<byte[]?>(JsonSerializer.SerializeToUtf8Bytes(new { department = id, from, until, days }));

        public Task<byte[]?> Given(DateOnly from, DateOnly until, string kind) => Task.FromResult<byte[]?>(JsonSerializer.SerializeToUtf8Bytes(new { department = id, from, until, kind }));
    }

    private sealed class FakeProsecutor(MemoryStore store) : IProsecutorGrain
    {
        private ProsecutorDefinition? definition;

        public Task Define(ProsecutorDefinition d)
        {
            definition = d;
            store.Put(new UnitRow("prosecutor", d.Id, d.Department, d.Name, JsonSerializer.SerializeToUtf8Bytes(new { name = d.Name, department = d.Department, capacity = d.Capacity })));
            return Task.CompletedTask;
        }

        public Task<ProsecutorDefinition?> Definition() => Task.FromResult(definition);

        public Task Observe(CaseSummary summary) => Task.CompletedTask;

        public Task<ProsecutorLoad> Load() => Task.FromResult(new ProsecutorLoad(0, 0, 0));
    }

    private sealed class FakeProcuratorate(MemoryStore store) : IProcuratorateGrain
    {
        public Task Define(ProcuratorateDefinition d)
        {
            store.Put(new UnitRow("procuratorate", d.Code, d.Parent, d.Name, JsonSerializer.SerializeToUtf8Bytes(new { name = d.Name, level = d.Level, parent = d.Parent })));
            return Task.CompletedTask;
        }

        public Task Observe(CaseSummary summary) => Task.CompletedTask;

        public Task<ProcuratorateDefinition?> Definition() => Task.FromResult<ProcuratorateDefinition?>(null);

        public Task<byte[]> Counters() => Task.FromResult(Utf8("""{"levels":{"W1":1},"categories":{"期限":1},"departments":{},"openCases":2}"""));
    }

    /// <summary>A catalogue without drafts.</summary>
    private sealed class FakeCatalogue : ICatalogueGrain
    {
        private static readonly Task<DraftOutcome> NotFound = Task.FromResult(new DraftOutcome("not-found", null, [], [], null));

        public Task<CatalogueContents?> Contents(long revision) => Task.FromResult<CatalogueContents?>(null);

        public Task<DraftView[]> Drafts() => Task.FromResult<DraftView[]>([]);

        public Task<DraftView?> Find(string draft) => Task.FromResult<DraftView?>(null);

        public Task<DraftOutcome> Validate(string yaml) => NotFound;

        public Task<DraftOutcome> Draft(DraftText text) => NotFound;

        public Task<DraftOutcome> Edit(string draft, DraftText text) => NotFound;

        public Task<DraftOutcome> Withdraw(string draft, string user) => NotFound;

        public Task<DraftOutcome> Try(string draft, bool on, string user) => NotFound;

        public Task<DraftOutcome> Publish(string draft, DateOnly effectiveFrom, string user) => NotFound;

        public Task<DraftOutcome> RollBack(string draft, string reason, string user) => NotFound;

        public Task Backtested(string draft, DateTimeOffset changedAt, BacktestReport report) => Task.CompletedTask;
    }
}

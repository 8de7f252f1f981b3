using System.Text.Json;
using System.Threading.RateLimiting;
using Cluster.Api.Audit;
using Cluster.Api.Hosting;
using Cluster.Api.Ingest;
using Cluster.Api.Login;
using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Cases.Rules;
using Cluster.Contracts;
using Orleans;

namespace Cluster.Api.Cases;

/// <summary>Assesses a set of events without storing anything (contract chapter 5).</summary>
internal static class AssessEndpoint
{
    private const int MostEvents = 10_000;
    private const long LargestBody = 32L << 20;

    // Only storing an event depends on the server's clock: what may be asked about is bounded by the years there is law for.
    private static readonly DateTimeOffset Latest = new(2100, 12, 30, 0, 0, 0, TimeSpan.FromHours(8));

    public static void MapAssess(this IEndpointRouteBuilder api) =>
        api.MapPost("/api/assess", Assess).Audited(AuditAction.CaseAssessed, onlyOfTarget: true).WithTags("Cases")
            .WithSummary("Assess a set of events, storing nothing")
            .WithDescription($"The body that GET /api/cases/{{id}} answers for these events. All of one case, at most {MostEvents}; `asOf` is now if absent, and later events do not count. "
                + "Where a source and id come twice, the first is taken.")
            .Accepts<AssessRequest>("application/json").Produces<CaseBody>().Problems(400, 401, 403, 413, 415, 422, 429);

    private static async Task<IResult> Assess(HttpContext context, Caller caller, AuditTrail audit, LegalClock clock, LiveCatalogue rules, AssessGate gate, Admission admission, IGrainFactory grains)
    {
        RequestBody.Require(context.Request, "application/json");
        using Admission.Ticket ticket = admission.Enter(caller.User, 0, context.Request.ContentLength ?? 0);
        using JsonDocument document = await RequestBody.ReadJson(context, LargestBody, ticket.NeedBytes);
        AssessRequest request = RequestBody.Shape<AssessRequest>(document.RootElement);
        DateTimeOffset asOf = request.AsOf ?? clock.GetUtcNow();
        IReadOnlyList<JsonElement> sent = request.Events ?? [];
        if (sent.Count == 0 && request.Case is null) throw Field.Wrong("At least one event.", "/events");
        if (sent.Count > MostEvents) throw Field.Wrong($"At most {MostEvents} events.", "/events");

        IReadOnlyList<CaseEvent> stored = request.Case is { } known ? await Stored(known, caller, audit, grains) : [];
        if (stored.Count + sent.Count > MostEvents) throw Field.Wrong($"At most {MostEvents} events, those of the case included.", "/case");
        (string? subject, IReadOnlyList<CaseEvent> events) = Read(sent, request.Case);
        CaseHistory history = CaseHistory.Of(stored).Add(events);
        LiveRules live = rules.Current;
        Observability reports = await Reports(history.ProcuratorateAt(asOf), live, grains);
        using RateLimitLease lease = await gate.Enter(context.RequestAborted);
        return new JsonAnswer(await Task.Run(
            () => CaseJson.Case(subject!, history, live.Assessor.Assess(history, asOf, reports), static (_, _) => Handling.None), context.RequestAborted));
    }

    // The same answer for a case that does not exist and one that this account does not see.
    private static async Task<IReadOnlyList<CaseEvent>> Stored(string id, Caller caller, AuditTrail audit, IGrainFactory grains)
    {
        audit.On("case", id);
        CaseEvents? stored = CaseId.IsPossible(id) ? await grains.GetGrain<ICaseGrain>(id).Events() : null;
        audit.Office(stored?.Scope.Procuratorate);
        if (stored is null || !caller.Rights.CanSee(stored.Scope)) throw new ProblemException(Problem.Of(404));
        return [.. stored.Events.Select(e => EventReader.Restore(e.Source, e.Id, e.Type, e.Time, e.RecordedTime, e.Data))];
    }

    // What the case's procuratorate reports and whose rules apply to it, as for a stored case.
    private static async Task<Observability> Reports(string? procuratorate, LiveRules live, IGrainFactory grains) =>
        string.IsNullOrWhiteSpace(procuratorate) ? Observability.Default : await OfficePath.Reports(procuratorate, live, grains);

    private static (string? Subject, IReadOnlyList<CaseEvent> Events) Read(IReadOnlyList<JsonElement> sent, string? subject)
    {
        var events = new List<CaseEvent>(sent.Count);
        var known = new HashSet<(string, string)>();
        for (int i = 0; i < sent.Count; i++)
        {
            EventReading reading = SafeReading.Read(sent[i], Latest);
            if (reading.Event is not { } read)
            {
                EventProblem? why = reading.Problem;
                throw new ProblemException(Problem.Of(422, why?.Code ?? "invalid-event", why?.Detail, $"/events/{i}{why?.Pointer}"));
            }
            subject ??= reading.Subject;
            if (reading.Subject != subject) throw Field.Wrong("All events of one call are of one case.", $"/events/{i}/subject");
            if (known.Add((read.Source, read.Id))) events.Add(read);
        }
        return (subject, events);
    }
}

/// <summary>Bounds the assessments that run at a time: they cost only computing, and recording must not wait for them.</summary>
internal sealed class AssessGate : IDisposable
{
    private readonly ConcurrencyLimiter cores = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = Math.Max(1, Environment.ProcessorCount / 2),
        QueueLimit = 256,
    });

    public async ValueTask<RateLimitLease> Enter(CancellationToken cancellation)
    {
        RateLimitLease lease = await cores.AcquireAsync(1, cancellation);
        return lease.IsAcquired ? lease : throw new ProblemException(Problem.Of(429));
    }

    public void Dispose() => cores.Dispose();
}

/// <summary>A set of events to assess.</summary>
/// <param name="Events">CloudEvents of one case.</param>
/// <param name="AsOf">The instant to assess for; now if absent.</param>
/// <param name="Case">A stored case whose events count first.</param>
internal sealed record AssessRequest(IReadOnlyList<JsonElement>? Events = null, DateTimeOffset? AsOf = null, string? Case = null);

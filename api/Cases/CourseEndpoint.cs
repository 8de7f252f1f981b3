using System.Text.Json;
using System.Threading.RateLimiting;
using Cluster.Api.Audit;
using Cluster.Api.Hosting;
using Cluster.Api.Login;
using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Contracts;
using Orleans;

namespace Cluster.Api.Cases;

/// <summary>The states that a case has gone through.</summary>
internal static class CourseEndpoint
{
    private const string Prefix = "/api/cases/", Suffix = "/course";

    public static void MapCourse(this IEndpointRouteBuilder api) =>
        api.MapGet(Prefix + "{id}" + Suffix, Read).ForRoles(Role.Readers).Audited(AuditAction.CourseRead, "case", parameters: [("asOf", "")]).WithTags("Cases")
            .WithSummary("The states that a case has gone through").TakesPath("id", "The case, percent-encoded.")
            .WithDescription("In order of time, each with when the case came into it and by which event; none where time alone did it. They follow from the events as they are known now: one that was entered late counts from its own time. "
                + "Of a very long case only the latest part; `more` then says so. With `asOf`, only events whose time is not later count.")
            .TakesQuery(("asOf", "Instant with an offset."))
            .Produces<CaseCourseAnswer>().Problems(401, 403, 404, 422, 429, 503);

    private static async Task<IResult> Read(HttpContext context, Caller caller, AuditTrail audit, IGrainFactory grains, LegalClock clock, LiveCatalogue rules, AssessGate gate)
    {
        DateTimeOffset asOf = new Query(context.Request).Instant("asOf") ?? clock.GetUtcNow();
        string id = PathSegment.After(context, Prefix, Suffix);
        CaseEvents? stored = CaseId.IsPossible(id) ? await grains.GetGrain<ICaseGrain>(id).Events() : null;
        audit.Office(stored?.Scope.Procuratorate);
        if (stored is null || !caller.Rights.CanSee(stored.Scope)) throw new ProblemException(Problem.Of(404));

        CaseHistory history = CaseHistory.Of([.. stored.Events.Select(e => EventReader.Restore(e.Source, e.Id, e.Type, e.Time, e.RecordedTime, e.Data))]);
        Assessor assessor = rules.Current.Assessor;
        using RateLimitLease lease = await gate.Enter(context.RequestAborted);
        CaseCourse course = await Task.Run(() => CaseCourse.Of(assessor, history, asOf, context.RequestAborted), context.RequestAborted);
        return new JsonAnswer(JsonSerializer.SerializeToUtf8Bytes(new CaseCourseAnswer(id, asOf, course.Stages, course.More), Json.Options));
    }
}

/// <summary>The states of a case over time, found by assessing it at every instant at which anything could change.</summary>
internal sealed class CaseCourse
{
    // A case has some dozens of instants; a very long one must not keep a core for seconds.
    private const int MostInstants = 400, MostWork = 400_000;

    private readonly List<PassedStage> stages = [];
    private string? stage;

    private CaseCourse()
    {
    }

    public IReadOnlyList<PassedStage> Stages => stages;

    /// <summary>Whether it begins before what is told.</summary>
    public bool More { get; private init; }

    public static CaseCourse Of(Assessor assessor, CaseHistory history, DateTimeOffset asOf, CancellationToken cancellation)
    {
        CaseEvent[] events = [.. history.All.Where(e => e.Time <= asOf).OrderBy(e => e.Time)];
        DateTimeOffset[] instants = [.. events.Select(e => e.Time).Distinct()];
        int budget = Math.Min(MostInstants, MostWork / Math.Max(1, history.All.Count)), first = Math.Max(0, instants.Length - budget);
        var course = new CaseCourse { More = first > 0 };
        for (int i = first; i < instants.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            DateTimeOffset at = instants[i], end = i + 1 < instants.Length ? instants[i + 1] : asOf.AddTicks(1);
            CaseAssessment assessment = assessor.Assess(history, at);
            course.Reach(assessment.Stage, at, events.Last(e => e.Time == at));
            // Time alone moves it too, as when a return is not answered in time.
            while (assessment.NextChange is { } next && next > assessment.Now && next < end && budget-- > 0)
            {
                assessment = assessor.Assess(history, next);
                course.Reach(assessment.Stage, next, null);
            }
        }
        return course;
    }

    private void Reach(string next, DateTimeOffset at, CaseEvent? by)
    {
        if (next == stage) return;
        stage = next;
        stages.Add(new PassedStage(next, at, by is null ? null : new PassedBy(by.Source, by.Id)));
    }
}

/// <summary>The states that a case has gone through.</summary>
/// <param name="Case">The case.</param>
/// <param name="AsOf">The instant it is told for.</param>
/// <param name="Stages">In order of time.</param>
/// <param name="More">Whether there are earlier ones.</param>
internal sealed record CaseCourseAnswer(string Case, DateTimeOffset AsOf, IReadOnlyList<PassedStage> Stages, bool More);

/// <summary>A state that a case came into.</summary>
/// <param name="Stage">Of the course of its type (`GET /api/stages`).</param>
/// <param name="At">When.</param>
/// <param name="Event">By what; null where time alone did it.</param>
internal sealed record PassedStage(string Stage, DateTimeOffset At, PassedBy? Event);

/// <summary>An event, by its source and id.</summary>
/// <param name="Source">Source.</param>
/// <param name="Id">Id.</param>
internal sealed record PassedBy(string Source, string Id);

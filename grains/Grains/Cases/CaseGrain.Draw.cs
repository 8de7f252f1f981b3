using Cluster.Cases.Assessment;
using Cluster.Cases.Assignment;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Law;
using Microsoft.Extensions.Logging;

namespace Cluster.Grains.Cases;

public sealed partial class CaseGrain
{
    // Of more linked cases the first ones tell who knows the matter.
    private const int MostLinked = 16;

    private static readonly TimeSpan DrawAgainAfter = TimeSpan.FromMinutes(1);

    internal static bool WaitsForProsecutor(CaseAssessment assessment) =>
        assessment.CaseType.Length > 0 && assessment.Open && assessment.Prosecutor is null && !string.IsNullOrWhiteSpace(assessment.Department);

    /// <summary>A case accepted without a prosecutor is assigned by its department at once, in the same commit.</summary>
    private async Task<(Assigned? Assigned, bool Failed)> Draw(CaseAssessment assessment)
    {
        if (!WaitsForProsecutor(assessment)) return (null, false);
        var department = assessment.Department!;
        try
        {
            var request = await Request(assessment);
            try
            {
                return (await GrainFactory.GetGrain<IDepartmentGrain>(department).Assign(request), false);
            }
            catch (StreamVersionException)
            {
                // The department had not seen all that is stored of it. It begins anew, and then has.
                return (await GrainFactory.GetGrain<IDepartmentGrain>(department).Assign(request), false);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // What happened must be recorded even while the department cannot draw.
            LogDrawFailed(e, department);
            return (null, true);
        }
    }

    public async Task<AssignmentRequest?> ForAssignment()
    {
        var assessment = await Current();
        return _row is null || assessment.CaseType.Length == 0 ? null : await Request(assessment);
    }

    /// <summary>When the case must be looked at again: at the next change, and while it has no prosecutor also when a draw may turn out otherwise.</summary>
    private static DateTimeOffset? WakeAt(CaseAssessment assessment, bool drawFailed, DateTimeOffset now)
    {
        if (!WaitsForProsecutor(assessment)) return assessment.NextChange;
        // Who is away today may be back tomorrow.
        var again = drawFailed ? now + DrawAgainAfter : LegalTime.EndOf(LegalTime.DateOf(now));
        return assessment.NextChange < again ? assessment.NextChange : again;
    }

    /// <summary>A draw that was not recorded must burden nobody.</summary>
    private async Task Release(Assigned assigned)
    {
        try
        {
            await GrainFactory.GetGrain<IDepartmentGrain>(assigned.Department).Release(Summary());
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogReleaseFailed(e, assigned.Department);
        }
    }

    private async Task<AssignmentRequest> Request(CaseAssessment assessment)
    {
        var linked = new List<LinkedCase>();
        foreach (var other in assessment.Linked.Where(c => c != Id).Take(MostLinked))
        {
            if (await index.Find(other) is { Prosecutor: { } handler } row) linked.Add(new(row.CaseType, handler, Continued: other == assessment.PreviousCase));
        }

        var handlers = PreviousHandlers.Of(assessment.CaseType, linked);
        return new AssignmentRequest(
            Id, assessment.CaseType, assessment.Weight.Value, handlers.Preferred,
            [.. assessment.Recused.Select(p => new ExcludedProsecutor(p, "recused")), .. handlers.Excluded.Select(e => new ExcludedProsecutor(e.Prosecutor, e.Reason))],
            [.. assessment.Needs],
            [.. assessment.Parties],
            NextRevision,
            [.. _history.All.Where(e => e.Source == CaseOwnership.DrawSource).Select(e => e.Id)]);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Department {Department} could not draw; the case stays unassigned until it is woken.")]
    private partial void LogDrawFailed(Exception exception, string department);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Department {Department} could not be told that a draw was not recorded; it counts it until the case is recorded or it starts anew.")]
    private partial void LogReleaseFailed(Exception exception, string department);
}

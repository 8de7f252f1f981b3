using Cluster.Cases.Assessment;
using Cluster.Contracts;
using Microsoft.Extensions.Logging;

namespace Cluster.Grains.Cases;

public sealed partial class CaseGrain
{
    /// <summary>A case accepted without a prosecutor is assigned by its department at once, in the same commit.</summary>
    private async Task<Assigned?> Draw(CaseAssessment assessment)
    {
        if (assessment.CaseType.Length == 0 || !assessment.Open || assessment.Prosecutor is not null || assessment.Department is not { } department) return null;
        try
        {
            return await GrainFactory.GetGrain<IDepartmentGrain>(department).Assign(await Request(assessment));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // What happened must be recorded even while the department cannot draw; the next wake draws again.
            LogDrawFailed(e, department);
            return null;
        }
    }

    public async Task<AssignmentRequest?> ForAssignment()
    {
        var assessment = assessor.Assess(_history, clock.GetUtcNow());
        return _row is null || assessment.CaseType.Length == 0 ? null : await Request(assessment);
    }

    private async Task<AssignmentRequest> Request(CaseAssessment assessment)
    {
        var preferred = assessment.PreviousCase is { } previous ? (await index.Find(previous))?.Prosecutor : null;
        return new AssignmentRequest(
            Id, assessment.CaseType, assessment.Weight.Value, preferred,
            [.. assessment.Recused.Select(p => new ExcludedProsecutor(p, "recused"))],
            assessment.HasMinor ? ["未检"] : [],
            [.. assessment.Organs]);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Department {Department} could not draw; the case stays unassigned until it is woken.")]
    private partial void LogDrawFailed(Exception exception, string department);
}

using System.Text.Json;
using Cluster.Cases.Assessment;
using Cluster.Contracts;

namespace Cluster.Grains.Cases;

public sealed partial class CaseGrain
{
    public async Task<HandoverFacts?> ForHandover() =>
        await Current() is { CaseType.Length: > 0 } assessment && _row is not null
            ? new HandoverFacts(await Request(assessment), assessment.NextDue?.ExpiresAt, assessment.Begun, assessment.AcceptedAt)
            : null;

    public async Task<Reassigned> Reassign(Reassignment reassignment)
    {
        var id = $"{Id}/{reassignment.Key}";
        if (_known.Contains((CaseOwnership.OfficeSource, id))) return Answer(ReassignStatus.Done);
        if (_row is not { Open: true, Department: { } department } row || await Current() is not { CaseType.Length: > 0 } assessment) return Answer(ReassignStatus.NotOpen);
        if (reassignment.From is { } from && row.Prosecutor != from) return Answer(ReassignStatus.Stale);
        if (row.Prosecutor == reassignment.To) return Answer(ReassignStatus.Unchanged);
        if (await GrainFactory.GetGrain<IDepartmentGrain>(department).Obstacle(await Request(assessment), reassignment.To) is { } obstacle)
            return Answer(ReassignStatus.Refused) with { Obstacle = obstacle };

        var data = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>
        {
            ["prosecutor"] = reassignment.To,
            ["reason"] = reassignment.Reason,
            ["approvedBy"] = reassignment.ApprovedBy,
            ["by"] = reassignment.By,
        });
        await Append([new EventMessage(CaseOwnership.OfficeSource, id, "case.reassigned", Now, null, data)]);
        return Answer(ReassignStatus.Done);
    }

    private Reassigned Answer(string status) => new(status, _row?.Prosecutor, _version);

    // Of a large case what is known of it.
    private async Task<CaseAssessment> Current()
    {
        var (history, live, now) = (_history, rules.Current, Now);
        return !IsLarge ? live.Assessor.Assess(history, now) : _settled?.Assessment ?? await large.Assess(() => live.Assessor.Assess(history, now));
    }
}

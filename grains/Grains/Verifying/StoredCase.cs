using Cluster.Cases.Assessment;
using Cluster.Cases.Rules;
using Cluster.Contracts.Storage;
using Cluster.Grains.Cases;

namespace Cluster.Grains.Verifying;

/// <summary>A case as a store holds it: what happened, and what was written down of it.</summary>
/// <param name="Due">When it is to be woken; null if never.</param>
public sealed record StoredCase(CaseRow Row, CaseHistory History, IReadOnlyList<AlertRow> Alerts, DateTimeOffset? Due)
{
    /// <summary>What is not as an assessment from scratch has it; nothing if all is.</summary>
    /// <param name="seen">The last instant that the store saw. Between the last look at the case and its next wake nothing changes, so any instant of these does.</param>
    public IEnumerable<string> Faults(Assessor assessor, Observability reports, DateTimeOffset seen)
    {
        var now = Due is { } due && due <= seen ? due.AddTicks(-1) : seen;
        if (now < Row.UpdatedAt) now = Row.UpdatedAt;
        var assessment = assessor.Assess(History, now, reports);
        if (Row.Version != History.All.Count) yield return "its version";
        foreach (var field in Differences(assessment)) yield return field;

        var ledger = new AlertLedger();
        ledger.Load(Alerts);
        foreach (var change in ledger.Changes(Row.Id, History.Acts, assessment, now))
            yield return $"alert {change.Id} of rule {change.Rule}{(change.RetractedAt is null ? "" : ", which it does not find")}";

        if (assessment.NextChange is { } next && !(Due <= next)) yield return Due is null ? "its wake, which is missing" : "its wake, which is too late";
        // While it waits for a prosecutor it is woken to draw again.
        if (Due is not null && assessment.NextChange is null && !CaseGrain.WaitsForProsecutor(assessment)) yield return "its wake, for which there is no reason";
    }

    private IEnumerable<string> Differences(CaseAssessment assessment)
    {
        var next = assessment.NextDue;
        (string Field, object? Stored, object? Assessed)[] fields =
        [
            ("case type", Row.CaseType, assessment.CaseType), ("name", Row.Name, assessment.Name), ("stage", Row.Stage, assessment.Stage),
            ("procuratorate", Row.Procuratorate, assessment.Procuratorate), ("department", Row.Department, assessment.Department),
            ("prosecutor", Row.Prosecutor, assessment.Prosecutor), ("day of acceptance", Row.AcceptedOn, assessment.AcceptedOn),
            ("weight", Row.Weight, assessment.Weight.Value), ("custody", Row.Custody, assessment.Custody), ("open", Row.Open, assessment.Open),
            ("next limit", Row.NextLimit, next?.Limit), ("next due day", Row.NextDueOn, next?.DueOn), ("next due instant", Row.NextDueAt, next?.ExpiresAt),
            // Of cases closed before it was recorded nothing is stored.
            ("day of closing", Row.ClosedOn, Row.ClosedOn is null && !Row.Open ? null : assessment.ClosedOn),
            ("light", Row.Light, Lights.Gravest(Row.Id, assessment, History.Acts)),
        ];
        return fields.Where(f => !Equals(f.Stored, f.Assessed)).Select(f => "its " + f.Field);
    }
}

using Cluster.Contracts.Storage;

namespace Cluster.Api.Cases;

/// <summary>A case as lists show it.</summary>
/// <param name="Id">The case.</param>
/// <param name="Name">Its name.</param>
/// <param name="CaseType">ARR, PRO, … of the case types.</param>
/// <param name="Stage">State name.</param>
/// <param name="Procuratorate">Unit code.</param>
/// <param name="Department">Department id.</param>
/// <param name="Prosecutor">Prosecutor id.</param>
/// <param name="AcceptedOn">Legal date.</param>
/// <param name="Weight">Case weight.</param>
/// <param name="Custody">Whether a suspect is in custody.</param>
/// <param name="Open">Whether it still burdens its prosecutor.</param>
/// <param name="Version">Events recorded.</param>
/// <param name="NextLimit">Limit of the earliest running deadline.</param>
/// <param name="NextDueOn">Its due date, or instant.</param>
/// <param name="NextDueAt">The instant from which it is missed.</param>
/// <param name="Light">Gravest level of the alerts that neither cleared nor were closed or dismissed by people.</param>
/// <param name="UpdatedAt">Last change.</param>
/// <param name="ClosedOn">Legal date on which it was closed; null while it is open, and of cases closed before this was recorded.</param>
internal sealed record CaseListItem(
    string Id, string? Name, string CaseType, string Stage, string? Procuratorate, string? Department, string? Prosecutor, DateOnly? AcceptedOn,
    double Weight, bool Custody, bool Open, long Version, string? NextLimit, string? NextDueOn,
    DateTimeOffset? NextDueAt, string? Light, DateTimeOffset UpdatedAt, DateOnly? ClosedOn)
{
    public static CaseListItem Of(CaseRow row) => new(
        row.Id, row.Name, row.CaseType, row.Stage, row.Procuratorate, row.Department, row.Prosecutor, row.AcceptedOn,
        row.Weight, row.Custody, row.Open, row.Version, row.NextLimit, row.NextDueOn, row.NextDueAt, row.Light, row.UpdatedAt, row.ClosedOn);
}

/// <summary>A page of cases.</summary>
/// <param name="Items">The cases.</param>
/// <param name="Next">Cursor of the next page; null at the end.</param>
internal sealed record CasePage(IReadOnlyList<CaseListItem> Items, string? Next);

using Cluster.Api.Hosting;
using Cluster.Api.Units;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Cases;

/// <summary>The filters of <c>GET /api/cases</c>: those of the index, and those that ask for cases with a certain alert.</summary>
/// <param name="Query">What the index answers.</param>
/// <param name="Category">Category of an alert.</param>
/// <param name="Rule">Rule of an alert.</param>
/// <param name="Status">Status of an alert.</param>
internal sealed record CaseFilters(CaseQuery Query, string? Category, string? Rule, string? Status)
{
    // Cases looked at for one page when few of them have such an alert; the cursor then goes on from there.
    private const int MostLookedAt = 5_000;

    public static (string, string)[] Parameters { get; } =
    [
        ("procuratorate", "Unit code."), ("under", "Unit code: that procuratorate and those below it."), ("department", "Department id."), ("prosecutor", "Prosecutor id."), ("caseType", "ARR, PRO, …"),
        ("stage", "State name."), ("level", "Gravest open alert."), ("category", "Category of an alert."), ("rule", "Rule of an alert."),
        ("status", "Status of an alert."), ("open", "true or false."), ("assigned", "true: somebody handles it; false: it waits for a prosecutor."), ("acceptedFrom", "Accepted on this date or later."), ("closedFrom", "Closed on this date or later."), ("dueAfter", "Next deadline after this instant."), ("dueBefore", "Next deadline before this date or instant."),
        ("q", "Text in id or name."), ("limit", "Page size, at most 500; 50 if absent."), ("cursor", "`next` of the page before."),
    ];

    public static CaseFilters Read(HttpRequest request, Rights rights)
    {
        var query = new Query(request);
        return new CaseFilters(
            new CaseQuery(rights.VisibleUnder(query.Text("under")))
            {
                Procuratorate = query.Text("procuratorate"),
                Department = query.Text("department"),
                Prosecutor = query.Text("prosecutor"),
                CaseType = query.Text("caseType"),
                Stage = query.Text("stage"),
                Level = query.OneOf("level", AlertFilters.Levels),
                Open = query.Bool("open"),
                Assigned = query.Bool("assigned"),
                AcceptedFrom = query.Date("acceptedFrom"),
                ClosedFrom = query.Date("closedFrom"),
                DueAfter = query.Instant("dueAfter"),
                DueBefore = query.DueBefore("dueBefore"),
                Text = query.Text("q"),
                Limit = query.Limit(),
                Cursor = query.Cursor,
            },
            query.Text("category"), query.Text("rule"), query.OneOf("status", AlertFilters.Statuses));
    }

    public async Task<Page<CaseRow>> Find(ICaseIndex index, CancellationToken cancellation)
    {
        if (Category is null && Rule is null && Status is null) return await Search(index, Query, cancellation);

        var found = new List<CaseRow>();
        string? cursor = Query.Cursor;
        int looked = 0;
        do
        {
            // Never more than still fits, so that the page's cursor is also the answer's.
            Page<CaseRow> page = await Search(index, Query with { Limit = Query.Limit - found.Count, Cursor = cursor }, cancellation);
            foreach (CaseRow row in page.Items)
            {
                if ((await index.AlertsOf(row.Id, cancellation)).Any(Matches)) found.Add(row);
            }
            looked += page.Items.Count;
            cursor = page.Next;
        }
        while (cursor is not null && found.Count < Query.Limit && looked < MostLookedAt);
        return new Page<CaseRow>(found, cursor);
    }

    private bool Matches(AlertRow alert) =>
        alert.RetractedAt is null
        && (Category is null || alert.Category == Category)
        && (Rule is null || alert.Rule == Rule)
        && (Status is null || alert.Status == Status);

    private static async Task<Page<CaseRow>> Search(ICaseIndex index, CaseQuery query, CancellationToken cancellation)
    {
        try
        {
            return await index.Cases(query, cancellation);
        }
        catch (ArgumentException e) when (e.ParamName == "cursor")
        {
            throw Hosting.Query.Wrong("cursor", "This is no cursor of this list.");
        }
    }
}

using System.Runtime.CompilerServices;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Orleans;

namespace Cluster.Api.Calendars;

/// <summary>The running deadlines of a prosecutor's open cases.</summary>
internal sealed class OwnDeadlines(ICaseIndex index, IGrainFactory grains)
{
    // What is read at most; nobody has so many cases.
    private const int MostCases = 2_000;

    /// <summary>Reads them, soonest first.</summary>
    public async Task<IReadOnlyList<CalendarEntry>> Of(string prosecutor, CancellationToken cancellation)
    {
        var entries = new List<CalendarEntry>();
        await foreach (CaseRow row in OpenCases(prosecutor, cancellation))
        {
            if (row.NextDueOn is null) continue;
            try
            {
                // Asked again whose it is: it may have changed hands since the list was read.
                if (await grains.GetGrain<ICaseGrain>(row.Id).Read(null) is { } answer && answer.Scope.Prosecutor == prosecutor) entries.AddRange(CalendarEntry.Of(row, answer.Json));
            }
            catch (CaseUnassessedException)
            {
                // One case that cannot be assessed does not take the others from its prosecutor.
            }
        }

        return [.. entries.OrderBy(e => e.DueOn, StringComparer.Ordinal).ThenBy(e => e.Uid, StringComparer.Ordinal)];
    }

    private async IAsyncEnumerable<CaseRow> OpenCases(string prosecutor, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var query = new CaseQuery(new Visibility(false, [], [], [prosecutor])) { Prosecutor = prosecutor, Open = true, Limit = Hosting.Query.LargestPage };
        int seen = 0;
        do
        {
            Page<CaseRow> page = await index.Cases(query, cancellation);
            foreach (CaseRow row in page.Items) yield return row;
            seen += page.Items.Count;
            query = query with { Cursor = page.Next };
        }
        while (query.Cursor is not null && seen < MostCases);
    }
}

using System.Runtime.CompilerServices;
using Cluster.Api.Cases;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Exports;

/// <summary>Everything that a filter finds, a page at a time, as it stands when its page is read.</summary>
internal static class Pages
{
    private const int Size = Hosting.Query.LargestPage;

    /// <summary>Cases, each once: one whose next deadline moves meanwhile would be met again.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<CaseRow>> Cases(CaseFilters filters, ICaseIndex index, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var met = new HashSet<string>(StringComparer.Ordinal);
        string? cursor = null;
        do
        {
            Page<CaseRow> page = await (filters with { Query = filters.Query with { Limit = Size, Cursor = cursor } }).Find(index, cancellation);
            yield return [.. page.Items.Where(row => met.Add(row.Id))];
            cursor = page.Next;
        }
        while (cursor is not null);
    }

    /// <summary>Alerts.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<ReadAlert>> Alerts(AlertQuery query, ICaseIndex index, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        string? cursor = null;
        do
        {
            Page<AlertRow> page = await index.Alerts(query with { Limit = Size, Cursor = cursor }, cancellation);
            yield return [.. page.Items.Select(ReadAlert.Of)];
            cursor = page.Next;
        }
        while (cursor is not null);
    }
}

using System.Collections.Concurrent;
using Cluster.Api.Hosting;
using Cluster.Api.Units;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Rules;

/// <summary>How often each rule fired, as far as a caller may know: a count tells of cases too.</summary>
internal sealed class RuleCounts(ICaseIndex index, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    // One entry for each set of units somebody sees; far fewer than accounts.
    private const int MostRemembered = 1_000;

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, IReadOnlyDictionary<string, long> Fired)> remembered = new();

    public async Task<IReadOnlyDictionary<string, long>> Fired(Rights rights, CancellationToken cancellation)
    {
        if (rights.Everything) return await index.Fired(cancellation);
        if (remembered.TryGetValue(rights.Key, out var last) && clock.GetUtcNow() - last.At < Fresh) return last.Fired;

        var fired = new Dictionary<string, long>();
        var query = new AlertQuery(rights.Visible) { Limit = Query.LargestPage };
        do
        {
            Page<AlertRow> page = await index.Alerts(query, cancellation);
            foreach (AlertRow alert in page.Items) fired[alert.Rule] = fired.GetValueOrDefault(alert.Rule) + 1;
            query = query with { Cursor = page.Next };
        }
        while (query.Cursor is not null);
        if (remembered.Count >= MostRemembered) remembered.Clear();
        remembered[rights.Key] = (clock.GetUtcNow(), fired);
        return fired;
    }
}

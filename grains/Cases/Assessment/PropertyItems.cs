using Cluster.Cases.Events;

namespace Cluster.Cases.Assessment;

/// <summary>Takes the items of property of a case apart.</summary>
internal static class PropertyItems
{
    /// <summary>The types of event that make an item.</summary>
    public static readonly int[] Telling =
        [CaseState.OrdinalOf("property.received"), CaseState.OrdinalOf("property.stored"), CaseState.OrdinalOf("property.moved"), CaseState.OrdinalOf("property.disposed")];

    /// <summary>Every item that property events name, in the order in which they were first named: each with what names it and what names no item.</summary>
    public static (string Item, CountingEvents Events)[] Split(CountingEvents counting)
    {
        var any = false;
        foreach (var type in Telling) any |= counting.Of(type).Length > 0;
        if (!any) return [];

        var events = counting.All;
        var common = new List<int>();
        var items = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < events.Length; i++)
        {
            if (events[i].Data["item"].Text is not { } item)
            {
                common.Add(i);
                continue;
            }

            if (!items.TryGetValue(item, out var own)) items.Add(item, own = []);
            own.Add(i);
        }

        return [.. items.Where(p => p.Value.Exists(i => Array.IndexOf(Telling, events[i].Ordinal) >= 0)).Select(p => (p.Key, new CountingEvents(Merge(events, common, p.Value))))];
    }

    /// <summary>Both index lists rise, so the events keep their order.</summary>
    private static CaseEvent[] Merge(CaseEvent[] events, List<int> common, List<int> own)
    {
        var merged = new CaseEvent[common.Count + own.Count];
        for (int i = 0, c = 0, o = 0; i < merged.Length; i++)
        {
            merged[i] = events[o == own.Count || (c < common.Count && common[c] < own[o]) ? common[c++] : own[o++]];
        }

        return merged;
    }
}

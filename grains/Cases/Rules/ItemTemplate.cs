using Cluster.Cases.Assessment;
using Cluster.Cases.Events;

namespace Cluster.Cases.Rules;

/// <summary><c>per: item</c>: any template, looking at each item of case property for itself. The instance names the item.</summary>
internal sealed class ItemTemplate(IRuleTemplate inner) : IRuleTemplate
{
    public IEnumerable<Trigger> Evidence => inner.Evidence;

    public void Look(Rule rule, Looking at)
    {
        foreach (var (item, own) in at.Items)
        {
            inner.Look(rule, own);
            if (own.NextChange is { } next) at.ChangesAt(next);
            foreach (var finding in own.Findings) at.Findings.Add(Named(finding, item));
            own.Findings.Clear();
        }
    }

    private static Finding Named(Finding finding, string item) => new()
    {
        Rule = finding.Rule,
        Subject = finding.Subject,
        Instance = finding.Instance == "1" ? item : $"{item}/{finding.Instance}",
        Steps = finding.Steps,
        ClearedAt = finding.ClearedAt,
        Clock = finding.Clock,
        OfDue = finding.OfDue,
        Evidence = finding.Evidence,
        Detail = finding.Detail is { } detail ? $"{item}: {detail}" : item,
    };
}

/// <summary>An item of case property, and the case as far as it concerns that item.</summary>
internal readonly record struct ItemLook(string Item, Looking Looking)
{
    private static readonly int[] Telling =
        [CaseState.OrdinalOf("property.received"), CaseState.OrdinalOf("property.stored"), CaseState.OrdinalOf("property.moved"), CaseState.OrdinalOf("property.disposed")];

    /// <summary>Every item that property events name, in the order in which they were first named.</summary>
    public static ItemLook[] Split(Looking at)
    {
        var any = false;
        foreach (var type in Telling) any |= at.State.Of(type).Length > 0;
        if (!any) return [];

        var events = at.State.Events;
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

        return [.. items.Where(p => p.Value.Exists(i => PropertyEvents.Tells(events[i]))).Select(p => new ItemLook(p.Key, new Looking(
            new CaseState(Merge(events, common, p.Value), at.State.Now) { Whole = at.State }, at.Calendar)))];
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

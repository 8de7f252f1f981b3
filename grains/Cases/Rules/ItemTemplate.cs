using Cluster.Cases.Assessment;

namespace Cluster.Cases.Rules;

/// <summary><c>per: item</c>: any template, looking at each item of case property for itself. The instance names the item.</summary>
internal sealed class ItemTemplate(IRuleTemplate inner) : IRuleTemplate
{
    public IEnumerable<Trigger> Evidence => inner.Evidence;

    public EventSet Grounds(Catalogue catalogue) => inner.Grounds(catalogue);

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
    public static ItemLook[] Of(Looking at)
    {
        var items = at.State.Items;
        if (items.Length == 0) return [];
        var looks = new ItemLook[items.Length];
        for (var i = 0; i < looks.Length; i++)
        {
            looks[i] = new ItemLook(items[i].Item, new Looking(new CaseState(items[i].Events, at.State.Now) { Whole = at.State }, at.Calendar));
        }

        return looks;
    }
}

namespace Cluster.Cases.Rules;

/// <summary><c>parts</c>: a duty owed to several, or of several pieces; each is looked at by a template of its own and found by its name.</summary>
internal sealed class PartsTemplate((string Name, IRuleTemplate Template)[] parts) : IRuleTemplate
{
    public IEnumerable<Trigger> Evidence => parts.SelectMany(p => p.Template.Evidence);

    public EventSet Grounds(Catalogue catalogue)
    {
        var set = default(EventSet);
        foreach (var (_, template) in parts) set.Add(template.Grounds(catalogue));
        return set;
    }

    public void Look(Rule rule, Looking at)
    {
        foreach (var (name, template) in parts)
        {
            var first = at.Findings.Count;
            template.Look(rule, at);
            for (var i = first; i < at.Findings.Count; i++) at.Findings[i] = at.Findings[i].InPart(name);
        }
    }
}

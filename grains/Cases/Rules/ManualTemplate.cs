using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary><c>manual</c>: the events of a case cannot decide it; people look, and the catalogue says why.</summary>
internal sealed class ManualTemplate(LocalizedText reason) : IRuleTemplate
{
    public LocalizedText Reason { get; } = reason;

    public bool LooksAtCases => false;

    public IEnumerable<Trigger> Evidence => [];

    public EventSet Grounds(Catalogue catalogue) => default;

    public void Look(Rule rule, Looking at)
    {
    }
}

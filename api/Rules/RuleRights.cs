using Cluster.Api.Hosting;
using Cluster.Api.Login;
using Cluster.Api.Units;
using Cluster.Cases.Rules;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Law;

namespace Cluster.Api.Rules;

/// <summary>What a caller may know of the rules of offices, and do with them.</summary>
internal sealed class RuleRights
{
    private readonly Caller caller;
    private readonly UnitTree tree;
    private readonly string? own;
    private readonly HashSet<string> below = [];

    private RuleRights(Caller caller, UnitTree tree)
    {
        this.caller = caller;
        this.tree = tree;
        Account account = caller.Session.Account;
        own = account.Procuratorate
            ?? (account.Department is { } department ? tree.ProcuratorateOf(department) : null)
            ?? (account.Prosecutor is { } prosecutor && tree.DepartmentOf(prosecutor) is { } its ? tree.ProcuratorateOf(its) : null);
        if (own is not null && (CanEdit || caller.Has(Role.Superior))) below.UnionWith(tree.AndBelow(own));
    }

    /// <summary>Whether the caller writes rules.</summary>
    public bool CanEdit => caller.Has(Role.Monitor) || caller.Has(Role.Leader);

    /// <summary>Whether the caller puts rules in force.</summary>
    public bool CanPublish => caller.Has(Role.Leader);

    public static async Task<RuleRights> Of(Caller caller, UnitDirectory units, CancellationToken cancellation) => new(caller, await units.Tree(cancellation));

    /// <summary>Where what the caller writes will apply, and below; null everywhere.</summary>
    public string? Scope() =>
        caller.Rights.Everything ? null
        : caller.Session.Account.Procuratorate ?? throw new ProblemException(Problem.Of(403, "no-procuratorate", "This account belongs to no procuratorate whose rules it could write."));

    /// <summary>Whether a draft is of the caller's procuratorate or one below.</summary>
    public bool Sees(DraftView draft) =>
        caller.Rights.Everything || (CanEdit && draft.Procuratorate is { } office && below.Contains(office));

    /// <summary>The catalogue as the caller sees it.</summary>
    public RuleListing Listing(Catalogue catalogue, LegalClock clock)
    {
        IReadOnlyList<string> path = own is null ? [] : tree.AndAbove(own);
        return new RuleListing(
            catalogue, LegalTime.DateOf(clock.GetUtcNow()), path,
            office => caller.Rights.Everything || path.Contains(office) || below.Contains(office),
            tree.AndAbove);
    }
}

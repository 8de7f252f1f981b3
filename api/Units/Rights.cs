using Cluster.Api.Live;
using Cluster.Api.Login;
using Cluster.Contracts;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Units;

/// <summary>What an account may see (contract chapter 9): the one place that decides. Several roles add up.</summary>
internal sealed class Rights
{
    private readonly Account account;
    private readonly UnitTree tree;
    private readonly HashSet<string> procuratorates = [], departments = [], prosecutors = [], sends = [];

    public Rights(Account account, UnitTree tree)
    {
        this.account = account;
        this.tree = tree;
        // Only the account of a fresh install holds every role: administrators are kept apart everywhere else.
        Everything = Role.All.All(account.Roles.Contains);
        foreach (string role in account.Roles) Add(role);
        Visible = Everything
            ? Visibility.Everything
            : new Visibility(false, [.. procuratorates], [.. departments], [.. prosecutors]);
    }

    public bool Everything { get; }

    public Visibility Visible { get; }

    /// <summary>What of it lies in a procuratorate and those below it.</summary>
    /// <param name="procuratorate">Null: all of it.</param>
    public Visibility VisibleUnder(string? procuratorate)
    {
        if (procuratorate is null) return Visible;
        var within = tree.AndBelow(procuratorate).ToHashSet();
        if (Everything) return new Visibility(false, [.. within], [], []);
        return new Visibility(
            false,
            [.. procuratorates.Where(within.Contains)],
            [.. departments.Where(department => tree.ProcuratorateOf(department) is { } own && within.Contains(own))],
            [.. prosecutors.Where(prosecutor => tree.DepartmentOf(prosecutor) is { } department && tree.ProcuratorateOf(department) is { } own && within.Contains(own))]);
    }

    /// <summary>Whether personal names are masked and what was written about a case is left out.</summary>
    public bool Masked => account.Roles.Contains(Role.Kiosk);

    /// <summary>Tells two accounts apart that see different things.</summary>
    public string Key => Everything ? "*" : (Masked ? "masked\n" : "") + string.Join('\n', [.. procuratorates.Order(), "", .. departments.Order(), "", .. prosecutors.Order()]);

    public bool CanSee(CaseScope scope) =>
        Everything || Holds(procuratorates, scope.Procuratorate) || Holds(departments, scope.Department) || Holds(prosecutors, scope.Prosecutor);

    /// <summary>Whether one of certain roles of this account reaches a case. A superior's only reads.</summary>
    public bool Reaches(IEnumerable<string> roles, CaseScope scope) => Everything || roles.Any(role => account.Roles.Contains(role) && role switch
    {
        Role.Handler => IsSame(account.Prosecutor, scope.Prosecutor),
        Role.Head => IsSame(account.Department, scope.Department),
        Role.Monitor or Role.Leader => IsSame(account.Procuratorate, scope.Procuratorate),
        _ => false,
    });

    /// <summary>Whether every case of a department is visible.</summary>
    public bool SeesDepartment(string department) =>
        Everything || departments.Contains(department) || Holds(procuratorates, tree.ProcuratorateOf(department));

    public bool SeesProcuratorate(string procuratorate) => Everything || procuratorates.Contains(procuratorate);

    /// <summary>Whether events may refer to cases of a procuratorate.</summary>
    public bool CanSend(string procuratorate) => Everything || sends.Contains(procuratorate);

    /// <summary>Whether a scope may be watched. Of a case its owner decides.</summary>
    public bool CanWatch(WatchScope scope, CaseScope? owner) => scope.Kind switch
    {
        not WatchKind.Procuratorate when Masked => false,
        WatchKind.All => Everything || SeesAllThereAre(),
        WatchKind.Procuratorate => SeesProcuratorate(scope.Id),
        WatchKind.Department => SeesDepartment(scope.Id),
        WatchKind.Prosecutor => IsOwn(scope) || Everything || (tree.DepartmentOf(scope.Id) is { } department && SeesDepartment(department)),
        _ => owner is not null && CanSee(owner),
    };

    /// <summary>Whether items of a scope may concern cases that this account does not see.</summary>
    public bool MustFilter(WatchScope scope) =>
        !Everything && scope.Kind is WatchKind.All or WatchKind.Prosecutor && !IsOwn(scope);

    /// <summary>The units that this account gets to know by name.</summary>
    public bool Knows(UnitRow unit)
    {
        if (Everything || account.Roles.Contains(Role.SystemAdmin) || account.Roles.Contains(Role.SecurityAdmin)) return true;
        return unit.Kind switch
        {
            UnitTree.Procuratorate => procuratorates.Contains(unit.Id) || IsOwnOffice(unit.Id),
            UnitTree.Department => SeesDepartment(unit.Id) || prosecutors.Any(p => tree.DepartmentOf(p) == unit.Id),
            _ => prosecutors.Contains(unit.Id) || (unit.Parent is not null && SeesDepartment(unit.Parent)),
        };
    }

    private void Add(string role)
    {
        switch (role)
        {
            case Role.Handler when account.Prosecutor is { } prosecutor:
                prosecutors.Add(prosecutor);
                break;
            case Role.Head when account.Department is { } department:
                departments.Add(department);
                break;
            case Role.Monitor or Role.Leader or Role.Kiosk when account.Procuratorate is { } own:
                procuratorates.Add(own);
                break;
            case Role.Superior when account.Procuratorate is { } top:
                procuratorates.UnionWith(tree.AndBelow(top));
                break;
            case Role.Sender when account.Procuratorate is { } office:
                sends.UnionWith(tree.AndBelow(office));
                break;
        }
    }

    // A superior above everybody may watch everybody; what belongs to no defined procuratorate is withheld item by item.
    private bool SeesAllThereAre() =>
        account.Roles.Contains(Role.Superior) && procuratorates.Count > 0 && tree.Procuratorates.Any() && tree.Procuratorates.All(procuratorates.Contains);

    private bool IsOwn(WatchScope scope) => scope.Kind == WatchKind.Prosecutor && prosecutors.Contains(scope.Id);

    private bool IsOwnOffice(string code) =>
        departments.Any(d => tree.ProcuratorateOf(d) == code)
        || prosecutors.Any(p => tree.DepartmentOf(p) is { } department && tree.ProcuratorateOf(department) == code);

    private static bool IsSame(string? own, string? other) => own is not null && own == other;

    private static bool Holds(HashSet<string> set, string? value) => value is not null && set.Contains(value);
}

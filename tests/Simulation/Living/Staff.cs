using Cluster.Contracts;
using Cluster.Law;
using Orleans;
using Simulation.Running;

namespace Simulation.Living;

/// <summary>Who works in the office: two procuratorates, their departments and prosecutors, who come, go, fall ill and return.</summary>
internal sealed class Staff
{
    public const string County = "422826";
    public const string City = "422800";

    private readonly Dice _dice;
    private readonly bool _steady;

    public Staff(Dice dice, int prosecutors, bool steady)
    {
        _dice = dice;
        _steady = steady;
        Departments = [.. Enumerable.Range(1, Math.Max(2, prosecutors / 10)).Select(n => $"d{n}")];
        Prosecutors = [.. Enumerable.Range(1, prosecutors).Select(n => $"p{n}")];
    }

    public static IReadOnlyList<string> Offices { get; } = [County, City];

    public IReadOnlyList<string> Departments { get; }

    public IReadOnlyList<string> Prosecutors { get; }

    /// <summary>Departments as senders name them.</summary>
    public IReadOnlyList<string> Reported => _steady ? Departments : [.. Departments, .. Departments, "undefined", " "];

    public async Task Open(IGrainFactory grains, DateOnly today)
    {
        await grains.GetGrain<IProcuratorateGrain>(County).Define(new ProcuratorateDefinition(County, "县院", "county", City, ["handler-told", "risk-assessment"], ["custody.transferred"]));
        await grains.GetGrain<IProcuratorateGrain>(City).Define(new ProcuratorateDefinition(City, "州院", "city", null, [], []));
        foreach (var department in Departments)
            await grains.GetGrain<IDepartmentGrain>(department).Define(new DepartmentDefinition(department, department, County, [], department == "d2" ? "rotation" : null));
        // In an unsteady office the others come later, or never.
        foreach (var prosecutor in _steady ? Prosecutors : Prosecutors.Take(2)) await grains.GetGrain<IProsecutorGrain>(prosecutor).Define(Define(prosecutor, today));
    }

    /// <summary>Somebody changes; what it is was decided when this returns, however often it is done.</summary>
    public (string What, Func<IGrainFactory, Task> Act) Change(DateTimeOffset now)
    {
        if (!_steady && _dice.Chance(0.15))
        {
            var department = _dice.One(Departments);
            var strategy = _dice.Chance(0.5) ? "turns:2" : null;
            return ($"{department} draws by {strategy ?? "weight"}", grains => grains.GetGrain<IDepartmentGrain>(department).Define(new DepartmentDefinition(department, department, County, [], strategy)));
        }

        var definition = Define(_dice.One(Prosecutors), LegalTime.DateOf(now));
        return ($"define {definition.Id}: {definition.Department} on duty {definition.OnDuty} absent {definition.Absences.Length}", grains => grains.GetGrain<IProsecutorGrain>(definition.Id).Define(definition));
    }

    private ProsecutorDefinition Define(string prosecutor, DateOnly today) => new(
        prosecutor, prosecutor, _steady ? Departments[int.Parse(prosecutor.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture) % Departments.Count] : _dice.One(Departments),
        _dice.One(1.0, 0.6), "prosecutor", _dice.Chance(0.3) ? ["未检"] : [], true, _dice.Chance(0.85),
        _dice.Chance(0.3) ? [new Absence(today, today.AddDays(_dice.Below(3)), null)] : [], []);
}

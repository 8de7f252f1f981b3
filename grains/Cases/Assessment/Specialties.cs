using Cluster.Cases.Assignment;

namespace Cluster.Cases.Assessment;

/// <summary>The professional groups that a case asks for, named as Catalogue/weights.yaml says.</summary>
internal static class Specialties
{
    public static IReadOnlyList<string> Of(CaseState state, bool minor)
    {
        var names = WeightTable.Default.Specialties;
        var needs = new List<string>();
        if (minor) Add(names.Minor);
        if (state.Accepted is not { } accepted) return needs;
        foreach (var entry in accepted.Data.Objects("charges"))
        {
            if (entry["name"].Text is not { } name || Charges.Default.Find(name) is not { } charge) continue;
            if (charge.IsDutyCrime) Add(names.DutyCrime);
            if (charge.IsFinancialMass) Add(names.FinancialMass);
            if (charge.IsDrugs) Add(names.Drugs);
        }

        return needs;

        void Add(string? need)
        {
            if (need is not null && !needs.Contains(need)) needs.Add(need);
        }
    }
}

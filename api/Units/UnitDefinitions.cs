using Cluster.Api.Hosting;
using Cluster.Cases.Assignment;
using Cluster.Contracts;

namespace Cluster.Api.Units;

/// <summary>Checks what people define and gives it the form that grains take.</summary>
internal static class UnitDefinitions
{
    public const int LongestId = 64;
    private const int LongestText = 200, MostEntries = 1_000, MostCapacity = 2;

    public static ProcuratorateDefinition Read(string code, ProcuratorateBody body, UnitTree tree)
    {
        string? parent = Field.Optional(body.Parent, "/parent", LongestId);
        if (parent is not null && tree.AndBelow(code).Contains(parent))
            throw Field.Wrong("The procuratorate above cannot be the same or one below.", "/parent");
        return new(
            code, Field.Text(body.Name, "/name", LongestText), Field.OneOf(body.Level, "/level", "national", "province", "city", "county"), parent,
            Field.Texts(body.Reports?.On, "/reports/on", MostEntries, LongestText), Field.Texts(body.Reports?.Off, "/reports/off", MostEntries, LongestText));
    }

    public static DepartmentDefinition Read(string id, DepartmentBody body, UnitTree tree)
    {
        string procuratorate = Field.Text(body.Procuratorate, "/procuratorate", LongestId);
        if (!tree.HasProcuratorate(procuratorate)) throw Field.Wrong("There is no such procuratorate; define it first.", "/procuratorate");
        return new(
            id, Field.Text(body.Name, "/name", LongestText), procuratorate, Field.Texts(body.CaseTypes, "/caseTypes", MostEntries, 16),
            Strategy(body.Strategy));
    }

    public static ProsecutorDefinition Read(string id, ProsecutorBody body, UnitTree tree)
    {
        string department = Field.Text(body.Department, "/department", LongestId);
        if (!tree.HasDepartment(department)) throw Field.Wrong("There is no such department; define it first.", "/department");
        double capacity = body.Capacity ?? 1.0;
        if (!(capacity is > 0 and <= MostCapacity)) throw Field.Wrong($"A number above 0 and at most {MostCapacity}.", "/capacity");
        return new(
            id, Field.Text(body.Name, "/name", LongestText), department, capacity,
            body.Role is null ? "prosecutor" : Field.OneOf(body.Role, "/role", "prosecutor", "head", "leader", "newcomer"),
            Field.Texts(body.Specialties, "/specialties", MostEntries, LongestText), body.Qualified ?? true, body.OnDuty ?? true,
            Absences(body.Absences ?? []), Field.Texts(body.Recusals, "/recusals", MostEntries, LongestText),
            body.Since is null ? null : Field.Date(body.Since, "/since"));
    }

    public static ProcuratorateAnswer Describe(ProcuratorateDefinition p) =>
        new(p.Code, p.Name, p.Level, p.Parent, new ReportsAnswer(p.ReportsOn, p.ReportsOff));

    public static DepartmentAnswer Describe(DepartmentDefinition d) => new(d.Id, d.Name, d.Procuratorate, d.CaseTypes, d.Strategy);

    public static ProsecutorAnswer Describe(ProsecutorDefinition p) => new(
        p.Id, p.Name, p.Department, p.Capacity, p.Role, p.Specialties, p.Qualified, p.OnDuty,
        [.. p.Absences.Select(a => new AbsenceAnswer(a.From, a.Until, a.Reason))], p.Recusals, p.Since);

    private static string? Strategy(string? strategy) => DrawStrategy.TryParse(strategy, out _)
        ? strategy
        : throw Field.Wrong($"One of balanced, random, turns and turns:m, m from 1 to {DrawStrategy.MostEach}; rotation is turns, weighted-random balanced.", "/strategy");

    private static Absence[] Absences(AbsenceBody?[] sent)
    {
        if (sent.Length > MostEntries) throw Field.Wrong($"At most {MostEntries} entries.", "/absences");
        var absences = new Absence[sent.Length];
        for (int i = 0; i < sent.Length; i++)
        {
            string at = $"/absences/{i}";
            AbsenceBody absence = sent[i] ?? throw Field.Wrong("An absence: from, until, reason.", at);
            DateOnly from = Field.Date(absence.From, at + "/from"), until = Field.Date(absence.Until, at + "/until");
            if (until < from) throw Field.Wrong("The absence ends before it begins.", at + "/until");
            absences[i] = new Absence(from, until, Field.Optional(absence.Reason, at + "/reason", LongestText));
            if (absences.Take(i).Any(a => a.From <= until && from <= a.Until)) throw Field.Wrong("The absence overlaps with one before it.", at);
        }
        return absences;
    }
}

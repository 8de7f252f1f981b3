using Cluster.Contracts;

namespace Grains.Tests.Silo;

/// <summary>A small office: one procuratorate, departments, and who works there.</summary>
internal static class Office
{
    public const string Code = "422826";

    public static async Task Open(this SiloUnderTest silo, string department, params string[] prosecutors)
    {
        await silo.Procuratorate(Code).Define(new ProcuratorateDefinition(Code, "咸丰县检察院", "county", null, [], []));
        await silo.Department(department).Define(new DepartmentDefinition(department, department, Code, [], null));
        foreach (var prosecutor in prosecutors) await silo.Enrol(prosecutor, department);
        await silo.Settled();
    }

    public static Task Enrol(this SiloUnderTest silo, string prosecutor, string department, Absence[]? absences = null, string[]? recusals = null) =>
        silo.Prosecutor(prosecutor).Define(new ProsecutorDefinition(prosecutor, prosecutor, department, 1, "prosecutor", [], true, true, absences ?? [], recusals ?? []));
}

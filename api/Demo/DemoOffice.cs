using System.Text.Json.Nodes;

namespace Cluster.Api.Demo;

/// <summary>
/// The demo office: the invented city 榆川 (Yuchuan) with its city procuratorate and three county ones. Codes from 9901 are not
/// assigned to any real place. All names are invented.
/// </summary>
public static class DemoOffice
{
    /// <summary>Password of every demo account. It is printed in the README, so <c>--demo</c> is for trying the system only.</summary>
    public const string Password = "demo-yuchuan-2018";

    internal static OfficeUnit City { get; } = new("990100", "榆川市", "榆川", true);

    internal static IReadOnlyList<OfficeUnit> Counties { get; } =
    [
        new("990101", "临渠县", "临渠", false),
        new("990102", "青垣县", "青垣", false),
        new("990103", "柳塬县", "柳塬", false),
    ];

    private static readonly IReadOnlyList<OfficeUnit> Units = [City, .. Counties];

    /// <summary>The city procuratorate first, then the county ones below it.</summary>
    public static IReadOnlyList<DemoProcuratorate> Procuratorates()
        => [.. Units.Select(u => new DemoProcuratorate(u.Code, new JsonObject
        {
            ["name"] = u.Name,
            ["level"] = u.IsCity ? "city" : "county",
            ["parent"] = u.IsCity ? null : City.Code,
            // The replay seals minors' records as a step and never reports receipts of service: a rule that waits for those would cry wolf.
            ["reports"] = new JsonObject { ["on"] = new JsonArray("record-sealed"), ["off"] = new JsonArray("document.served") },
        }))];

    public static IReadOnlyList<DemoDepartment> Departments()
        => [.. Units.SelectMany(u => DemoStaff.Departments.Select(d => new DemoDepartment(u.Department(d.Suffix), new JsonObject
        {
            ["name"] = d.Name,
            ["procuratorate"] = u.Code,
            ["caseTypes"] = new JsonArray([.. d.CaseTypes.Select(t => JsonValue.Create(t))]),
        })))];

    public static IReadOnlyList<DemoProsecutor> Prosecutors()
        => [.. DemoStaff.Roster(Units).Select(m => new DemoProsecutor(m.Id, m.Body()))];

    /// <summary>One account for each role of contract chapter 9, and <c>admin</c> with all of them.</summary>
    public static IReadOnlyList<DemoUser> Users()
    {
        var county = Counties[0];
        return
        [
            User("admin", City.Code, null, null, "handler", "head", "monitor", "leader", "superior", "sender", "system-admin", "security-admin", "auditor"),
            User("handler", county.Code, county.Department("01"), county.Prosecutor(3), "handler"),
            User("head", county.Code, county.Department("01"), county.Prosecutor(2), "head"),
            User("wall", county.Code, null, null, "kiosk"),
            User("monitor", county.Code, county.Department("ag"), county.Prosecutor(14), "monitor"),
            User("leader", county.Code, null, county.Prosecutor(1), "leader"),
            User("superior", City.Code, null, City.Prosecutor(1), "superior"),
            User("sender", City.Code, null, null, "sender"),
            User("system-admin", City.Code, null, null, "system-admin"),
            User("security-admin", City.Code, null, null, "security-admin"),
            User("auditor", City.Code, null, null, "auditor"),
        ];
    }

    private static DemoUser User(string name, string procuratorate, string? department, string? prosecutor, params string[] roles)
    {
        var body = new JsonObject
        {
            ["password"] = Password,
            ["mustChangePassword"] = false,
            ["roles"] = new JsonArray([.. roles.Select(r => JsonValue.Create(r))]),
            ["procuratorate"] = procuratorate,
        };
        if (department is not null)
            body["department"] = department;
        if (prosecutor is not null)
            body["prosecutor"] = prosecutor;
        return new DemoUser(name, body);
    }
}

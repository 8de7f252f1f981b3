using System.Text.Json.Nodes;

namespace Cluster.Api.Demo;

/// <summary>A kind of department that every procuratorate of the demo has.</summary>
internal sealed record StaffDepartment(string Suffix, string Name, string[] CaseTypes, string[] Specialties);

/// <summary>One person on the roster.</summary>
internal sealed record StaffMember(string Id, string Name, string Department, string Role, string[] Specialties, bool Qualified, (DateOnly From, DateOnly Until, string Reason)? Absence)
{
    private double Capacity => Role switch { "head" => 0.6, "leader" => 0.35, "newcomer" => 0.5, _ => 1.0 };

    public JsonObject Body()
    {
        var absences = new JsonArray();
        if (Absence is var (from, until, reason))
            absences.Add(new JsonObject { ["from"] = from.Iso(), ["until"] = until.Iso(), ["reason"] = reason });
        return new JsonObject
        {
            ["name"] = Name,
            ["department"] = Department,
            ["capacity"] = Capacity,
            ["role"] = Role,
            ["specialties"] = new JsonArray([.. Specialties.Select(s => JsonValue.Create(s))]),
            ["qualified"] = Qualified,
            ["onDuty"] = true,
            ["absences"] = absences,
            ["recusals"] = new JsonArray(),
        };
    }
}

/// <summary>Departments and roster: fifteen people in each of the four procuratorates.</summary>
internal static class DemoStaff
{
    public const string Ordinary = "01";
    public const string Major = "02";
    public const string Special = "03";

    public static IReadOnlyList<StaffDepartment> Departments { get; } =
    [
        new(Ordinary, "第一检察部", ["ARR", "ARR-D", "PRO", "EXT"], ["毒品"]),
        new(Major, "第二检察部", ["ARR", "ARR-D", "PRO", "EXT"], ["金融"]),
        new(Special, "第三检察部", ["PRO-M", "ARR-D", "ARR-S", "ARR", "PRO"], ["未检", "职务"]),
        // A department without case types would take all: here it receives petitions, and nobody in it is drawn.
        new("ag", "案件管理办公室", ["PETC"], []),
    ];

    /// <summary>Department and role of the people 1 to 15 of a procuratorate; the first is the chief.</summary>
    private static readonly (string Department, string Role)[] Posts =
    [
        (Ordinary, "leader"), (Ordinary, "head"), (Ordinary, "prosecutor"), (Ordinary, "prosecutor"), (Ordinary, "prosecutor"), (Ordinary, "newcomer"),
        (Major, "head"), (Major, "prosecutor"), (Major, "prosecutor"), (Major, "prosecutor"),
        (Special, "head"), (Special, "prosecutor"), (Special, "prosecutor"),
        ("ag", "head"), ("ag", "prosecutor"),
    ];

    private static readonly string[] Surnames =
    [
        "赵", "钱", "孙", "李", "周", "吴", "郑", "冯", "陈", "蒋", "沈", "韩", "杨", "朱", "秦", "许", "何", "吕", "施", "孔", "曹", "严", "金", "魏", "陶", "姜", "谢", "邹", "章", "苏",
    ];

    private static readonly string[] GivenNames =
    [
        "砚舟", "禾川", "予宁", "书遥", "知衡", "沐言", "临溪", "照野", "清晏", "云岫", "若谷", "望舒", "维桢", "庭筠", "疏影", "行简", "则明", "既白", "怀瑜", "景行", "南乔", "亦澄", "叙白", "听澜", "映蓝", "归帆", "屹然", "岚清", "泊远",
    ];

    private static readonly Dictionary<int, (DateOnly, DateOnly, string)> Absences = new()
    {
        [4] = (new(2018, 3, 5), new(2018, 3, 16), "年休假"),
        [9] = (new(2018, 2, 26), new(2018, 3, 9), "培训"),
        [19] = (new(2018, 1, 8), new(2018, 6, 14), "产假"),
        [24] = (new(2018, 4, 9), new(2018, 4, 20), "年休假"),
        [33] = (new(2018, 3, 12), new(2018, 3, 23), "借调"),
        [42] = (new(2018, 5, 2), new(2018, 5, 11), "病假"),
        [53] = (new(2018, 3, 1), new(2018, 3, 14), "年休假"),
    };

    public static IEnumerable<StaffMember> Roster(IReadOnlyList<OfficeUnit> units)
    {
        var n = 0;
        foreach (var unit in units)
            for (var post = 0; post < Posts.Length; post++, n++)
            {
                var (suffix, role) = Posts[post];
                var specialties = Departments.First(d => d.Suffix == suffix).Specialties;
                yield return new StaffMember(
                    unit.Prosecutor(post + 1),
                    Surnames[n % Surnames.Length] + GivenNames[n % GivenNames.Length],
                    unit.Department(suffix),
                    role,
                    specialties,
                    suffix != "ag",
                    Absences.TryGetValue(n, out var absence) ? absence : null);
            }
    }

    /// <summary>Numbers of the people of a department who appear in court.</summary>
    public static IReadOnlyList<int> InCourt(string suffix)
        => suffix switch { Major => [7, 8, 9, 10], Special => [11, 12, 13], _ => [2, 3, 4, 5] };
}

using Cluster.Cases.Assessment;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Exports;

/// <summary>Cases as a table for people: names beside ids, words beside codes.</summary>
internal static class CaseTable
{
    public static Table<CaseRow> Of(UnitNames units, bool chinese) => new(chinese ? "案件" : "Cases", chinese,
    [
        new("部门受案号", "Case", 34, c => Cell.Of(c.Id)),
        new("案件名称", "Name", 30, c => Cell.Of(c.Name)),
        new("案件类别", "Case type", 12, c => Cell.Of(c.CaseType)),
        new("阶段", "Stage", 16, c => Cell.Of(Stage(c, chinese))),
        new("在办", "Open", 8, c => Cell.Of(YesNo(c.Open, chinese))),
        new("在押", "In custody", 8, c => Cell.Of(YesNo(c.Custody, chinese))),
        new("最高等级", "Gravest level", 10, c => Cell.Of(c.Light)),
        new("最近期限", "Next limit", 12, c => Cell.Of(c.NextLimit)),
        new("期限届满", "Due", 18, c => Cell.Due(c.NextDueOn)),
        new("受理日期", "Accepted on", 14, c => Cell.Of(c.AcceptedOn)),
        new("办结日期", "Closed on", 14, c => Cell.Of(c.ClosedOn)),
        new("权重", "Weight", 8, c => Cell.Of(c.Weight)),
        new("检察院", "Procuratorate", 26, c => units.Procuratorate(c.Procuratorate)),
        new("部门", "Department", 20, c => units.Department(c.Department)),
        new("承办检察官", "Prosecutor", 14, c => units.Prosecutor(c.Prosecutor)),
        new("检察院代码", "Procuratorate code", 14, c => Cell.Of(c.Procuratorate)),
        new("部门编号", "Department id", 14, c => Cell.Of(c.Department)),
        new("检察官编号", "Prosecutor id", 14, c => Cell.Of(c.Prosecutor)),
        new("更新时间", "Updated", 18, c => Cell.Of(c.UpdatedAt)),
    ]);

    private static string Stage(CaseRow row, bool chinese)
    {
        CourseDescription? course = CourseDescription.All.FirstOrDefault(c => c.CaseTypes.Contains(row.CaseType)) ?? CourseDescription.All.FirstOrDefault(c => c.CaseTypes.Contains("default"));
        StateDescription? state = course?.States.Concat(CourseDescription.Common).FirstOrDefault(s => s.Code == row.Stage);
        return state is null ? row.Stage : chinese ? state.Name.Zh : state.Name.En;
    }

    private static string YesNo(bool value, bool chinese) => (value, chinese) switch
    {
        (true, true) => "是",
        (false, true) => "否",
        (true, false) => "yes",
        _ => "no",
    };
}

using System.Text.Json;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Exports;

/// <summary>An alert with its body read, for the columns that only the body has.</summary>
internal sealed record ReadAlert(AlertRow Row, JsonElement Body)
{
    public static ReadAlert Of(AlertRow row)
    {
        using JsonDocument document = JsonDocument.Parse(row.Json);
        return new ReadAlert(row, document.RootElement.Clone());
    }

    public string? Text(string name) => Body.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public string? Text(string name, bool chinese) =>
        Body.TryGetProperty(name, out JsonElement both) && both.ValueKind == JsonValueKind.Object && both.TryGetProperty(chinese ? "zh" : "en", out JsonElement value) ? value.GetString() : null;

    /// <summary>What people did, one a line: when, who, what, and what they said.</summary>
    public string Acts() => Body.TryGetProperty("acts", out JsonElement acts) && acts.ValueKind == JsonValueKind.Array
        ? string.Join('\n', acts.EnumerateArray().Select(a => string.Join(' ', ((string[])["at", "by", "act", "note", "reason", "text"]).Select(field => Said(a, field)).OfType<string>())))
        : "";

    private static string? Said(JsonElement act, string name) => act.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>Alerts as a table for people.</summary>
internal static class AlertTable
{
    public static Table<ReadAlert> Of(UnitNames units, bool chinese) => new(chinese ? "预警" : "Alerts", chinese,
    [
        new("等级", "Level", 8, a => Cell.Of(a.Row.Level)),
        new("规则", "Rule", 12, a => Cell.Of(a.Row.Rule)),
        new("类别", "Category", 12, a => Cell.Of(a.Row.Category)),
        new("内容", "Message", 60, a => Cell.Of(a.Text("message", chinese))),
        new("依据", "Basis", 24, a => Cell.Of(a.Text("basis"))),
        new("部门受案号", "Case", 34, a => Cell.Of(a.Row.Case)),
        new("案件名称", "Case name", 30, a => Cell.Of(a.Text("caseName"))),
        new("对象", "Subject", 10, a => Cell.Of(a.Row.Subject)),
        new("期限届满", "Due", 18, a => Cell.Due(a.Text("dueOn"))),
        new("发生", "Raised", 18, a => Cell.Of(a.Row.RaisedAt)),
        new("消除", "Cleared", 18, a => Cell.Of(a.Row.ClearedAt)),
        new("处理状态", "Status", 12, a => Cell.Of(chinese ? StatusInChinese(a.Row.Status) : a.Row.Status)),
        new("处理经过", "What was done", 60, a => Cell.Of(a.Acts())),
        new("检察院", "Procuratorate", 26, a => units.Procuratorate(a.Row.Procuratorate)),
        new("部门", "Department", 20, a => units.Department(a.Row.Department)),
        new("承办检察官", "Prosecutor", 14, a => units.Prosecutor(a.Row.Prosecutor)),
        new("检察官编号", "Prosecutor id", 14, a => Cell.Of(a.Row.Prosecutor)),
        new("预警编号", "Alert", 36, a => Cell.Of(a.Row.Id)),
    ]);

    private static string StatusInChinese(string status) => status switch
    {
        "open" => "未处理",
        "acknowledged" => "已知悉",
        "noticed" => "已通知",
        "replied" => "已回复",
        "closed" => "已结",
        "dismissed" => "误报",
        _ => status,
    };
}

using System.Globalization;
using System.Text.Json;
using Cluster.Api.Units;
using Cluster.Contracts.Storage;
using Cluster.Law;

namespace Cluster.Api.Alerts;

/// <summary>The 流程监控通知书 of an alert (R 665; CSR 112; ASR 118): what was found, by which article, and what is asked of whom by when.</summary>
internal static class NoticeDocument
{
    /// <summary>The paragraphs of the last written notice; where none was given, of a draft for one.</summary>
    /// <param name="case">The alert's case; null if it is not in the index.</param>
    /// <param name="nameOf">Names a unit as far as the reader gets to know it.</param>
    public static IEnumerable<(WordStyle Style, string Text)> Of(AlertRow alert, CaseRow? @case, Func<string, string, string> nameOf, DateTimeOffset now)
    {
        using JsonDocument body = JsonDocument.Parse(alert.Json);
        JsonElement finding = body.RootElement.Clone();
        JsonElement? notice = LastWritten(finding);
        DateTimeOffset at = notice?.GetProperty("at").GetDateTimeOffset() ?? now;
        string office = alert.Procuratorate is { } code ? nameOf(UnitTree.Procuratorate, code) : "人民检察院";
        string department = alert.Department is { } id ? nameOf(UnitTree.Department, id) : "办案部门";

        yield return (WordStyle.Title, office);
        yield return (WordStyle.Title, notice is null ? "案件流程监控通知书（草稿）" : "案件流程监控通知书");
        yield return (WordStyle.Number, notice is { } given ? $"流监〔{Legal(at).Year}〕{given.GetProperty("notice").GetInt32()}号（{alert.Case}）" : "流监〔　〕　号");
        yield return (WordStyle.Addressee, department + "：");
        string handler = alert.Prosecutor is { } prosecutor ? $"，承办检察官：{nameOf(UnitTree.Prosecutor, prosecutor)}" : "";
        yield return (WordStyle.Body, $"经流程监控发现，你部门办理的{@case?.Name ?? Text(finding, "caseName") ?? "案件"}（{alert.Case}{handler}）存在下列问题：");
        yield return (WordStyle.Body, $"一、发现的问题。{Text(finding, "name", "zh")}（{alert.Rule}）：{Text(finding, "message", "zh")}。自{Day(alert.RaisedAt)}起{Until(alert)}。".Replace("。。", "。", StringComparison.Ordinal));
        yield return (WordStyle.Body, $"二、依据。{Citation.Of(Text(finding, "basis") ?? "")}。");
        yield return (WordStyle.Body, $"三、监控意见。{(notice is { } sent ? Text(sent, "text") : "（由案件管理部门填写）")}");
        yield return (WordStyle.Body, $"根据{Ground(@case?.CaseType)}的规定，请在收到本通知书后十日以内将核查和纠正情况书面回复案件管理部门。");
        if (notice is { } grave && Text(grave, "kind") == "report") yield return (WordStyle.Body, "本通知书同时报送检察长。");
        yield return (WordStyle.Signature, office + "案件管理部门");
        yield return (WordStyle.Signature, notice is null ? "　　年　　月　　日" : Day(at));
    }

    private static string Ground(string? caseType) => caseType switch
    {
        "CIVS" => Citation.Of("CSR 112"),
        "ADMS" => Citation.Of("ASR 118"),
        _ => Citation.Of("R 665"),
    };

    private static string Until(AlertRow alert) => alert.ClearedAt is { } cleared ? $"至{Day(cleared)}止" : "，至今未纠正";

    private static JsonElement? LastWritten(JsonElement finding)
    {
        if (!finding.TryGetProperty("acts", out JsonElement acts)) return null;
        JsonElement last = acts.EnumerateArray().LastOrDefault(act => act.TryGetProperty("notice", out _));
        return last.ValueKind == JsonValueKind.Object ? last : null;
    }

    private static string? Text(JsonElement body, params ReadOnlySpan<string> path)
    {
        foreach (string name in path)
        {
            if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty(name, out body)) return null;
        }

        return body.ValueKind == JsonValueKind.String ? body.GetString() : null;
    }

    private static DateOnly Legal(DateTimeOffset at) => LegalTime.DateOf(at);

    private static string Day(DateTimeOffset at) => Legal(at).ToString("yyyy年M月d日", CultureInfo.InvariantCulture);
}

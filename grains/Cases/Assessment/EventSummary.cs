using System.Collections.Frozen;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Cases.Events;

namespace Cluster.Cases.Assessment;

/// <summary>One line on an event, without names or numbers of persons.</summary>
internal static class EventSummary
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Telling =
        ["kind", "who", "to", "mode", "level", "result", "step", "procedure", "reason", "ground", "prosecutor", "doc.code", "receivedOn", "approvedOn", "from", "until", "court"];

    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["case.accepted"] = "受理",
        ["case.assigned"] = "分案",
        ["case.reassigned"] = "变更承办人",
        ["recusal.decided"] = "回避决定",
        ["rights.notified"] = "权利告知",
        ["defender.registered"] = "辩护人登记",
        ["legal-aid.notified"] = "通知法律援助",
        ["files.requested"] = "申请阅卷",
        ["files.arranged"] = "安排阅卷",
        ["opinion.heard"] = "听取意见",
        ["suspect.interrogated"] = "讯问",
        ["measure.taken"] = "强制措施",
        ["measure.requested"] = "申请变更强制措施",
        ["measure.answered"] = "答复变更强制措施申请",
        ["custody.reviewed"] = "羁押必要性审查",
        ["custody.transferred"] = "换押",
        ["detention-house.notified"] = "通知看守所",
        ["plea.signed"] = "签署认罪认罚具结书",
        ["supplement.returned"] = "退回补充侦查",
        ["supplement.resubmitted"] = "补充侦查重报",
        ["supplement.self"] = "自行补充侦查",
        ["review.extended"] = "延长审查期限",
        ["jurisdiction.transferred"] = "改变管辖",
        ["case.merged"] = "并案",
        ["case.split"] = "拆案",
        ["appraisal.started"] = "精神病鉴定开始",
        ["appraisal.ended"] = "精神病鉴定结束",
        ["decision.made"] = "作出决定",
        ["decision.announced"] = "宣布决定",
        ["decision.served"] = "送达决定",
        ["execution.replied"] = "执行回执",
        ["reconsideration.requested"] = "要求复议复核",
        ["reconsideration.decided"] = "复议复核决定",
        ["document.issued"] = "制发文书",
        ["document.served"] = "送达文书",
        ["document.checked"] = "检查文书",
        ["outbound.checked"] = "送案审核",
        ["prosecution.withdrawn"] = "撤回起诉",
        ["court.accepted"] = "法院受理",
        ["court.opened"] = "开庭",
        ["court.adjourned"] = "延期审理",
        ["court.resumed"] = "恢复审理",
        ["judgment.received"] = "收到裁判",
        ["judgment.reviewed"] = "裁判审查",
        ["judgment.effective"] = "裁判生效",
        ["protest.filed"] = "提出抗诉",
        ["protest.requested"] = "请求抗诉",
        ["protest.answered"] = "答复抗诉请求",
        ["property.received"] = "接收涉案财物",
        ["property.stored"] = "涉案财物入库",
        ["property.moved"] = "涉案财物出库",
        ["property.disposed"] = "处理涉案财物",
        ["step.recorded"] = "办案步骤",
        ["card.filled"] = "填录案卡",
        ["case.closed"] = "审结",
        ["case.archived"] = "归档",
        ["supervision.noticed"] = "流程监控通知",
        ["supervision.replied"] = "流程监控回复",
        ["supervision.acknowledged"] = "签收监控预警",
        ["supervision.dismissed"] = "排除监控预警",
        ["supervision.closed"] = "办结监控预警",
        ["supervision.referred"] = "移送监控问题",
        ["event.corrected"] = "更正",
        ["event.voided"] = "撤销",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string Of(CaseEvent e)
    {
        var text = new StringBuilder(Names.GetValueOrDefault(e.Type, e.Type));
        if (e.Data["suspect"].Text is { } suspect) text.Append("（嫌疑人").Append(suspect).Append('）');
        foreach (var field in Telling)
        {
            // Why somebody acted on an alert is a text of its own.
            if (field == "reason" && AlertActs.Of(e.Type) is not null) continue;
            if (e.Data[field] is { IsPresent: true } value) text.Append(' ').Append(value.AsText());
        }

        return text.ToString();
    }

    /// <summary>The data as sent, numbers of persons and accounts masked.</summary>
    public static string Masked(CaseEvent e)
    {
        var raw = e.Raw.AsSpan();
        // A name may be escaped, as many senders escape all Chinese.
        if (raw.IndexOf("idNumber"u8) < 0 && raw.IndexOf("身份证号"u8) < 0 && raw.IndexOf("account"u8) < 0 && raw.IndexOf((byte)'\\') < 0) return Encoding.UTF8.GetString(e.Raw);
        var node = JsonTree.Parse(e.Raw);
        Mask(node);
        return node?.ToJsonString(Plain) ?? "null";
    }

    /// <summary>A number with its first three and last two signs, whether it came as a text, as a number or in a list.</summary>
    private static JsonNode? Hidden(JsonNode? value)
    {
        switch (value)
        {
            case null:
                return null;
            case JsonArray list:
                return new JsonArray([.. list.Select(Hidden)]);
            case JsonObject map:
                return new JsonObject(map.Select(field => KeyValuePair.Create(field.Key, Hidden(field.Value))));
            default:
                var number = value.ToString();
                return number.Length > 6 ? number[..3] + new string('*', number.Length - 5) + number[^2..] : "***";
        }
    }

    private static void Mask(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list) Mask(item);
        }
        else if (node is JsonObject map)
        {
            foreach (var (key, value) in map.ToArray())
            {
                if (key is "idNumber" or "身份证号" or "account") map[key] = Hidden(value);
                else Mask(value);
            }
        }
    }
}

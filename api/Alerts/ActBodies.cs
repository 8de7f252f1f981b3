using System.Text.Json;
using System.Text.Json.Serialization;
using Cluster.Api.Cases;
using Cluster.Api.Hosting;

namespace Cluster.Api.Alerts;

/// <summary>Somebody has seen the alert.</summary>
/// <param name="Note">What they say about it.</param>
internal sealed record AcknowledgeRequest(string? Note = null);

/// <summary>The alert is a false alarm.</summary>
/// <param name="Reason">Why.</param>
internal sealed record DismissRequest(string? Reason = null);

/// <summary>A notice of process monitoring (R 665).</summary>
/// <param name="Kind">oral: 口头提示; written: 流程监控通知书; report: the same, and the chief prosecutor is told.</param>
/// <param name="Text">What is asked.</param>
internal sealed record NoticeRequest(string? Kind = null, string? Text = null);

/// <summary>The answer to a notice.</summary>
/// <param name="Text">What was done.</param>
/// <param name="Evidence">A text, or a list of texts and of events of the case (`source` and `id`).</param>
internal sealed record ReplyRequest(string? Text = null, JsonElement? Evidence = null);

/// <summary>The alert is dealt with.</summary>
/// <param name="Note">What they say about it.</param>
internal sealed record CloseRequest(string? Note = null);

/// <summary>Somebody else must look at it.</summary>
/// <param name="To">quality-review: 案件质量评查; inspection: 检务督察; department: the handling department.</param>
/// <param name="Reason">Why.</param>
internal sealed record ReferRequest(string? To = null, string? Reason = null);

/// <summary>The same act on many alerts.</summary>
/// <param name="Act">acknowledge, dismiss, notice, reply, close or refer.</param>
/// <param name="Ids">The alerts.</param>
/// <param name="Note">As of that act.</param>
/// <param name="Reason">As of that act.</param>
/// <param name="Kind">As of that act.</param>
/// <param name="Text">As of that act.</param>
/// <param name="Evidence">As of that act.</param>
/// <param name="To">As of that act.</param>
internal sealed record ActsRequest(
    string? Act = null, IReadOnlyList<string?>? Ids = null, string? Note = null, string? Reason = null, string? Kind = null, string? Text = null,
    JsonElement? Evidence = null, string? To = null);

/// <summary>What an act did.</summary>
/// <param name="Id">The alert.</param>
/// <param name="Status">Its status by this act.</param>
/// <param name="Act">The act, as the alert lists it from now on.</param>
internal sealed record ActAnswer(string Id, string Status, AlertActBody Act);

/// <summary>What became of an act on many alerts.</summary>
/// <param name="Results">In the order of the ids.</param>
internal sealed record ActsAnswer(IReadOnlyList<ActRow> Results);

/// <summary>What became of one of them.</summary>
/// <param name="Id">The alert.</param>
/// <param name="Status">Its status by this act; `rejected` where nothing was done.</param>
/// <param name="Act">The act, as the alert lists it from now on.</param>
/// <param name="Error">Why nothing was done.</param>
internal sealed record ActRow(
    string Id, string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AlertActBody? Act = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Problem? Error = null)
{
    public const string Rejected = "rejected";
}

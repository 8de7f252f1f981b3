using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cluster.Api.Cases;

// The bodies that the assessment writes itself, described for readers of the OpenAPI document.

/// <summary>A text in Chinese and English.</summary>
internal sealed record BilingualText(string Zh, string En);

/// <summary>A case of contract chapter 5.</summary>
/// <param name="Id">The case.</param>
/// <param name="CaseType">ARR, PRO, … of the case types.</param>
/// <param name="Name">Its name.</param>
/// <param name="Stage">State name; <c>unaccepted</c> until case.accepted comes.</param>
/// <param name="Procuratorate">Unit code.</param>
/// <param name="Department">Department id.</param>
/// <param name="Prosecutor">Prosecutor id.</param>
/// <param name="AcceptedOn">Legal date.</param>
/// <param name="Weight">Case weight.</param>
/// <param name="Weighed">What the weight follows from.</param>
/// <param name="Custody">Whether a suspect is in custody.</param>
/// <param name="Version">Events recorded.</param>
/// <param name="AsOf">The instant it was assessed for.</param>
/// <param name="Suspects">As reported, with what followed.</param>
/// <param name="Deadlines">Every limit that ran or runs.</param>
/// <param name="Alerts">Open and cleared ones.</param>
/// <param name="Documents">What the node of the case needs.</param>
/// <param name="History">What happened, in order of time.</param>
internal sealed record CaseBody(
    string Id, string CaseType, string? Name, string Stage, string? Procuratorate, string? Department, string? Prosecutor,
    DateOnly? AcceptedOn, double Weight, WeighedBody Weighed, bool Custody, long Version, DateTimeOffset AsOf,
    IReadOnlyList<JsonElement> Suspects, IReadOnlyList<DeadlineBody> Deadlines, IReadOnlyList<AlertBody> Alerts,
    IReadOnlyList<CaseDocument> Documents, IReadOnlyList<HistoryEntry> History);

/// <summary>What a weight follows from: base × (1 + Σ factors) × what the stage leaves.</summary>
/// <param name="Version">Of the coefficients.</param>
/// <param name="Base">Of the case type, and of the procedure in review for prosecution.</param>
/// <param name="Factors">Those that add something.</param>
/// <param name="Left">What the stage leaves of it, 0 to 1.</param>
/// <param name="Text">The same in words.</param>
internal sealed record WeighedBody(string Version, double Base, IReadOnlyList<WeightFactorBody> Factors, double Left, BilingualText Text);

/// <summary>A factor of a weight.</summary>
/// <param name="Name">Stable code, such as suspects.</param>
/// <param name="Value">What it adds to 1.</param>
internal sealed record WeightFactorBody(string Name, double Value);

/// <summary>A document that a case needs or has.</summary>
/// <param name="Code">Its Chinese name in the law.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Required">Whether the case needs it.</param>
/// <param name="State">present, missing or not-yet.</param>
internal sealed record CaseDocument(string Code, string Name, bool Required, string State);

/// <summary>An event of the history.</summary>
internal sealed record HistoryEntry(string Source, string Id, string Type, DateTimeOffset Time, DateTimeOffset? RecordedAt, JsonElement Summary);

/// <summary>A statutory limit.</summary>
/// <param name="Id">Number of the catalogue, <c>T-B05</c>.</param>
/// <param name="Instance">Which of several runs, <c>round-1</c>.</param>
/// <param name="Subject">case, or the suspect's number.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Basis">The articles.</param>
/// <param name="StartedOn">Legal date, or an instant for an hour-limit.</param>
/// <param name="DueOn">Last day on which it can be met, or the instant for an hour-limit.</param>
/// <param name="ComputedOn">The date before a roll over holidays.</param>
/// <param name="Clock">custody, calendar, hours or workdays.</param>
/// <param name="ExtendedBy">Extensions, as <c>15d</c>.</param>
/// <param name="Status">running, met, missed or stopped.</param>
/// <param name="EndedOn">When it was met or stopped.</param>
/// <param name="Provisional">The holiday calendar of that year is not loaded.</param>
/// <param name="Proof">How it was counted.</param>
internal sealed record DeadlineBody(
    string Id, string Instance, string Subject, BilingualText Name, string Basis, string StartedOn, string DueOn, string ComputedOn,
    string Clock, IReadOnlyList<string> ExtendedBy, string Status, string? EndedOn, bool Provisional, ProofBody? Proof);

/// <summary>How a limit was counted.</summary>
/// <param name="Article">The article in one sentence.</param>
/// <param name="Steps">From the start to the result, without gaps.</param>
/// <param name="Calendar">Version of the holiday calendar.</param>
internal sealed record ProofBody(BilingualText? Article, IReadOnlyList<ProofStepBody> Steps, string Calendar);

/// <summary>One counted step.</summary>
/// <param name="Kind">start, length, excluded, extension, roll or result.</param>
/// <param name="From">The end so far.</param>
/// <param name="To">The end after this step.</param>
/// <param name="Days">Calendar days between them.</param>
/// <param name="Text">What was counted.</param>
internal sealed record ProofStepBody(string Kind, DateOnly From, DateOnly To, int Days, BilingualText Text);

/// <summary>A finding, and where a stored case is concerned what people and the system did about it.</summary>
/// <param name="Id">Stable.</param>
/// <param name="Rule">Rule of the catalogue.</param>
/// <param name="Instance">Which of several.</param>
/// <param name="Case">The case.</param>
/// <param name="Subject">case, or the suspect's number.</param>
/// <param name="Level">W1, W2, W3, L1, L2, L3, S, T or V.</param>
/// <param name="Blocking">The case must not go on before it is put right.</param>
/// <param name="Steps">Levels and when each was reached.</param>
/// <param name="Category">Of the rule.</param>
/// <param name="RaisedAt">Start of the interval in legal time.</param>
/// <param name="ClearedAt">Its end; null while open.</param>
/// <param name="DueOn">Legal date, or an instant for an hour-limit.</param>
/// <param name="Message">For people.</param>
/// <param name="Basis">The articles.</param>
/// <param name="Evidence">The events it rests on.</param>
/// <param name="Prosecutor">Prosecutor id.</param>
/// <param name="Department">Department id.</param>
/// <param name="Procuratorate">Unit code.</param>
/// <param name="Status">open, acknowledged, noticed, replied, closed or dismissed.</param>
/// <param name="DetectedAt">When the system saw it.</param>
/// <param name="Acts">What people did, in order of time.</param>
internal sealed record AlertBody(
    string Id, string Rule, string Instance, string Case, string Subject, string Level, bool Blocking, IReadOnlyList<AlertStep> Steps, string Category,
    DateTimeOffset RaisedAt, DateTimeOffset? ClearedAt, string? DueOn, BilingualText Message, string Basis, IReadOnlyList<EventReference> Evidence,
    string? Prosecutor, string? Department, string? Procuratorate, string? Status, DateTimeOffset? DetectedAt, IReadOnlyList<AlertActBody>? Acts);

/// <summary>Something that somebody did about an alert. What the act does not have is absent.</summary>
/// <param name="Id">Of the event in the case's history, whose source is <c>/cluster/acts</c>.</param>
/// <param name="Act">acknowledge, dismiss, notice, reply, close or refer.</param>
/// <param name="By">The account.</param>
/// <param name="At">When.</param>
/// <param name="Status">Of the alert, by this act.</param>
/// <param name="Notice">Of a written notice, its number within the case.</param>
/// <param name="Note">Of an acknowledgement or a closing.</param>
/// <param name="Reason">Of a dismissal or a referral.</param>
/// <param name="Kind">Of a notice: oral, written or report.</param>
/// <param name="Text">Of a notice or a reply.</param>
/// <param name="Evidence">Of a reply: a text, or a list of texts and events.</param>
/// <param name="To">Of a referral: quality-review, inspection or department.</param>
internal sealed record AlertActBody(
    string Id, string Act, string By, DateTimeOffset At, string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Notice = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Note = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Kind = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Text = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Evidence = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? To = null);

/// <summary>A level and since when.</summary>
internal sealed record AlertStep(string Level, DateTimeOffset At);

/// <summary>An event.</summary>
internal sealed record EventReference(string Source, string Id);

/// <summary>A page of alerts, newest first.</summary>
/// <param name="Items">The alerts.</param>
/// <param name="Next">Cursor of the next page; null at the end.</param>
internal sealed record AlertPage(IReadOnlyList<AlertBody> Items, string? Next);

using System.Text.Json.Nodes;

namespace Cluster.Api.Demo;

/// <summary>One event of the replay, ready to be sent as a CloudEvent of contract chapter 4.</summary>
/// <param name="Subject">The case (部门受案号).</param>
/// <param name="Source">The sending office's system; with <paramref name="Id"/> it identifies the event for ever.</param>
/// <param name="Id">Unique over the whole replay and the same in every run with the same seed.</param>
/// <param name="Type">Event type of contract 4.1.</param>
/// <param name="Time">When it happened, Asia/Shanghai.</param>
/// <param name="Data">
/// The event's data. Its extra field <c>origin</c> says where the event comes from: <c>judgment</c> (a date the judgment tells),
/// <c>derived</c> (computed from such dates) or <c>generated</c> (a step every real case has but no judgment mentions).
/// </param>
public sealed record DemoEvent(string Subject, string Source, string Id, string Type, DateTimeOffset Time, JsonObject Data);

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cluster.Api.Ingest;

/// <summary>An event of a case in CloudEvents 1.0, as senders write it. The case core reads it; this describes it.</summary>
/// <param name="Specversion">1.0</param>
/// <param name="Id">With <paramref name="Source"/> it identifies the event for ever.</param>
/// <param name="Source">The system that reports it; one that begins with <c>/cluster/</c> is this system's own and is refused.</param>
/// <param name="Type">One of the event types of the contract.</param>
/// <param name="Subject">The case: 1 to 128 characters without control characters, not only spaces.</param>
/// <param name="Time">When it happened in the world; at most 24 h ahead of the server's clock.</param>
/// <param name="Data">The fields of the type; further ones are kept and shown.</param>
/// <param name="RecordedTime">When the sender's system entered it; the same as <paramref name="Time"/> if absent.</param>
/// <param name="DataContentType">application/json, if given.</param>
internal sealed record CloudEvent(
    string Specversion,
    string Id,
    string Source,
    string Type,
    string Subject,
    DateTimeOffset Time,
    JsonElement Data,
    [property: JsonPropertyName("recordedtime")] DateTimeOffset? RecordedTime = null,
    [property: JsonPropertyName("datacontenttype")] string? DataContentType = null);

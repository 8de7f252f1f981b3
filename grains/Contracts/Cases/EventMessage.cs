using Orleans;

namespace Cluster.Contracts;

/// <summary>One well-formed event of a case, validated, as it travels and as it is stored.</summary>
/// <param name="Source">CloudEvents source; with <paramref name="Id"/> it identifies the event for ever.</param>
/// <param name="Id">CloudEvents id.</param>
/// <param name="Type">Event type of the public contract, chapter 4.1.</param>
/// <param name="Time">When it happened in the world.</param>
/// <param name="RecordedTime">When the sender's system entered it; null means the same as <paramref name="Time"/>.</param>
/// <param name="Data">The event's data, UTF-8 JSON, as sent.</param>
[GenerateSerializer, Immutable, Alias("cluster.event-message")]
public sealed record EventMessage(
    [property: Id(0)] string Source,
    [property: Id(1)] string Id,
    [property: Id(2)] string Type,
    [property: Id(3)] DateTimeOffset Time,
    [property: Id(4)] DateTimeOffset? RecordedTime,
    [property: Id(5)] byte[] Data);

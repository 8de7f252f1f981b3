using Orleans;

namespace Cluster.Contracts.Operations;

/// <summary>How the processes of the system are doing, for those who run it.</summary>
public interface IClusterStatus
{
    /// <summary>Every node known, by name; one that does not answer in time with what is known of it without asking.</summary>
    Task<IReadOnlyList<NodeStatus>> Nodes(CancellationToken cancellation);

    /// <summary>The open operational alerts of every node that answers, the longest first.</summary>
    Task<IReadOnlyList<OperationalAlert>> Alerts(CancellationToken cancellation);
}

/// <summary>One process of the system as it measures itself. Nothing of any case is in it.</summary>
/// <param name="Name">Machine and process.</param>
/// <param name="Role">server (everything in one process), silo or api.</param>
/// <param name="Version">Of the program.</param>
/// <param name="Since">When it started, by the real clock.</param>
/// <param name="State">One of <see cref="NodeState"/>.</param>
/// <param name="Activations">Grains in memory by kind.</param>
/// <param name="CallsPerSecond">Calls of grains over <see cref="Window"/>.</param>
/// <param name="EventsPerSecond">Events written over <see cref="Window"/>, those of senders and the system's own.</param>
/// <param name="Queues">What waits, by queue.</param>
/// <param name="Commit">From handing a commit over to its being on the disk.</param>
/// <param name="Reply">From the arrival of events to the answer.</param>
/// <param name="DueLateness">From the instant a case was due to the start of its wake.</param>
/// <param name="FeedLag">From a commit to the sending of what it feeds to a screen.</param>
/// <param name="HubClients">Live connections.</param>
/// <param name="Errors">The latest first.</param>
/// <param name="Window">Seconds over which rates and latencies are taken; 0 right after the start.</param>
[GenerateSerializer, Immutable, Alias("cluster.node-status")]
public sealed record NodeStatus(
    [property: Id(0)] string Name,
    [property: Id(1)] string Role,
    [property: Id(2)] string Version,
    [property: Id(3)] DateTimeOffset Since,
    [property: Id(4)] string State,
    [property: Id(5)] NamedCount[] Activations,
    [property: Id(6)] double CallsPerSecond,
    [property: Id(7)] double EventsPerSecond,
    [property: Id(8)] NamedCount[] Queues,
    [property: Id(9)] LatencySummary Commit,
    [property: Id(10)] LatencySummary Reply,
    [property: Id(11)] LatencySummary DueLateness,
    [property: Id(12)] LatencySummary FeedLag,
    [property: Id(13)] int HubClients,
    [property: Id(14)] NodeError[] Errors,
    [property: Id(15)] double Window);

/// <summary>How many there are of something.</summary>
[GenerateSerializer, Immutable, Alias("cluster.named-count")]
public sealed record NamedCount([property: Id(0)] string Name, [property: Id(1)] long Count);

/// <summary>How long something took in the window, estimated from buckets as a Prometheus server would.</summary>
/// <param name="P50">Seconds within which half of them ended; null if there were none.</param>
/// <param name="P99">Seconds within which 99 of 100 ended; null if there were none.</param>
/// <param name="Count">How many there were.</param>
[GenerateSerializer, Immutable, Alias("cluster.latency-summary")]
public sealed record LatencySummary([property: Id(0)] double? P50, [property: Id(1)] double? P99, [property: Id(2)] long Count);

/// <summary>An error of a node, as often as it happened.</summary>
/// <param name="Kind">The kind of an operational alert, or the source and number of a line in the log.</param>
/// <param name="Last">When it last happened, by the real clock.</param>
/// <param name="Count">How often since the node started.</param>
/// <param name="Error">Type of the last error, if there was one.</param>
/// <param name="Open">Whether it is an operational alert that goes on.</param>
[GenerateSerializer, Immutable, Alias("cluster.node-error")]
public sealed record NodeError(
    [property: Id(0)] string Kind,
    [property: Id(1)] DateTimeOffset Last,
    [property: Id(2)] long Count,
    [property: Id(3)] string? Error,
    [property: Id(4)] bool Open);

/// <summary>States of a node.</summary>
public static class NodeState
{
    public const string Starting = "starting";

    public const string Running = "running";

    public const string Stopping = "stopping";

    /// <summary>A member of the cluster that does not answer.</summary>
    public const string Silent = "silent";

    /// <summary>Declared dead by the others.</summary>
    public const string Dead = "dead";
}

using Orleans;

namespace Cluster.Contracts;

/// <summary>A person gives a case to another prosecutor (变更承办人).</summary>
/// <param name="Key">Names it for ever: asked again with the same key, nothing is done again.</param>
/// <param name="From">Who must handle the case still; null: whoever does.</param>
/// <param name="To">Who is to handle it, of the same department.</param>
/// <param name="By">Account that asks for it.</param>
[GenerateSerializer, Immutable, Alias("cluster.reassignment")]
public sealed record Reassignment(
    [property: Id(0)] string Key,
    [property: Id(1)] string? From,
    [property: Id(2)] string To,
    [property: Id(3)] string Reason,
    [property: Id(4)] string ApprovedBy,
    [property: Id(5)] string By);

/// <summary>What became of a reassignment.</summary>
/// <param name="Status">One of <see cref="ReassignStatus"/>.</param>
/// <param name="Prosecutor">Who handles the case now.</param>
/// <param name="Version">The case's version.</param>
/// <param name="Obstacle">Why the one asked for cannot have it, as a draw would say; else null.</param>
[GenerateSerializer, Immutable, Alias("cluster.reassigned")]
public sealed record Reassigned(
    [property: Id(0)] string Status,
    [property: Id(1)] string? Prosecutor,
    [property: Id(2)] long Version,
    [property: Id(3)] string? Obstacle = null);

/// <summary>What may become of a reassignment.</summary>
public static class ReassignStatus
{
    public const string Done = "reassigned";

    /// <summary>That prosecutor has it already.</summary>
    public const string Unchanged = "unchanged";

    /// <summary>Somebody else handles it by now.</summary>
    public const string Stale = "stale";

    /// <summary>It is over, or was never accepted.</summary>
    public const string NotOpen = "not-open";

    /// <summary>That prosecutor cannot have it.</summary>
    public const string Refused = "refused";
}

/// <summary>What is to be known of a case before it is given to somebody else.</summary>
/// <param name="About">As for a draw.</param>
/// <param name="NextDue">Expiry of the next deadline; null if none runs.</param>
/// <param name="Begun">A suspect was interrogated: whoever takes it over begins anew.</param>
/// <param name="AcceptedAt">When it was accepted.</param>
[GenerateSerializer, Immutable, Alias("cluster.handover-facts")]
public sealed record HandoverFacts(
    [property: Id(0)] AssignmentRequest About,
    [property: Id(1)] DateTimeOffset? NextDue,
    [property: Id(2)] bool Begun,
    [property: Id(3)] DateTimeOffset? AcceptedAt = null);

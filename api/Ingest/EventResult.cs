using Cluster.Api.Hosting;
using Cluster.Contracts;

namespace Cluster.Api.Ingest;

/// <summary>What became of one event that was sent.</summary>
/// <param name="Id">Its id as far as it could be read.</param>
/// <param name="Status">accepted, duplicate or rejected.</param>
/// <param name="Version">Version of the case after it; null if rejected.</param>
/// <param name="Error">Why it was rejected.</param>
internal sealed record EventResult(string? Id, string Status, long? Version, Problem? Error)
{
    public const string Accepted = "accepted", Duplicate = "duplicate", Rejected = "rejected";

    public static EventResult Of(EventOutcome outcome) => outcome.Status switch
    {
        EventStatus.Accepted => new(outcome.Id, Accepted, outcome.Version, null),
        EventStatus.Duplicate => new(outcome.Id, Duplicate, outcome.Version, null),
        _ => Reject(outcome.Id, Problem.Of(422, "refused", outcome.Error)),
    };

    public static EventResult Reject(string? id, Problem error) => new(id, Rejected, null, error);
}

/// <summary>The answer to <c>POST /api/events</c>.</summary>
/// <param name="Results">One for each event, in the order sent.</param>
internal sealed record EventResults(IReadOnlyList<EventResult> Results);

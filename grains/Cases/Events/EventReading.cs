using System.Globalization;

namespace Cluster.Cases.Events;

/// <summary>What reading one event gave: the event with its subject, or a problem.</summary>
/// <param name="Id">The id as far as it could be read, for the answer.</param>
/// <param name="Subject">The case; null if it could not be read.</param>
/// <param name="Event">The event; null if there is a problem.</param>
/// <param name="Problem">Why the event is refused; else null.</param>
public sealed record EventReading(string? Id, string? Subject, CaseEvent? Event, EventProblem? Problem);

/// <summary>Why an event was refused.</summary>
/// <param name="Code">
/// Stable code: invalid-event, missing-attribute, invalid-attribute, unsupported-content, unknown-type, invalid-data, too-long,
/// too-far-ahead.
/// </param>
/// <param name="Pointer">JSON pointer (RFC 6901) to the offending place.</param>
/// <param name="Detail">What is wrong, in English. Repeats nothing of the case.</param>
public sealed record EventProblem(string Code, string Pointer, string Detail)
{
    /// <summary>The same problem, seen from the object that holds it.</summary>
    internal EventProblem Under(string name) => this with
    {
        Pointer = "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal) + Pointer,
    };

    internal EventProblem Under(int index) => this with { Pointer = "/" + index.ToString(CultureInfo.InvariantCulture) + Pointer };
}

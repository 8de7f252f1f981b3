using System.Text.Json;

namespace Cluster.Cases.Events;

/// <summary>Reads CloudEvents into case events and says what is wrong with those that are not.</summary>
public static class EventReader
{
    /// <summary>Reads one CloudEvent in structured mode. Never throws on bad input.</summary>
    /// <param name="cloudEvent">The JSON of one event.</param>
    /// <param name="now">The server's clock: an event more than 24 h ahead is refused.</param>
    public static EventReading Read(JsonElement cloudEvent, DateTimeOffset now) => throw new NotImplementedException();

    /// <summary>Reads stored data back. Throws on data that was never validated.</summary>
    public static CaseEvent Restore(string source, string id, string type, DateTimeOffset time, DateTimeOffset? recordedTime, byte[] data) => throw new NotImplementedException();
}

/// <summary>What reading one event gave: the event with its subject, or a problem.</summary>
/// <param name="Id">The id as far as it could be read, for the answer.</param>
public sealed record EventReading(string? Id, string? Subject, CaseEvent? Event, EventProblem? Problem);

/// <summary>Why an event was refused.</summary>
/// <param name="Code">Stable code: unknown-type, invalid-data, missing-attribute, too-long, too-far-ahead, …</param>
/// <param name="Pointer">JSON pointer to the offending place.</param>
public sealed record EventProblem(string Code, string Pointer, string Detail);

using System.Text.Json;
using Cluster.Cases.Events;

namespace Cluster.Api.Ingest;

/// <summary>Reads events as the case core does, and survives what JSON's grammar allows but text is not.</summary>
internal static class SafeReading
{
    public static EventReading Read(JsonElement cloudEvent, DateTimeOffset now)
    {
        try
        {
            return EventReader.Read(cloudEvent, now);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, escaped.
            return new EventReading(null, null, null, new EventProblem("invalid-data", "", "A text in it is not Unicode."));
        }
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using Cluster.Cases.Events;

namespace Cluster.Cases.Tests.Events;

/// <summary>Builds CloudEvents as a sender would.</summary>
internal static class Sending
{
    public static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-03-02T09:00:00+08:00", CultureInfo.InvariantCulture);

    public static EventReading Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return EventReader.Read(document.RootElement, Now);
    }

    public static EventReading ReadData(string type, string data) => Read(Envelope(type, data));

    /// <summary>Reads data that must be right.</summary>
    public static EventData Accepted(string type, string data)
    {
        var reading = ReadData(type, data);
        Assert.Null(reading.Problem);
        return reading.Event!.Data;
    }

    public static EventProblem Refused(string type, string data)
    {
        var reading = ReadData(type, data);
        Assert.Null(reading.Event);
        return reading.Problem!;
    }

    public static string Envelope(string type, string data) =>
        $$"""{"specversion":"1.0","id":"e-1","source":"/422826/tyyw","type":"{{type}}","subject":"咸检起诉受[2026]42282600109号","time":"2026-02-09T09:30:00+08:00","data":{{data}}}""";

    /// <summary>An envelope with one attribute replaced by JSON, or taken out.</summary>
    public static string With(string attribute, string? json)
    {
        using var document = JsonDocument.Parse(Envelope("case.archived", "{}"));
        var attributes = document.RootElement.EnumerateObject()
            .Where(p => p.Name != attribute)
            .Select(p => $"\"{p.Name}\":{p.Value.GetRawText()}")
            .ToList();
        if (json is not null)
        {
            attributes.Add($"\"{attribute}\":{json}");
        }

        return "{" + string.Join(",", attributes) + "}";
    }

    public static string Repeated(string text, int times) => new StringBuilder().Insert(0, text, times).ToString();
}

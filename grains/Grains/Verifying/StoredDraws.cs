using System.Text.Json;
using Cluster.Cases.Assignment;
using Cluster.Contracts;
using Cluster.Grains.Assignment;

namespace Cluster.Grains.Verifying;

/// <summary>The draws of one department, as its stream tells them.</summary>
public static class StoredDraws
{
    /// <summary>What cannot be recomputed from the secrets; also of today, whose secret is not out yet.</summary>
    /// <returns>How many draws there are, and what is wrong with them.</returns>
    public static (int Draws, IReadOnlyList<string> Faults) Of(string department, IEnumerable<EventMessage> stream)
    {
        var book = new DrawBook(department);
        foreach (var e in stream)
        {
            if (e.Type == "day.opened") book.Open(e.Data);
            else if (e.Type == "case.drawn") book.Add(e.Data);
        }
        // Published as if every day were over.
        using var days = JsonDocument.Parse(book.Publish(DateOnly.MinValue, DateOnly.MaxValue, DateOnly.MaxValue));
        var draws = 0;
        var faults = new List<string>();
        foreach (var day in days.RootElement.EnumerateArray())
        {
            draws += day.GetProperty("draws").GetArrayLength();
            faults.AddRange(DrawVerifier.Verify(day).Select(fault => $"{day.GetProperty("date").GetString()}/{fault.Draw}: {fault.Code}"));
        }
        return (draws, faults);
    }
}

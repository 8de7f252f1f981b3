using System.Text;
using System.Text.Json;
using Cluster.Cases.Assignment;

namespace Cluster.Cases.Tests.Assignment;

/// <summary>Draws with a known secret.</summary>
internal static class Drawing
{
    public static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    public static readonly DateOnly Day = new(2026, 3, 2);

    public static RosterEntry Prosecutor(string id, double capacity = 1, string role = "prosecutor") =>
        new(id, capacity, role, [], Qualified: true, OnDuty: true, [], []);

    public static DrawInput Of(params RosterEntry[] roster) => new(
        "d-1", Day, 1, "c-1", "PRO", 2, null, [], [], [], roster, new Dictionary<string, decimal>(), DrawPolicy.Default, Secret);

    public static DrawInput Carrying(this DrawInput input, params (string Prosecutor, decimal Weight)[] loads) =>
        input with { Loads = loads.ToDictionary(l => l.Prosecutor, l => l.Weight) };

    public static DrawInput By(this DrawInput input, DrawStrategy strategy) => input with { Policy = input.Policy with { Strategy = strategy } };

    public static string[] Eligible(DrawInput input) => [.. Draw.Run(input).Eligible.Select(e => e.Prosecutor)];

    public static string? ReasonFor(string prosecutor, DrawInput input) =>
        Draw.Run(input).Excluded.SingleOrDefault(e => e.Prosecutor == prosecutor)?.Reason;

    /// <summary>The day of these draws, as published.</summary>
    public static string Published(params DrawInput[] inputs) => Json(new DrawDay(
        "d-1", Day, DrawDay.CommitmentOf(Secret), Secret, [.. inputs.Select(i => new NumberedDraw(i.Number, i.Case, Draw.Run(i)))]));

    public static string Json(DrawDay day)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            day.Write(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}

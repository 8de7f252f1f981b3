using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cluster.Cases.Assignment;
using Cluster.Contracts;

namespace Cluster.Grains.Assignment;

/// <summary>The draws of one department: a secret a day, committed to before the first draw, told after the last.</summary>
internal sealed class DrawBook(string department)
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SortedDictionary<DateOnly, Day> _days = [];
    private readonly Dictionary<string, Assigned> _last = new(StringComparer.Ordinal);

    /// <summary>Whose turn the last rotation was.</summary>
    public string? Previous { get; private set; }

    /// <summary>The latest day that was opened; the first of all dates if none was.</summary>
    public DateOnly Latest { get; private set; }

    public bool IsOpen(DateOnly date) => _days.ContainsKey(date);

    public Assigned? LastOf(string caseId) => _last.GetValueOrDefault(caseId);

    public byte[] SecretOf(DateOnly date) => _days[date].Secret;

    public int NextNumber(DateOnly date) => _days[date].Draws.Count + 1;

    /// <summary>A new day: the data of <c>day.opened</c>.</summary>
    public static byte[] NewDay(DateOnly date, byte[] secret) =>
        UnitJson.Write(new OpenedDay(date, Convert.ToHexStringLower(secret), DrawDay.CommitmentOf(secret)));

    public void Open(byte[] data)
    {
        var day = UnitJson.Read<OpenedDay>(data);
        _days.TryAdd(day.Date, new Day(Convert.FromHexString(day.Secret), day.Commitment, []));
        if (day.Date > Latest) Latest = day.Date;
    }

    /// <summary>The data of <c>case.drawn</c>.</summary>
    public static byte[] Data(Assigned assigned, string caseId, DrawResult result)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Relaxed)) DrawDay.Write(json, new NumberedDraw(assigned.Number, caseId, result));
        return UnitJson.Write(new DrawnCase(assigned, caseId, JsonDocument.Parse(buffer.WrittenMemory).RootElement));
    }

    public void Add(byte[] data)
    {
        var drawn = UnitJson.Read<DrawnCase>(data);
        _days[drawn.Assigned.Date].Draws.Add(drawn.Draw.GetRawText());
        _last[drawn.Case] = drawn.Assigned;
        if (drawn.Assigned.Mode == Draw.Rotation) Previous = drawn.Assigned.Prosecutor;
    }

    /// <summary>The days as contract chapter 7 publishes them; the secret only of days that are over.</summary>
    /// <param name="today">The first day that is not over.</param>
    public byte[] Publish(DateOnly from, DateOnly until, DateOnly today)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartArray();
            foreach (var (date, day) in _days)
            {
                if (date < from || date > until) continue;
                json.WriteStartObject();
                json.WriteString("department", department);
                json.WriteString("date", date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
                json.WriteString("commitment", day.Commitment);
                json.WriteString("secret", date < today ? Convert.ToHexStringLower(day.Secret) : null);
                json.WriteStartArray("draws");
                foreach (var draw in day.Draws) json.WriteRawValue(draw);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private sealed record Day(byte[] Secret, string Commitment, List<string> Draws);

    private sealed record OpenedDay(DateOnly Date, string Secret, string Commitment);

    private sealed record DrawnCase(Assigned Assigned, string Case, JsonElement Draw);
}

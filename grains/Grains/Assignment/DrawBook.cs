using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cluster.Cases.Assignment;
using Cluster.Contracts;

namespace Cluster.Grains.Assignment;

/// <summary>The draws of one department: a secret a day, committed to before the first draw, told after the last.</summary>
internal sealed class DrawBook(string department)
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SortedDictionary<DateOnly, DrawnDay> _days = [];
    private readonly Dictionary<string, Assigned> _last = new(StringComparer.Ordinal);

    // What the next draw of its day is told by. After a start nobody has it, and one draw is written in whole.
    private (DateOnly Date, DrawResult Result)? _before;

    /// <summary>Whose turn the last draw in turns was.</summary>
    public Turn? LastTurn { get; private set; }

    /// <summary>The latest day that was opened; the first of all dates if none was.</summary>
    public DateOnly Latest { get; private set; }

    public bool IsOpen(DateOnly date) => _days.ContainsKey(date);

    public Assigned? LastOf(string caseId) => _last.GetValueOrDefault(caseId);

    public byte[] SecretOf(DateOnly date) => _days[date].Secret;

    public int NextNumber(DateOnly date) => _days[date].Count + 1;

    /// <summary>A new day: the data of <c>day.opened</c>.</summary>
    public static byte[] NewDay(DateOnly date, byte[] secret) =>
        UnitJson.Write(new OpenedDay(date, Convert.ToHexStringLower(secret), DrawDay.CommitmentOf(secret)));

    public void Open(byte[] data)
    {
        var day = UnitJson.Read<OpenedDay>(data);
        _days.TryAdd(day.Date, new DrawnDay(Convert.FromHexString(day.Secret), day.Commitment));
        if (day.Date <= Latest) return;
        if (_days.TryGetValue(Latest, out var over)) over.Pack();
        Latest = day.Date;
    }

    /// <summary>Enters a draw.</summary>
    /// <returns>The data of <c>case.drawn</c>.</returns>
    public byte[] Add(Assigned assigned, string caseId, DrawResult result)
    {
        var before = _before is { } latest && latest.Date == assigned.Date ? latest.Result : null;
        var buffer = new ArrayBufferWriter<byte>(before is null ? 256 + (80 * (result.Eligible.Count + result.Excluded.Count)) : 1_024);
        using var json = new Utf8JsonWriter(buffer, Relaxed);
        json.WriteStartObject();
        json.WritePropertyName("assigned");
        JsonSerializer.Serialize(json, assigned, UnitJson.Options);
        json.WriteString("case", caseId);
        json.WritePropertyName("draw");
        json.Flush();
        var start = buffer.WrittenCount;
        DrawDay.Write(json, new NumberedDraw(assigned.Number, caseId, result), before);
        json.Flush();
        var draw = buffer.WrittenSpan[start..].ToArray();
        json.WriteEndObject();
        json.Flush();
        Enter(assigned, caseId, result.Policy, draw);
        _before = (assigned.Date, result);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Enters a draw that was written before.</summary>
    public void Add(byte[] data)
    {
        _before = null;
        var drawn = UnitJson.Read<DrawnCase>(data);
        var policy = drawn.Draw.TryGetProperty("policy", out var told) ? told.GetString() : null;
        Enter(drawn.Assigned, drawn.Case, policy, JsonMarshal.GetRawUtf8Value(drawn.Draw).ToArray());
    }

    private void Enter(Assigned assigned, string caseId, string? policy, byte[] draw)
    {
        _days[assigned.Date].Add(draw);
        _last[caseId] = assigned;
        if (assigned.Mode != Draw.Rotation) return;
        var each = policy is not null && DrawStrategy.TryParsePolicy(policy, out var strategy) ? strategy.Each : 1;
        LastTurn = Turn.After(LastTurn, assigned.Prosecutor, each);
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
                json.WritePropertyName("draws");
                day.Write(json);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private sealed record OpenedDay(DateOnly Date, string Secret, string Commitment);

    private sealed record DrawnCase(Assigned Assigned, string Case, JsonElement Draw);
}

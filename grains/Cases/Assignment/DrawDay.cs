using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Cluster.Cases.Assignment;

/// <summary>One draw of a day; numbers count from 1, per department and day.</summary>
public sealed record NumberedDraw(int Number, string Case, DrawResult Result);

/// <summary>
/// The draws of one department on one day, as contract chapter 7 publishes them: the commitment before the first draw, the secret
/// (null until then) when the day is over. Beyond the contract a draw tells its policy, the weight of the case, capacities and, in
/// turns, the turn before: what anybody needs to recompute the scores too.
/// </summary>
public sealed record DrawDay(string Department, DateOnly Date, string Commitment, byte[]? Secret, IReadOnlyList<NumberedDraw> Draws)
{
    // Written for everybody in every draw.
    private static readonly JsonEncodedText Prosecutor = JsonEncodedText.Encode("prosecutor");
    private static readonly JsonEncodedText Load = JsonEncodedText.Encode("load");
    private static readonly JsonEncodedText Capacity = JsonEncodedText.Encode("capacity");
    private static readonly JsonEncodedText Score = JsonEncodedText.Encode("score");
    private static readonly JsonEncodedText Reason = JsonEncodedText.Encode("reason");

    /// <summary>SHA-256 of the secret's bytes, lowercase hex.</summary>
    public static string CommitmentOf(byte[] secret) => Convert.ToHexStringLower(SHA256.HashData(secret));

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("department", Department);
        json.WriteString("date", Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("commitment", Commitment);
        json.WriteString("secret", Secret is null ? null : Convert.ToHexStringLower(Secret));
        json.WriteStartArray("draws");
        foreach (var draw in Draws)
        {
            Write(json, draw);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes one draw.</summary>
    public static void Write(Utf8JsonWriter json, NumberedDraw draw) => Write(json, draw, null);

    /// <summary>Writes one draw as it is kept: of those who stand as in the draw before only that they do.</summary>
    /// <param name="before">The draw before, of the same day; null writes everybody.</param>
    public static void Write(Utf8JsonWriter json, NumberedDraw draw, DrawResult? before)
    {
        json.WriteStartObject();
        json.WriteNumber("number", draw.Number);
        json.WriteString("case", draw.Case);
        json.WriteString("mode", draw.Result.Mode);
        json.WriteString("policy", draw.Result.Policy);
        json.WriteNumber("weight", draw.Result.Weight);
        if (draw.Result.Mode == Draw.Rotation)
        {
            WriteLastTurn(json, draw.Result.LastTurn);
        }

        json.WritePropertyName("eligible");
        DrawChanges.Write(json, draw.Result.Eligible, before?.Eligible, static c => c.Prosecutor, WriteCandidate);
        json.WritePropertyName("excluded");
        DrawChanges.Write(json, draw.Result.Excluded, before?.Excluded, static e => e.Prosecutor, WriteExclusion);
        json.WriteNumber("u", draw.Result.U.Value);
        json.WriteString("chosen", draw.Result.Chosen);
        json.WriteEndObject();
    }

    private static void WriteCandidate(Utf8JsonWriter json, Candidate candidate)
    {
        json.WriteStartObject();
        json.WriteString(Prosecutor, candidate.Prosecutor);
        json.WriteNumber(Load, candidate.Load);
        json.WriteNumber(Capacity, candidate.Capacity);
        json.WriteNumber(Score, candidate.Score);
        if (candidate.Reduced is { } reduced)
        {
            json.WriteStartObject("reduced");
            json.WriteNumber("full", reduced.Full);
            json.WriteNumber("newcomer", reduced.Newcomer);
            json.WriteNumber("absence", reduced.Absence);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteExclusion(Utf8JsonWriter json, Exclusion exclusion)
    {
        json.WriteStartObject();
        json.WriteString(Prosecutor, exclusion.Prosecutor);
        json.WriteString(Reason, exclusion.Reason);
        json.WriteEndObject();
    }

    private static void WriteLastTurn(Utf8JsonWriter json, Turn? last)
    {
        if (last is null)
        {
            json.WriteNull("lastTurn");
            return;
        }

        json.WriteStartObject("lastTurn");
        json.WriteString("prosecutor", last.Prosecutor);
        json.WriteNumber("taken", last.Taken);
        json.WriteEndObject();
    }
}

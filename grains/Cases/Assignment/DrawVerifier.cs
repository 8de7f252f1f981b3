using System.Globalization;
using System.Text.Json;

namespace Cluster.Cases.Assignment;

/// <summary>What is wrong with a published day.</summary>
/// <param name="Draw">Number of the draw; null if it concerns the day.</param>
/// <param name="Code">Stable code: malformed, secret-missing, commitment, number, order, policy, turn, capacity, score, u, chosen.</param>
public sealed record DrawFault(int? Draw, string Code);

/// <summary>Recomputes a finished day from what was published, as anybody outside can (contract chapter 7).</summary>
/// <remarks>Draws that tell no policy, as they were published at first, are verified but for how their scores came about.</remarks>
public static class DrawVerifier
{
    // u may have passed through a reader that keeps 17 digits.
    private const decimal Tolerance = 1e-15m;

    /// <summary>The faults of a day; none if every draw is as the secret says. Never throws on bad input.</summary>
    public static IReadOnlyList<DrawFault> Verify(string dayJson)
    {
        try
        {
            using var document = JsonDocument.Parse(dayJson);
            return Verify(document.RootElement);
        }
        catch (JsonException)
        {
            return [new(null, "malformed")];
        }
    }

    /// <inheritdoc cref="Verify(string)"/>
    public static IReadOnlyList<DrawFault> Verify(JsonElement day)
    {
        var faults = new List<DrawFault>();
        try
        {
            VerifyDay(day, faults);
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException or OverflowException)
        {
            faults.Add(new(null, "malformed"));
        }

        return faults;
    }

    private static void VerifyDay(JsonElement day, List<DrawFault> faults)
    {
        if (day.GetProperty("secret").GetString() is not { } hex)
        {
            faults.Add(new(null, "secret-missing"));
            return;
        }

        var secret = Convert.FromHexString(hex);
        if (day.GetProperty("commitment").GetString() != DrawDay.CommitmentOf(secret))
        {
            faults.Add(new(null, "commitment"));
        }

        var department = day.GetProperty("department").GetString()!;
        var date = DateOnly.ParseExact(day.GetProperty("date").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var scores = new ScoreCheck();
        var expected = 1;
        foreach (var draw in day.GetProperty("draws").EnumerateArray())
        {
            var number = draw.GetProperty("number").GetInt32();
            if (number != expected)
            {
                faults.Add(new(number, "number")); // a draw left out or added
            }

            expected = number + 1;
            var u = DrawNumber.Of(secret, department, date, number, draw.GetProperty("case").GetString()!);
            faults.AddRange(FaultsOf(draw, u, scores).Select(code => new DrawFault(number, code)));
        }
    }

    private static IEnumerable<string> FaultsOf(JsonElement draw, DrawNumber u, ScoreCheck check)
    {
        var eligible = draw.GetProperty("eligible").EnumerateArray()
            .Select(e => (Id: e.GetProperty("prosecutor").GetString()!, Score: e.GetProperty("score").GetDecimal()))
            .ToArray();
        if (eligible.Zip(eligible.Skip(1)).Any(pair => string.CompareOrdinal(pair.First.Id, pair.Second.Id) >= 0))
        {
            yield return "order";
        }

        if (eligible.Any(e => e.Score <= 0))
        {
            yield return "score";
            yield break;
        }

        if (draw.TryGetProperty("policy", out var policy) && check.FaultOf(draw, policy.GetString()!) is { } fault)
        {
            yield return fault;
        }

        if (Math.Abs(draw.GetProperty("u").GetDecimal() - u.Value) > Tolerance)
        {
            yield return "u";
        }

        var chosen = u.Choose([.. eligible.Select(e => e.Score)]);
        if (draw.GetProperty("chosen").GetString() != (chosen < 0 ? null : eligible[chosen].Id))
        {
            yield return "chosen";
        }
    }
}

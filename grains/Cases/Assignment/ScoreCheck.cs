using System.Text.Json;

namespace Cluster.Cases.Assignment;

/// <summary>Whether the scores and turns of a day's draws follow from what they tell of loads, capacities and weights.</summary>
internal sealed class ScoreCheck
{
    private Turn? _last;
    private bool _followsOn;

    /// <summary>The code of what does not follow; null if all does.</summary>
    public string? FaultOf(JsonElement draw, string policy)
    {
        if (!DrawStrategy.TryParsePolicy(policy, out var strategy))
        {
            return "policy"; // one that this program does not know
        }

        var turn = draw.GetProperty("mode").GetString() != Draw.Rotation || FollowsInTurn(draw, strategy);
        return !turn ? "turn" : !FollowCapacities(draw) ? "capacity" : FollowScores(draw, strategy) ? null : "score";
    }

    /// <summary>Who has less capacity than the office gives has as much as the shares that are told leave.</summary>
    private static bool FollowCapacities(JsonElement draw)
    {
        foreach (var candidate in draw.GetProperty("eligible").EnumerateArray())
        {
            if (!candidate.TryGetProperty("reduced", out var told))
            {
                continue;
            }

            var reduced = new ReducedCapacity(told.GetProperty("full").GetDecimal(), told.GetProperty("newcomer").GetDecimal(), told.GetProperty("absence").GetDecimal());
            if (reduced is not { Full: > 0 and <= 1_000, Newcomer: > 0 and <= 1, Absence: > 0 and <= 1 } || candidate.GetProperty("capacity").GetDecimal() != reduced.ForNew)
            {
                return false;
            }
        }

        return true;
    }

    private static bool FollowScores(JsonElement draw, DrawStrategy strategy)
    {
        var eligible = draw.GetProperty("eligible");
        var loads = new long[eligible.GetArrayLength()];
        var capacities = new long[loads.Length];
        if (!Fixed.TryExact(draw.GetProperty("weight").GetDecimal(), 0, out var weight))
        {
            return false;
        }

        var i = 0;
        foreach (var candidate in eligible.EnumerateArray())
        {
            if (!Fixed.TryExact(candidate.GetProperty("load").GetDecimal(), 0, out loads[i])
                || !Fixed.TryExact(candidate.GetProperty("capacity").GetDecimal(), 1, out capacities[i++]))
            {
                return false;
            }
        }

        return DrawScores.Of(strategy, weight, loads, capacities)
            .Select(score => Fixed.Printed((long)score, DrawScores.Decimals))
            .SequenceEqual(eligible.EnumerateArray().Select(e => e.GetProperty("score").GetDecimal()));
    }

    /// <summary>The turn before is what the day says it was, and the one after it is chosen.</summary>
    private bool FollowsInTurn(JsonElement draw, DrawStrategy strategy)
    {
        var last = draw.GetProperty("lastTurn") is { ValueKind: not JsonValueKind.Null } told
            ? new Turn(told.GetProperty("prosecutor").GetString()!, told.GetProperty("taken").GetInt32())
            : null;
        var passed = draw.GetProperty("excluded").EnumerateArray().Where(e => e.GetProperty("reason").GetString() == Draw.NotTheirTurn);
        string[] candidates =
        [
            .. draw.GetProperty("eligible").EnumerateArray().Concat(passed)
                .Select(e => e.GetProperty("prosecutor").GetString()!).Order(StringComparer.Ordinal),
        ];
        var chosen = draw.GetProperty("chosen").GetString();
        var follows = (!_followsOn || last == _last)
            && strategy.Method == DrawMethod.Turns && candidates.Length > 0 && Turn.Next(last, candidates, strategy.Each) == chosen;
        _last = Turn.After(last, chosen!, strategy.Each);
        _followsOn = true;
        return follows;
    }
}

namespace Cluster.Cases.Assignment;

/// <summary>Whose turn the last one was (轮案), and how many cases of it are taken.</summary>
public sealed record Turn(string Prosecutor, int Taken)
{
    /// <summary>Who has the turn now: the same until it is full, then the next by id; who may not have the case is passed over.</summary>
    /// <param name="last">Null before the first turn.</param>
    /// <param name="candidates">Ids, sorted; not empty.</param>
    /// <param name="each">How many cases a turn has.</param>
    public static string Next(Turn? last, IReadOnlyList<string> candidates, int each)
    {
        var following = candidates[0];
        for (var i = candidates.Count - 1; i >= 0 && last is not null; i--)
        {
            var order = string.CompareOrdinal(candidates[i], last.Prosecutor);
            if (order == 0 && last.Taken < each)
            {
                return last.Prosecutor;
            }

            if (order <= 0)
            {
                break;
            }

            following = candidates[i];
        }

        return following;
    }

    /// <summary>The turn after a case went to somebody.</summary>
    public static Turn After(Turn? last, string prosecutor, int each) =>
        last is not null && last.Prosecutor == prosecutor && last.Taken < each ? last with { Taken = last.Taken + 1 } : new(prosecutor, 1);
}

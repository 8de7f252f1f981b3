using System.Text.Json;

namespace Cluster.Cases.Assignment;

/// <summary>
/// A draw tells of everybody on the roster, and one draw is much like the next. Kept is what changed since the draw before of the same day: in the place of the array
/// <c>{"but":[…],"not":[ids]}</c>, where <c>but</c> are those who came or stand otherwise and <c>not</c> those who are gone.
/// </summary>
internal static class DrawChanges
{
    public const string But = "but";
    public const string Not = "not";

    /// <param name="now">By prosecutor, ordinal.</param>
    /// <param name="before">The same; null writes everybody, and so does a draw of which most has changed.</param>
    public static void Write<T>(Utf8JsonWriter json, IReadOnlyList<T> now, IReadOnlyList<T>? before, Func<T, string> prosecutor, Action<Utf8JsonWriter, T> write)
        where T : IEquatable<T>
    {
        if (before is not null && now.Count > 0 && Between(before, now, prosecutor) is var (but, not) && 2 * (but.Count + not.Count) <= now.Count)
        {
            json.WriteStartObject();
            json.WriteStartArray(But);
            foreach (var one in but) write(json, one);
            json.WriteEndArray();
            json.WriteStartArray(Not);
            foreach (var id in not) json.WriteStringValue(id);
            json.WriteEndArray();
            json.WriteEndObject();
            return;
        }

        json.WriteStartArray();
        foreach (var one in now) write(json, one);
        json.WriteEndArray();
    }

    private static (List<T> But, List<string> Not) Between<T>(IReadOnlyList<T> before, IReadOnlyList<T> now, Func<T, string> prosecutor)
        where T : IEquatable<T>
    {
        var (but, not) = (new List<T>(), new List<string>());
        var (b, n) = (0, 0);
        while (b < before.Count || n < now.Count)
        {
            var order = b == before.Count ? 1 : n == now.Count ? -1 : string.CompareOrdinal(prosecutor(before[b]), prosecutor(now[n]));
            if (order < 0)
            {
                not.Add(prosecutor(before[b++]));
            }
            else
            {
                if (order > 0 || !before[b].Equals(now[n])) but.Add(now[n]);
                n++;
                if (order == 0) b++;
            }
        }

        return (but, not);
    }
}

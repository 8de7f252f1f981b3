using System.Globalization;

namespace Cluster.Cases.Assignment;

/// <summary>The ways to draw that an office may choose from.</summary>
public enum DrawMethod
{
    /// <summary>By chance among the half that would carry least.</summary>
    Balanced,

    /// <summary>In turn by prosecutor id (轮案).</summary>
    Turns,

    /// <summary>By chance, blind to load.</summary>
    Random,
}

/// <summary>How a department draws.</summary>
/// <param name="Method">The way.</param>
/// <param name="Each">How many cases each takes before the next has the turn; 1 where nobody takes turns.</param>
public readonly record struct DrawStrategy(DrawMethod Method, int Each)
{
    /// <summary>Longest turn.</summary>
    public const int MostEach = 100;

    private const string Turns = "turns";
    private const string Version = "/1";

    public static DrawStrategy Balanced { get; } = new(DrawMethod.Balanced, 1);

    public static DrawStrategy Random { get; } = new(DrawMethod.Random, 1);

    /// <summary>Name and version under which draws are recorded, such as <c>turns:3/1</c>: what a version means never changes.</summary>
    public string Policy => (Method switch
    {
        DrawMethod.Turns => Each == 1 ? Turns : string.Create(CultureInfo.InvariantCulture, $"{Turns}:{Each}"),
        DrawMethod.Random => "random",
        _ => "balanced",
    }) + Version;

    public static DrawStrategy InTurns(int each) => new(DrawMethod.Turns, each);

    /// <summary>Reads balanced, random, turns or turns:m; also weighted-random for balanced and rotation for turns, as they were called.</summary>
    /// <param name="text">Null is balanced.</param>
    public static bool TryParse(string? text, out DrawStrategy strategy)
    {
        (strategy, var known) = text switch
        {
            null or "balanced" or "weighted-random" => (Balanced, true),
            "random" => (Random, true),
            Turns or "rotation" => (InTurns(1), true),
            _ => (Balanced, false),
        };
        if (!known && text!.StartsWith(Turns + ":", StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(Turns.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var each) && each is >= 1 and <= MostEach)
        {
            (strategy, known) = (InTurns(each), true);
        }

        return known;
    }

    /// <summary>Reads what a draw recorded; false for a version that this program does not know.</summary>
    public static bool TryParsePolicy(string policy, out DrawStrategy strategy)
    {
        strategy = Balanced;
        return policy.EndsWith(Version, StringComparison.Ordinal) && TryParse(policy[..^Version.Length], out strategy) && strategy.Policy == policy;
    }
}

namespace Simulation.Truths;

/// <summary>Something that is claimed, and a run ends where it is not so.</summary>
internal static class Claim
{
    public static void Same(string invariant, string expected, string actual, Func<string> what) =>
        Holds(invariant, expected == actual, () => $"{what()}\n  expected: {expected}\n  actual:   {actual}");

    public static void Holds(string invariant, bool condition, Func<string> what)
    {
        if (!condition) throw new NotTrueException(invariant, what());
    }
}

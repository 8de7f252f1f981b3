namespace Simulation.Truths;

/// <summary>Something that must stay true did not.</summary>
/// <param name="invariant">Which, in a word or two that stay the same from run to run.</param>
internal sealed class NotTrueException(string invariant, string message) : Exception($"Not true ({invariant}): {message}")
{
    public string Invariant => invariant;
}

namespace Cluster.Verify;

/// <summary>Checks published draws offline: <c>verify-draws FILE</c>, or <c>-</c> for what comes in.</summary>
public static class Program
{
    /// <returns>0 if all draws are as they should be, 1 if something is wrong with one, 2 if the file could not be read.</returns>
    public static int Main(string[] args) => VerifyDraws.Run(args, Console.OpenStandardInput, Console.Out, Console.Error);
}

namespace Cluster.Api.Cases;

/// <summary>Case ids (contract chapter 4): 1 to 128 characters without control characters.</summary>
internal static class CaseId
{
    public const int Longest = 128;

    public static bool IsPossible(string id) => id.Length is >= 1 and <= Longest && !id.Any(char.IsControl);
}

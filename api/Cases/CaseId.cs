namespace Cluster.Api.Cases;

/// <summary>Case ids (contract chapter 4): 1 to 128 characters without control characters, not all of them blank.</summary>
internal static class CaseId
{
    public const int Longest = 128;

    public static bool IsPossible(string id) => Characters(id) <= Longest && !string.IsNullOrWhiteSpace(id) && !id.Any(char.IsControl);

    /// <summary>Characters (code points), of which .NET counts those beyond the first plane twice.</summary>
    public static int Characters(string text) => text.Length - text.Count(char.IsLowSurrogate);
}

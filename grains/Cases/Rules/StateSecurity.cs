using Cluster.Cases.Assessment;
using Cluster.Cases.Events;

namespace Cluster.Cases.Rules;

/// <summary>危害国家安全罪: chapter 1 of the special part of the Criminal Law.</summary>
internal static class StateSecurity
{
    private const string Chapter = "危害国家安全罪";

    /// <summary>Whether a suspect is charged with one: by the own charges, else by those of the case.</summary>
    public static bool Charged(CaseState state, SuspectState suspect)
    {
        var own = suspect.Entry?.Objects("charges") ?? [];
        return Any(own.Count > 0 ? own : state.Accepted?.Data.Objects("charges") ?? []);
    }

    private static bool Any(IReadOnlyList<EventData> charges)
    {
        for (var i = 0; i < charges.Count; i++)
        {
            if (charges[i]["name"].Text is { } name && Charges.Default.Find(name)?.Chapter == Chapter) return true;
        }

        return false;
    }
}

using Cluster.Cases.Events;
using Cluster.Law;

namespace Cluster.Cases.Assessment;

/// <summary>The JSON bodies of the public contract that follow from the law and a history alone.</summary>
public static class CaseJson
{
    /// <summary>The body of <c>POST /api/assess</c>: the case of contract chapter 5 for a set of events.</summary>
    public static byte[] Assess(string caseId, IReadOnlyList<CaseEvent> events, DateTimeOffset asOf) => throw new NotImplementedException();

    /// <summary>The catalogue as <c>GET /api/rules</c> lists it.</summary>
    public static byte[] Rules(IReadOnlyDictionary<string, long> fired) => throw new NotImplementedException();
}

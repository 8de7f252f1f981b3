using Orleans;

namespace Cluster.Contracts;

/// <summary>What the events of a case mean could not be found out. They are recorded, and operators know of it.</summary>
[GenerateSerializer, Alias("cluster.case-unassessed")]
public sealed class CaseUnassessedException(Exception? cause = null)
    : Exception("The case cannot be assessed; its events are recorded.", cause);

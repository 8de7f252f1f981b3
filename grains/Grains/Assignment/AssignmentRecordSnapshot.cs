using Orleans;

namespace Cluster.Grains.Assignment;

/// <summary>What was read out of the histories of a department's cases. A cache: the journal alone gives the same.</summary>
[GenerateSerializer, Alias("cluster.assignment-record-snapshot")]
public sealed class AssignmentRecordSnapshot
{
    /// <summary>Which program read it: another may weigh the same history otherwise.</summary>
    [Id(0)]
    public string Edition { get; set; } = "";

    /// <summary>The courses with the revision each was read at, as JSON.</summary>
    [Id(1)]
    public byte[] Courses { get; set; } = [];
}

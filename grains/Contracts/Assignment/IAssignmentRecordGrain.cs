using Orleans;

namespace Cluster.Contracts;

/// <summary>
/// How a department gave its cases, looked back on: derived from the histories of the cases and the roster alone, so that it says the same
/// whoever asks and however often it starts anew. Apart from the department itself, whose draws must not wait for it. The key is the department id.
/// </summary>
[Alias("cluster.assignment-record-grain")]
public interface IAssignmentRecordGrain : IGrainWithStringKey
{
    /// <summary>Learns what is new and tells the department what is wrong in it now.</summary>
    [Alias("review")]
    Task Review();

    /// <summary>Everything the rules about a department ever found in it, open and cleared, as JSON; null when it is not defined.</summary>
    [Alias("findings")]
    Task<byte[]?> Findings();

    /// <summary>Fairness over time, one point for so many days, with the pairs above chance, as JSON; null when the department is not defined.</summary>
    [Alias("fairness")]
    Task<byte[]?> Fairness(DateOnly from, DateOnly until, int days);

    /// <summary>The cases behind a number, as JSON; null when the department is not defined.</summary>
    /// <param name="kind">assigned, designated or reassigned.</param>
    [Alias("given")]
    Task<byte[]?> Given(DateOnly from, DateOnly until, string kind);
}

using System.Globalization;
using System.Text.Json.Serialization;
using Orleans;
using Orleans.Concurrency;

namespace Cluster.Contracts;

/// <summary>One department: roster, draws, live workload. The key is the department id.</summary>
[Alias("cluster.department-grain")]
public interface IDepartmentGrain : IGrainWithStringKey
{
    /// <summary>Creates or changes the department. Durable when it returns.</summary>
    [Alias("define")]
    Task Define(DepartmentDefinition definition);

    /// <summary>Puts a prosecutor on the roster or changes the entry; who waits for a prosecutor is drawn for again.</summary>
    [Alias("enrol")]
    Task Enrol(ProsecutorDefinition prosecutor);

    /// <summary>Takes a prosecutor off the roster (moved to another department).</summary>
    [Alias("withdraw")]
    Task Withdraw(string prosecutor);

    /// <summary>Draws a prosecutor for a case. The draw is durable when it returns; asking again for the same case answers the same draw until the case has recorded it.</summary>
    /// <returns>The draw, or null when the department is not defined or nobody is eligible.</returns>
    [Alias("assign"), AlwaysInterleave]
    Task<Assigned?> Assign(AssignmentRequest request);

    /// <summary>A draw was not recorded by its case after all, which stands as this summary says. The draw itself stays published.</summary>
    [Alias("release"), AlwaysInterleave]
    Task Release(CaseSummary summary);

    /// <summary>What a draw for this case would look like now: eligible, excluded with reason, loads, probabilities. Stores nothing.</summary>
    [Alias("preview"), ReadOnly]
    Task<byte[]> Preview(AssignmentRequest request);

    /// <summary>Why somebody cannot have a case even if the office wants it so: recused, away, not qualified, not of this department; null if they can.</summary>
    [Alias("obstacle"), ReadOnly]
    Task<string?> Obstacle(AssignmentRequest request, string prosecutor);

    /// <summary>Who should take which case, so that the load is even, as JSON; null when the department is not defined. Changes nothing.</summary>
    [Alias("rebalance"), AlwaysInterleave]
    Task<byte[]?> Rebalance(RebalancingRequest request);

    /// <summary>Learns the state of a case. Idempotent by revision.</summary>
    [Alias("observe"), AlwaysInterleave]
    Task Observe(CaseSummary summary);

    /// <summary>The workload of contract chapter 7, as JSON.</summary>
    [Alias("workload"), ReadOnly]
    Task<byte[]?> Workload();

    /// <summary>The cases that wait for a prosecutor, and why nobody may have them, as JSON; null when the department is not defined. Changes nothing.</summary>
    [Alias("queue"), AlwaysInterleave]
    Task<byte[]?> Queue();

    /// <summary>What the rules about a department find in it now, as a JSON array; the same again tells nobody anything.</summary>
    [Alias("found"), AlwaysInterleave]
    Task Found(byte[] findings);

    /// <summary>The draws of contract chapter 7, one object a day, as JSON.</summary>
    [Alias("draws")]
    Task<byte[]> Draws(DateOnly from, DateOnly until);
}

/// <summary>What a department needs to know of a case to draw for it.</summary>
/// <param name="Weight">Weight of domain.md 8.3.</param>
/// <param name="Preferred">The prosecutor of the case that this one continues or is linked with; null if none.</param>
/// <param name="Excluded">Prosecutors this case must not go to, with the reason: recused, or who handled what is reconsidered.</param>
/// <param name="Needs">Specialties the law asks for: 未检 where a suspect is a minor.</param>
/// <param name="Organs">Names of sending organ and defenders, for recusal by relation.</param>
/// <param name="Revision">The revision of the case that will record the draw; older news of the case does not undo it.</param>
/// <param name="Recorded">Draws the case has recorded before, as <c>department/date/number</c>: a case that asks all the same has lost them to a void, and is drawn for anew.</param>
[GenerateSerializer, Immutable, Alias("cluster.assignment-request")]
public sealed record AssignmentRequest(
    [property: Id(0)] string Case,
    [property: Id(1)] string CaseType,
    [property: Id(2)] double Weight,
    [property: Id(3)] string? Preferred,
    [property: Id(4)] ExcludedProsecutor[] Excluded,
    [property: Id(5)] string[] Needs,
    [property: Id(6)] string[] Organs,
    [property: Id(7)] long Revision = 0,
    [property: Id(8)] string[]? Recorded = null);

/// <summary>A prosecutor who must not be drawn for a case, and why.</summary>
[GenerateSerializer, Immutable, Alias("cluster.excluded-prosecutor")]
public sealed record ExcludedProsecutor(
    [property: Id(0)] string Prosecutor,
    [property: Id(1)] string Reason);

/// <summary>The result of one draw.</summary>
/// <param name="Mode">random, linked or rotation.</param>
/// <param name="Number">From 1, per department and day.</param>
[GenerateSerializer, Immutable, Alias("cluster.assigned")]
public sealed record Assigned(
    [property: Id(0)] string Prosecutor,
    [property: Id(1)] string Mode,
    [property: Id(2)] string Department,
    [property: Id(3)] DateOnly Date,
    [property: Id(4)] int Number,
    [property: Id(5)] DateTimeOffset At)
{
    /// <summary>The name of the draw, the same for ever.</summary>
    [JsonIgnore]
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Department}/{Date:yyyy-MM-dd}/{Number}");
}

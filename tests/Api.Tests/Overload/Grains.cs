using Cluster.Api.Tests.World;
using Cluster.Contracts;

namespace Cluster.Api.Tests.Overload;

/// <summary>Cases that record as a test says.</summary>
internal sealed class Grains(Func<EventMessage[], Task<EventOutcome[]>> record) : TextKeys, ICaseGrain
{
    public override TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null) => (TGrainInterface)(object)this;

    public Task<EventOutcome[]> Record(EventMessage[] events) => record(events);

    public Task<ActOutcome[]> Act(AlertAct[] acts) => throw new NotSupportedException();

    public Task<CaseAnswer?> Read(DateTimeOffset? asOf) => Task.FromResult<CaseAnswer?>(null);

    public Task<CaseEvents?> Events() => Task.FromResult<CaseEvents?>(null);

    public Task<AssignmentRequest?> ForAssignment() => Task.FromResult<AssignmentRequest?>(null);

    public Task<HandoverFacts?> ForHandover() => Task.FromResult<HandoverFacts?>(null);

    public Task<Reassigned> Reassign(Reassignment reassignment) => throw new NotSupportedException();

    public Task Wake() => Task.CompletedTask;

    public Task Deliver() => Task.CompletedTask;
}

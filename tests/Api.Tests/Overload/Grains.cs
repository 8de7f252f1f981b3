using Cluster.Contracts;
using Orleans;

namespace Cluster.Api.Tests.Overload;

/// <summary>Cases that record as a test says.</summary>
internal sealed class Grains(Func<EventMessage[], Task<EventOutcome[]>> record) : IGrainFactory, ICaseGrain
{
    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey => (TGrainInterface)(object)this;

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => this;

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver => throw new NotSupportedException();

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver => throw new NotSupportedException();

    public Task<EventOutcome[]> Record(EventMessage[] events) => record(events);

    public Task<CaseAnswer?> Read(DateTimeOffset? asOf) => Task.FromResult<CaseAnswer?>(null);

    public Task<CaseEvents?> Events() => Task.FromResult<CaseEvents?>(null);

    public Task<AssignmentRequest?> ForAssignment() => Task.FromResult<AssignmentRequest?>(null);

    public Task Wake() => Task.CompletedTask;

    public Task Deliver() => Task.CompletedTask;
}

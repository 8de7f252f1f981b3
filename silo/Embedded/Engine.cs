using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Cluster.Embedded;

/// <summary>
/// Runs grains in this process. Arguments and results are passed by reference, not copied: messages must be immutable.
/// Otherwise it differs from Microsoft.Orleans only by promising more: a write never starts beside a read that still runs,
/// a call to a deleted observer fails at once, observers are held strongly, a failed activation is not waited out.
/// </summary>
internal sealed class Engine : IClusterClient
{
    private readonly ConcurrentDictionary<(Type Interface, string? Prefix), GrainClass> _resolved = new();
    private readonly GrainClass[] _classes;
    private long _observers;
    private volatile Intake _intake;

    public Engine(EngineOptions options, IEnumerable<GrainAssembly> assemblies, TimeProvider time, IServiceProvider services, ILogger<Engine> log)
    {
        Options = options;
        Clock = new(time, options);
        ServiceProvider = services;
        Log = log;
        Census = new(options);
        _classes = [.. assemblies.Select(grains => grains.Assembly).Distinct()
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsAbstract: false, IsGenericTypeDefinition: false } && type.IsAssignableTo(typeof(Grain)))
            .Select(type => new GrainClass(this, type))];
    }

    private enum Intake
    {
        Open,
        FromGrains, // the grains finish what they do, and may call each other to that end
        Closed,
    }

    public EngineOptions Options { get; }

    public Clock Clock { get; }

    public ILogger Log { get; }

    public Census Census { get; }

    public IReadOnlyList<GrainClass> Classes => _classes;

    public IServiceProvider ServiceProvider { get; }

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey =>
        (TGrainInterface)Reference(typeof(TGrainInterface), primaryKey, grainClassNamePrefix);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) =>
        (IGrain)Reference(grainInterfaceType, grainPrimaryKey, prefix: null);

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        if (obj is GrainReference or Grain)
            throw new ArgumentException("A grain observes through this.AsReference<T>().", nameof(obj));
        var id = GrainId.Create("observer", Interlocked.Increment(ref _observers).ToString());
        return (TGrainObserverInterface)GrainReference.To(new ObserverRecipient(this, id, obj), typeof(TGrainObserverInterface));
    }

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj) where TGrainObserverInterface : IGrainObserver
    {
        if ((obj as IAddressable) is not GrainReference { Address: ObserverRecipient observer })
            throw new ArgumentException("Not a reference to an observer.", nameof(obj));
        observer.Delete();
    }

    /// <returns>What the called method returns: a task, most often.</returns>
    public object? Send(IAddress address, GrainMethod method, object?[] arguments)
    {
        var call = method.NewCall(arguments, Log);
        if (_intake == Intake.Open || (_intake == Intake.FromGrains && TaskScheduler.Current is TurnScheduler))
            address.Deliver(call);
        else
            call.Fail(new SiloUnavailableException("The engine is stopping."));
        return call.Reply;
    }

    /// <summary>
    /// Refuses calls from outside, lets those under way come to their end, and deactivates every grain, as far as
    /// <paramref name="cancellation"/> leaves time.
    /// </summary>
    public async Task Stop(CancellationToken cancellation)
    {
        _intake = Intake.FromGrains;
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The engine is stopping.");
        try
        {
            // Grains that come to their end may call others, which activates these once more.
            while (Activations() is { Length: > 0 } activations)
                await Task.WhenAll(activations.Select(activation => activation.DeactivateWhenDrained(reason))).WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            Log.StopIncomplete(Activations().Length);
        }
        _intake = Intake.Closed;
    }

    // Sorted, so that a simulation does not depend on the order of a hash table.
    private Activation[] Activations() => [.. _classes.SelectMany(grainClass => grainClass.Activations)
        .OrderBy(activation => activation.Id.ToString(), StringComparer.Ordinal)];

    private object Reference(Type type, string key, string? prefix)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return GrainReference.To(new GrainAddress(_resolved.GetOrAdd((type, prefix), Resolve), key), type);
    }

    private GrainClass Resolve((Type Interface, string? Prefix) wanted)
    {
        var found = Array.FindAll(_classes, candidate => candidate.Type.IsAssignableTo(wanted.Interface)
            && (wanted.Prefix is null || candidate.Type.FullName!.StartsWith(wanted.Prefix, StringComparison.Ordinal)));
        return found.Length == 1 ? found[0] : throw new ArgumentException(found.Length == 0
            ? $"No grain class implements {wanted.Interface}; was its assembly given to AddGrains?"
            : $"{wanted.Interface} is implemented by {string.Join(" and ", found.Select(grainClass => grainClass.Type))}.");
    }
}

/// <summary>An assembly whose grain classes the engine runs.</summary>
internal sealed record GrainAssembly(Assembly Assembly);

using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Core;
using Orleans.Runtime;
using Orleans.Storage;

namespace Cluster.Embedded;

/// <summary>A grain class: what its attributes say, how to make an instance, and its activations by key.</summary>
internal sealed class GrainClass
{
    private const string Suffix = "Grain";

    private readonly ConcurrentDictionary<string, Activation> _activations = new();
    private readonly ObjectFactory _factory;
    private long _calls;
    private readonly ParameterInfo[] _stateParameters;

    public GrainClass(Engine engine, Type type)
    {
        Engine = engine;
        Type = type;
        var name = type.Name.EndsWith(Suffix, StringComparison.Ordinal) && type.Name != Suffix ? type.Name[..^Suffix.Length] : type.Name;
        GrainType = GrainType.Create(type.GetCustomAttribute<GrainTypeAttribute>()?.GrainType ?? name.ToLowerInvariant());
        Reentrant = type.IsDefined(typeof(ReentrantAttribute));
        KeepAlive = type.IsDefined(typeof(KeepAliveAttribute));
        _stateParameters = [.. type.GetConstructors().SelectMany(constructor => constructor.GetParameters())
            .Where(parameter => parameter.IsDefined(typeof(PersistentStateAttribute)))];
        _factory = ActivatorUtilities.CreateFactory(type, [.. _stateParameters.Select(parameter => parameter.ParameterType)]);
    }

    public Engine Engine { get; }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public bool Reentrant { get; }

    public bool KeepAlive { get; }

    public IEnumerable<Activation> Activations => _activations.Values;

    /// <summary>How many activations there are.</summary>
    public int Count => _activations.Count;

    /// <summary>How many calls were sent to them.</summary>
    public long Calls => Interlocked.Read(ref _calls);

    public void Deliver(string key, Request request)
    {
        Interlocked.Increment(ref _calls);
        // An activation that has ended refuses, and by then has entered its successor or left the directory.
        while (!_activations.GetOrAdd(key, static (key, self) => new Activation(self, key), this).TryAccept(request))
        {
        }
    }

    /// <summary>Enters the successor of an activation, or removes it.</summary>
    public void Replace(string key, Activation ended, Activation? successor)
    {
        if (successor is null)
            _activations.TryRemove(new(key, ended));
        else
            _activations[key] = successor;
    }

    /// <summary>Makes an instance, in a turn of its activation, with its states yet to be read.</summary>
    public Grain Create(Activation activation, out IReadOnlyList<IStorage> states)
    {
        var made = Array.ConvertAll(_stateParameters, parameter => NewState(parameter, activation));
        states = [.. made.Cast<IStorage>()];
        return (Grain)_factory(activation.ActivationServices, made);
    }

    private object NewState(ParameterInfo parameter, Activation activation)
    {
        var attribute = parameter.GetCustomAttribute<PersistentStateAttribute>()!;
        var storage = string.IsNullOrEmpty(attribute.StorageName)
            ? activation.ActivationServices.GetService<IGrainStorage>()
            : activation.ActivationServices.GetKeyedService<IGrainStorage>(attribute.StorageName);
        if (storage is null)
            throw new BadProviderConfigException($"{Type} asks for storage '{attribute.StorageName}', which is not registered.");
        var name = string.IsNullOrEmpty(attribute.StateName) ? parameter.Name : attribute.StateName;
        var state = typeof(PersistentState<>).MakeGenericType(parameter.ParameterType.GetGenericArguments());
        return Activator.CreateInstance(state, name, activation.Id, storage)!;
    }
}

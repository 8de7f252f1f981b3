using System.Reflection;
using Orleans.Runtime;

namespace Cluster.Embedded;

/// <summary>Where a reference sends its calls.</summary>
internal interface IAddress
{
    Engine Engine { get; }

    GrainId Id { get; }

    void Deliver(Request request);
}

internal sealed record GrainAddress(GrainClass Class, string Key) : IAddress
{
    public Engine Engine => Class.Engine;

    public GrainId Id => GrainId.Create(Class.GrainType, Key);

    public void Deliver(Request request) => Class.Deliver(Key, request);
}

/// <summary>Implements grain and observer interfaces by sending each call to an address. Equal if the addresses are.</summary>
internal class GrainReference : DispatchProxy, IAddressable
{
    public IAddress Address { get; private set; } = null!;

    public static object To(IAddress address, Type interfaceType)
    {
        var reference = Create(interfaceType, typeof(GrainReference));
        ((GrainReference)reference).Address = address;
        return reference;
    }

    public override bool Equals(object? obj) => obj is GrainReference other && Address.Equals(other.Address);

    public override int GetHashCode() => Address.GetHashCode();

    public override string ToString() => $"GrainReference:{Address.Id}";

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        Address.Engine.Send(Address, GrainMethod.Of(targetMethod!), args ?? []);
}

using Cluster.Embedded;
using Orleans.Runtime;

namespace Orleans;

public static class GrainExtensions
{
    /// <summary>A reference to this grain that can be passed on; <c>this</c> itself cannot.</summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) =>
        (TGrainInterface)GrainReference.To(AddressOf(grain), typeof(TGrainInterface));

    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => grain.AsReference<TGrainInterface>();

    public static GrainId GetGrainId(this IAddressable grain) => AddressOf(grain).Id;

    public static string GetPrimaryKeyString(this IAddressable grain) => AddressOf(grain).Id.Key.ToString();

    private static IAddress AddressOf(IAddressable grain) => grain switch
    {
        null => throw new ArgumentNullException(nameof(grain)),
        GrainReference reference => reference.Address,
        Grain { GrainContext: Activation activation } => activation.Address,
        _ => throw new ArgumentException($"{grain.GetType()} is neither a grain in the engine nor a reference.", nameof(grain)),
    };
}

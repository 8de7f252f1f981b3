using Orleans.Runtime;

namespace Orleans.Runtime
{
    /// <summary>Whatever can be called through a reference: grains and observers.</summary>
    public interface IAddressable;
}

namespace Orleans
{
    public interface IGrain : IAddressable;

    public interface IGrainWithStringKey : IGrain;

    /// <summary>
    /// An object outside the grains that grains call back. Hold on to it for as long as it shall be called: an engine may
    /// keep only a weak reference.
    /// </summary>
    public interface IGrainObserver : IAddressable;
}

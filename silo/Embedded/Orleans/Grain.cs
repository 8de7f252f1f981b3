using System.Diagnostics.CodeAnalysis;
using Cluster.Embedded;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.Runtime
{
    /// <summary>The activation a grain instance lives in.</summary>
    public interface IGrainContext
    {
        GrainId GrainId { get; }

        object? GrainInstance { get; }

        /// <summary>The services of this activation's scope, which ends with it.</summary>
        IServiceProvider ActivationServices { get; }

        /// <summary>Ends this activation once the running requests have completed; those still waiting go to the next one.</summary>
        void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
    }
}

namespace Orleans
{
    public interface IGrainBase
    {
        IGrainContext GrainContext { get; }
    }

    /// <summary>
    /// Base of all grain classes. The code of one activation never runs in parallel with itself, and a request completes
    /// before the next one starts unless an attribute of Orleans.Concurrency says otherwise.
    /// </summary>
    public abstract class Grain : IGrainBase, IAddressable
    {
        // A grain made by a unit test has no context, and may not use what needs one.
        protected Grain() => GrainContext = TaskScheduler.Current as Activation;

        [AllowNull]
        public IGrainContext GrainContext { get; }

        protected IGrainFactory GrainFactory => ServiceProvider.GetRequiredService<IGrainFactory>();

        protected internal IServiceProvider ServiceProvider => GrainContext.ActivationServices;

        public string IdentityString => GrainContext.GrainId.ToString();

        /// <summary>Runs before the first request. If it fails so do the waiting calls, and the next call starts anew.</summary>
        public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        /// <summary>Runs after the last request. Not to be relied on: a process that is killed does not deactivate.</summary>
        public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

        protected void DeactivateOnIdle() => GrainContext.Deactivate(
            new(DeactivationReasonCode.ApplicationRequested, "DeactivateOnIdle was called."));

        /// <summary>
        /// Keeps the activation for at least this long although idle; <see cref="TimeSpan.MaxValue"/> means for good,
        /// zero or less takes an earlier delay back.
        /// </summary>
        protected void DelayDeactivation(TimeSpan timeSpan) => ((Activation)GrainContext).DelayDeactivation(timeSpan);
    }
}

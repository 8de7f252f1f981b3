namespace Cluster.Embedded;

/// <summary>How the engine runs. All times are measured by the registered <see cref="TimeProvider"/>.</summary>
public sealed class EngineOptions
{
    /// <summary>
    /// How long a caller waits for an answer; <see cref="Timeout.InfiniteTimeSpan"/> for ever. A call that times out before it
    /// started is not executed; one that has started goes on, and its caller does not know the outcome.
    /// </summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a grain without [KeepAlive] stays in memory after its last call.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>When reading the states and OnActivateAsync together take longer, the activation has failed.</summary>
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>When OnDeactivateAsync takes longer, the activation ends without it: a stuck grain must not block its key.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Calls that may wait for one grain; further ones fail with <see cref="Orleans.Runtime.LimitExceededException"/>. High
    /// enough for a burst, low enough that a stuck grain fills neither memory nor the next half minute with stale work.
    /// </summary>
    public int MaxEnqueuedRequests { get; set; } = 10_000;

    /// <summary>
    /// Grains without [KeepAlive] that stay in memory; past this those longest unused leave before their time. A grain that is
    /// needed again is read again, which costs a fraction of a millisecond.
    /// </summary>
    public int MaxActivations { get; set; } = 50_000;

    /// <summary>Bytes of managed memory past which grains leave likewise, however few they are; half of what the process may use unless set.</summary>
    public long MaxMemory { get; set; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;

    /// <summary>Where activations get their thread from. A simulator puts its own here and runs everything on one thread.</summary>
    public IEngineScheduler Scheduler { get; set; } = new ThreadPoolEngineScheduler();

    /// <summary>
    /// Turns an activation may run before others get the thread. More turns cost fewer switches; fewer are fairer; with 1 a
    /// simulator chooses the order of every single turn.
    /// </summary>
    public int TurnsPerSlice { get; set; } = 64;
}

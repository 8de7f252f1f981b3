namespace Cluster.Embedded;

/// <summary>Gives threads to activations.</summary>
public interface IEngineScheduler
{
    /// <summary>
    /// Has <see cref="IThreadPoolWorkItem.Execute"/> called once, soon, and not from within this call. An activation is
    /// never scheduled again before its last slice has ended, so any thread and any order will do.
    /// </summary>
    void Schedule(IThreadPoolWorkItem slice);
}

internal sealed class ThreadPoolEngineScheduler : IEngineScheduler
{
    // The global queue is fair: an activation that never runs out of turns goes behind the others after each slice.
    public void Schedule(IThreadPoolWorkItem slice) => ThreadPool.UnsafeQueueUserWorkItem(slice, preferLocal: false);
}

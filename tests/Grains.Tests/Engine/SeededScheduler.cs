using Cluster.Embedded;

namespace Grains.Tests.Engine;

/// <summary>Runs all activations on the thread of the test, choosing who is next by a seed.</summary>
public sealed class SeededScheduler(ulong seed) : IEngineScheduler
{
    private readonly List<IThreadPoolWorkItem> _ready = [];
    private ulong _state = seed;

    public void Schedule(IThreadPoolWorkItem slice) => _ready.Add(slice);

    /// <returns>How many slices ran until nothing was left to do.</returns>
    public int RunUntilIdle()
    {
        var slices = 0;
        for (; _ready.Count > 0; slices++)
        {
            var chosen = Next(_ready.Count);
            var slice = _ready[chosen];
            _ready.RemoveAt(chosen);
            slice.Execute();
        }
        return slices;
    }

    /// <summary>A number from 0 to below the bound (SplitMix64).</summary>
    public int Next(int bound)
    {
        _state += 0x9E3779B97F4A7C15;
        var z = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)((z ^ (z >> 31)) % (ulong)bound);
    }
}

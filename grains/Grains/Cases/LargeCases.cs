using System.Collections.Concurrent;
using Cluster.Grains.Rules;
using Orleans.Runtime;

namespace Cluster.Grains.Cases;

/// <summary>
/// Where cases of very many events are assessed and written out: one at a time in the whole process, on a thread that gives way to all others.
/// Some rules compare events with each other, so what they cost grows with the square of their number; no such case may cost the others more than one spare thread.
/// </summary>
public sealed class LargeCases : IDisposable
{
    /// <summary>Events past which a case is large. A real one has some fifty; at this number an assessment still takes milliseconds.</summary>
    public const int Events = 1_000;

    // What waits holds a history each; whoever finds no room comes back.
    private const int MostWaiting = 64;

    private readonly BlockingCollection<Action> _waiting = new(MostWaiting);
    private readonly Lock _starting = new();
    private Thread? _thread;

    /// <summary>Runs work when its turn comes.</summary>
    /// <exception cref="LimitExceededException">Too much waits; come back later.</exception>
    public Task<T> Run<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_waiting.TryAdd(Work)) throw new LimitExceededException($"{MostWaiting} large cases wait to be assessed; try again later.");
        Start();
        return done.Task;

        void Work()
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        }
    }

    public void Dispose()
    {
        _waiting.CompleteAdding();
        _thread?.Join(TimeSpan.FromSeconds(1));
    }

    private void Start()
    {
        lock (_starting)
        {
            if (_thread is not null) return;
            _thread = new Thread(Loop) { Name = "large cases", IsBackground = true, Priority = ThreadPriority.Lowest };
            _thread.Start();
        }
    }

    private void Loop()
    {
        Niceness.Lower();
        foreach (var work in _waiting.GetConsumingEnumerable()) work();
    }
}

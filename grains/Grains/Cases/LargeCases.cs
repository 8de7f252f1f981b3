using System.Collections.Concurrent;
using Cluster.Grains.Rules;
using Orleans.Runtime;

namespace Cluster.Grains.Cases;

/// <summary>
/// Where cases of very many events are assessed, and where they are written out: one at a time each in the whole process, on threads that give way to all
/// others. Some rules compare events with each other, so what they cost grows with the square of their number; no such case may cost the others more than
/// a thread that nobody else needs.
/// </summary>
public sealed class LargeCases : IDisposable
{
    /// <summary>Events past which a case is large. A real one has some fifty; at this number an assessment still takes milliseconds.</summary>
    public const int Events = 1_000;

    // What waits holds a history each; whoever finds no room comes back.
    private const int MostWaiting = 64;

    private readonly Lane _assessing = new("large cases assessed"), _writing = new("large cases written");

    /// <summary>Assesses a case when its turn comes, which may take minutes.</summary>
    /// <exception cref="LimitExceededException">Too much waits; come back later.</exception>
    public Task<T> Assess<T>(Func<T> work) => _assessing.Run(work);

    /// <summary>Writes out what was assessed before.</summary>
    /// <exception cref="LimitExceededException">Too much waits; come back later.</exception>
    public Task<T> Write<T>(Func<T> work) => _writing.Run(work);

    public void Dispose()
    {
        _assessing.Dispose();
        _writing.Dispose();
    }

    private sealed class Lane(string name) : IDisposable
    {
        private readonly BlockingCollection<Action> _waiting = new(MostWaiting);
        private readonly Lock _starting = new();
        private Thread? _thread;

        public Task<T> Run<T>(Func<T> work)
        {
            var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!_waiting.TryAdd(Work)) throw new LimitExceededException($"{MostWaiting} large cases wait; try again later.");
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

        public void Dispose() => _waiting.CompleteAdding();

        private void Start()
        {
            lock (_starting)
            {
                if (_thread is not null) return;
                _thread = new Thread(Loop) { Name = name, IsBackground = true, Priority = ThreadPriority.Lowest };
                _thread.Start();
            }
        }

        private void Loop()
        {
            Niceness.Lower();
            foreach (var work in _waiting.GetConsumingEnumerable()) work();
        }
    }
}

using Orleans;
using Orleans.Runtime;

namespace Cluster.Grains.Assignment;

/// <summary>Tells the screens of many small changes at once: the first change starts a short wait, what comes in it goes out together.</summary>
internal sealed class Pacing(Grain grain, TimeSpan wait, Func<Task> tell)
{
    private IGrainTimer? _timer;

    public void Changed() => _timer ??= grain.RegisterGrainTimer(
        async _ =>
        {
            Stop();
            try
            {
                await tell();
            }
            catch (Exception)
            {
                // What could not be told now is told with what comes next, and that soon.
                Changed();
                throw;
            }
        },
        new GrainTimerCreationOptions { DueTime = wait, Period = Timeout.InfiniteTimeSpan, Interleave = true });

    /// <summary>Tells at once what still waits; the last thing a grain does.</summary>
    public Task Flush() => Stop() ? tell() : Task.CompletedTask;

    private bool Stop()
    {
        if (_timer is null) return false;
        _timer.Dispose();
        _timer = null;
        return true;
    }
}

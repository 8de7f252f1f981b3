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
            _timer?.Dispose();
            _timer = null;
            await tell();
        },
        new GrainTimerCreationOptions { DueTime = wait, Period = Timeout.InfiniteTimeSpan, Interleave = true });
}

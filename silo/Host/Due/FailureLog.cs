using Microsoft.Extensions.Logging;

namespace Cluster.Silo.Due;

/// <summary>Writes of wakes that failed at most one line a minute for each reason, however many fail. The reason is a kind of error and names no case.</summary>
internal sealed partial class FailureLog(ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (int Count, TimeSpan Next)> _reasons = new(StringComparer.Ordinal);

    public void Add(Exception e, int failing, TimeSpan realNow)
    {
        LogWakeFailed(e);
        var reason = e.GetBaseException().GetType().Name;
        int count;
        lock (_lock)
        {
            var known = _reasons.TryGetValue(reason, out var said);
            count = said.Count + 1;
            var silent = known && realNow < said.Next;
            _reasons[reason] = silent ? (count, said.Next) : (0, realNow + Pause);
            if (silent) return;
        }

        LogWakesFailed(count, reason, failing);
    }

    [LoggerMessage(EventId = 3101, Level = LogLevel.Warning, Message = "{Count} wakes failed with {Reason} since this was last said; {Failing} cases fail and will be tried again.")]
    private partial void LogWakesFailed(int count, string reason, int failing);

    [LoggerMessage(EventId = 3102, Level = LogLevel.Debug, Message = "A case could not be woken.")]
    private partial void LogWakeFailed(Exception exception);
}

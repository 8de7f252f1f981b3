using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Cluster.Embedded;

internal static partial class EngineLog
{
    [LoggerMessage(1, LogLevel.Error, "Activation of {Grain} failed.")]
    public static partial void ActivationFailed(this ILogger log, Exception error, GrainId grain);

    [LoggerMessage(2, LogLevel.Error, "Deactivation of {Grain} failed; the activation is gone nevertheless.")]
    public static partial void DeactivationFailed(this ILogger log, Exception error, GrainId grain);

    [LoggerMessage(3, LogLevel.Error, "A timer of {Grain} failed; it goes on.")]
    public static partial void TimerFailed(this ILogger log, Exception error, GrainId grain);

    [LoggerMessage(4, LogLevel.Warning, "One-way call {Method} failed.")]
    public static partial void OneWayFailed(this ILogger log, Exception error, string method);

    [LoggerMessage(5, LogLevel.Warning, "Out of time to stop: {Count} grains did not deactivate.")]
    public static partial void StopIncomplete(this ILogger log, int count);
}

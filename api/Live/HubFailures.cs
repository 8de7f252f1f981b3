using Microsoft.AspNetCore.SignalR;

namespace Cluster.Api.Live;

/// <summary>Logs what fails in the hub; a refusal is an answer, not a failure, and a client that repeats it must not fill the log.</summary>
internal sealed partial class HubFailures(ILogger<HubFailures> logger) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch (Exception e) when (e is not (HubException or OperationCanceledException))
        {
            LogFailed(e, invocationContext.HubMethodName);
            throw;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Hub method {Method} failed")]
    private partial void LogFailed(Exception exception, string method);
}

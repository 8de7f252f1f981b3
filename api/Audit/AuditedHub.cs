using Cluster.Api.Live;
using Cluster.Api.Login;
using Cluster.Contracts.Storage;
using Microsoft.AspNetCore.SignalR;

namespace Cluster.Api.Audit;

/// <summary>Writes what is watched before the answer goes out; until then nothing of the scope is sent either.</summary>
internal sealed class AuditedHub(IAuditLog log, ICaseIndex cases) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        if (invocationContext.HubMethodName != nameof(MonitorHub.Watch) || WatchScope.Parse(invocationContext.HubMethodArguments[0] as string) is not { } scope)
            return await next(invocationContext);
        // Read before: the connection may be gone when the answer is there.
        HttpContext? context = invocationContext.Context.GetHttpContext();
        var watcher = new Watcher(context?.Features.Get<Caller>()?.Session.Account, AuditTrail.Text(context?.Connection.RemoteIpAddress), context?.TraceIdentifier);
        object? answer;
        try
        {
            answer = await next(invocationContext);
        }
        catch (HubException)
        {
            await Append(watcher, scope, AuditOutcome.Refused);
            throw;
        }
        await Append(watcher, scope, AuditOutcome.Ok);
        return answer;
    }

    private async Task Append(Watcher watcher, WatchScope scope, string outcome)
    {
        try
        {
            string? office = scope.Kind switch
            {
                WatchKind.Case => (await cases.Find(scope.Id))?.Procuratorate,
                WatchKind.Procuratorate => scope.Id,
                _ => null,
            };
            await log.Append(new AuditAct
            {
                Actor = watcher.Account?.User,
                Roles = watcher.Account?.Roles ?? [],
                Action = scope.Kind == WatchKind.Case ? AuditAction.CaseWatched : AuditAction.FeedWatched,
                Target = scope.Text,
                Procuratorate = office ?? watcher.Account?.Procuratorate,
                Outcome = outcome,
                Address = watcher.Address,
                Request = watcher.Request,
            });
        }
        catch (Exception)
        {
            throw new HubException("The audit log cannot be written, and nothing is shown without it; try again later.");
        }
    }

    private sealed record Watcher(Account? Account, string? Address, string? Request);
}

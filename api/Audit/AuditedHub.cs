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
        object? answer;
        try
        {
            answer = await next(invocationContext);
        }
        catch (HubException)
        {
            await Append(invocationContext.Context, scope, AuditOutcome.Refused);
            throw;
        }
        await Append(invocationContext.Context, scope, AuditOutcome.Ok);
        return answer;
    }

    private async Task Append(HubCallerContext connection, WatchScope scope, string outcome)
    {
        HttpContext? context = connection.GetHttpContext();
        Account? account = context?.Features.Get<Caller>()?.Session.Account;
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
                Actor = account?.User,
                Roles = account?.Roles ?? [],
                Action = scope.Kind == WatchKind.Case ? AuditAction.CaseWatched : AuditAction.FeedWatched,
                Target = scope.Text,
                Procuratorate = office ?? account?.Procuratorate,
                Outcome = outcome,
                Address = AuditTrail.Text(context?.Connection.RemoteIpAddress),
                Request = context?.TraceIdentifier,
            });
        }
        catch (Exception)
        {
            throw new HubException("The audit log cannot be written, and nothing is shown without it; try again later.");
        }
    }
}

using Cluster.Api.Hosting;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Audit;

/// <summary>
/// Writes what never reached its endpoint, or never came back from it: refusals and failures. What endpoints return, their filter writes, before it is sent.
/// </summary>
internal sealed class AuditMiddleware(RequestDelegate next, IAuditLog log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<AuditDeclaration>() is not { } declaration)
        {
            await next(context);
            return;
        }
        var trail = new AuditTrail(log, context, declaration);
        context.Features.Set(trail);
        try
        {
            await next(context);
        }
        catch (Exception e) when (!trail.Settled)
        {
            await trail.Fail(e is OperationCanceledException && context.RequestAborted.IsCancellationRequested
                ? Problem.Of(StatusCodes.Status499ClientClosedRequest, "aborted")
                : ProblemMiddleware.Of(e));
            throw;
        }
        if (!trail.Settled) await trail.Settle(context.Response.StatusCode);
    }
}

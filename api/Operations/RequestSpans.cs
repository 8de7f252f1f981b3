using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace Cluster.Api.Operations;

/// <summary>Names the span of a request after its route, which tells what was asked without telling of whom, as its address would.</summary>
internal sealed class RequestSpans(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        context.Features.Get<IHttpActivityFeature>()?.Activity is { Recorded: true } span ? Name(context, span) : next(context);

    private async Task Name(HttpContext context, Activity span)
    {
        await next(context);
        if ((context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } route)
        {
            span.DisplayName = $"{context.Request.Method} {route}";
            span.SetTag("http.request.method", context.Request.Method).SetTag("http.route", route);
        }
        span.SetTag("http.response.status_code", context.Response.StatusCode);
        if (context.Response.StatusCode >= 500) span.SetStatus(ActivityStatusCode.Error);
    }
}

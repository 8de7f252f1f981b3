using System.Globalization;
using System.Text.Json;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Orleans.Runtime;

namespace Cluster.Api.Hosting;

/// <summary>
/// Turns exceptions and bare error statuses into problem+json. The framework's own handlers ask the Accept header
/// first and then send plain text; a sender that cannot read a problem is not helped by text either.
/// </summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            Problem problem = Of(e);
            // Why the store is away is logged once, where it is noticed, not with everybody who is turned away.
            if (e is StoreUnavailableException or ProblemException && problem.Status >= 500) LogTurnedAway(problem.Status, problem.Code, context.TraceIdentifier);
            else if (problem.Status >= 500) LogFailure(e, problem.Status, context.TraceIdentifier);
            await Write(context, problem);
            return;
        }

        HttpResponse response = context.Response;
        if (response.StatusCode >= 400 && !response.HasStarted && response.ContentType is null && response.ContentLength is null or 0)
            await Write(context, Problem.Of(response.StatusCode));
    }

    public static async Task Write(HttpContext context, Problem problem)
    {
        // What the framework has said in headers stays true: Allow of a 405, WWW-Authenticate of a 401.
        context.Response.StatusCode = problem.Status;
        context.Response.ContentLength = null;
        if (problem.RetryAfter is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        context.Response.ContentType = "application/problem+json";
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(problem, Json.Options), context.RequestAborted);
    }

    /// <summary>The problem that an exception is answered with.</summary>
    public static Problem Of(Exception e) => e switch
    {
        ProblemException p => p.Problem,
        BadHttpRequestException bad => Problem.Of(bad.StatusCode),
        JournalOverloadedException or LimitExceededException =>
            Problem.Of(429, "overloaded", "Too much is waiting to be written; send it again later.") with { RetryAfter = 1 },
        CaseUnassessedException => Problem.Of(503, "case-unassessed", "The events of this case are recorded, but what they mean cannot be found out now. Operators know of it.") with { RetryAfter = 60 },
        StoreUnavailableException => Problem.Of(503, "store-unavailable", "The store cannot be used at the moment; send it again later, with the same ids.") with { RetryAfter = 5 },
        StreamVersionException or TimeoutException or SiloUnavailableException => Problem.Of(503) with { RetryAfter = 1 },
        _ => Problem.Of(500),
    };

    [LoggerMessage(1, LogLevel.Error, "Request {Request} failed with {Status}")]
    private partial void LogFailure(Exception e, int status, string request);

    [LoggerMessage(2, LogLevel.Warning, "Request {Request} was turned away with {Status}: {Code}")]
    private partial void LogTurnedAway(int status, string code, string request);
}

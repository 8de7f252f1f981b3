using System.Threading.RateLimiting;
using Cluster.Api.Live;
using Cluster.Api.Login;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Cluster.Api.Hosting;

/// <summary>
/// Requests and live connections at a time, of each account and of all. Requests beyond it wait for a while in a short queue, then they and connections are
/// refused with 429. Events are let in elsewhere (<see cref="Ingest.Admission"/>), so that neither crowds out the other.
/// </summary>
internal static class RequestLimits
{
    public const int OfAccount = 32, WaitingOfAccount = 64, OfAll = 128, WaitingOfAll = 512;

    private enum Kind
    {
        Free,
        Request,
        Live,
    }

    public static void AddRequestLimits(this IServiceCollection services)
    {
        services.AddRateLimiter(limiter => limiter.OnRejected = static async (rejected, _) =>
            await ProblemMiddleware.Write(rejected.HttpContext, Problem.Of(429, "too-many-requests", Detail(rejected.HttpContext)) with { RetryAfter = 1 }));
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<LiveOptions>>(static (limiter, live) => limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, (Kind, string)>(context => Limit(context, (KindOf(context), Account(context)), OfAccount, WaitingOfAccount, live.Value.MostOfAccount)),
            PartitionedRateLimiter.Create<HttpContext, (Kind, string)>(context => Limit(context, (KindOf(context), ""), OfAll, WaitingOfAll, live.Value.Most))));
    }

    private static RateLimitPartition<(Kind, string)> Limit(HttpContext context, (Kind Kind, string) partition, int requests, int waiting, int connections) => partition.Kind switch
    {
        Kind.Free => RateLimitPartition.GetNoLimiter(partition),
        // A connection is a request that lasts as long as it.
        Kind.Live => RateLimitPartition.GetConcurrencyLimiter(partition, _ => new ConcurrencyLimiterOptions { PermitLimit = connections, QueueLimit = 0 }),
        _ => RateLimitPartition.GetConcurrencyLimiter(partition, _ => new ConcurrencyLimiterOptions
        {
            PermitLimit = requests,
            QueueLimit = waiting,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        }),
    };

    private static Kind KindOf(HttpContext context)
    {
        HttpRequest request = context.Request;
        // What follows the beginning of a connection without WebSockets is short and its own affair.
        if (request.Path.StartsWithSegments("/hubs")) return HttpMethods.IsGet(request.Method) || HttpMethods.IsConnect(request.Method) ? Kind.Live : Kind.Free;
        return request.Path.StartsWithSegments("/api") && !request.Path.StartsWithSegments("/api/events") ? Kind.Request : Kind.Free;
    }

    private static string Account(HttpContext context) => context.Features.Get<Caller>()?.User ?? "";

    private static string Detail(HttpContext context) => KindOf(context) == Kind.Live
        ? "This account, or all together, have as many live connections as there may be."
        : "This account, or all together, ask more at a time than the server answers.";
}

using System.Text.Json;
using System.Threading.RateLimiting;
using Cluster.Api.Audit;
using Cluster.Api.Hosting;
using Cluster.Api.Units;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Options;

namespace Cluster.Api.Ingest;

/// <summary>Takes a stream of events of any length and answers while it still arrives.</summary>
internal sealed class EventStream(EventIntake intake, IntakeMeters meters, LegalClock clock, IHostApplicationLifetime lifetime, IOptions<IntakeOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> streams = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<string, string>(sender => Limit(sender, options.Value.MostStreamsOfSender)),
        PartitionedRateLimiter.Create<string, string>(_ => Limit("", options.Value.MostStreams)));

    public async Task Take(HttpContext context, string sender, Rights rights)
    {
        using RateLimitLease lease = streams.AttemptAcquire(sender);
        if (!lease.IsAcquired)
            throw new ProblemException(Problem.Of(429, "too-many-streams", $"At most {options.Value.MostStreamsOfSender} streams of a sender and {options.Value.MostStreams} of all are open at a time.") with { RetryAfter = 5 });
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        // A live sender is quiet at night.
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate) rate.MinDataRate = null;

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        await using var spool = new ResultSpool(options.Value.MostUnreadAnswers);
        context.Response.ContentType = "application/json";
        Task answer = spool.CopyTo(context.Response.BodyWriter, context.RequestAborted);
        try
        {
            await Read(context, rights, spool, ending.Token);
            spool.Complete();
            await answer;
        }
        catch (Exception e)
        {
            // Nothing was answered yet: say that the server is stopping, or its store away. Else half an answer must not look like a whole one.
            if (spool.IsEmpty && !context.RequestAborted.IsCancellationRequested && (e is StoreUnavailableException or OperationCanceledException))
            {
                spool.Complete();
                if (e is StoreUnavailableException) throw;
                throw new ProblemException(Problem.Of(503));
            }
            context.Abort();
            throw;
        }
        finally
        {
            await answer.ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    public void Dispose() => streams.Dispose();

    private static RateLimitPartition<string> Limit(string sender, int most) =>
        RateLimitPartition.GetConcurrencyLimiter(sender, _ => new ConcurrencyLimiterOptions { PermitLimit = most, QueueLimit = 0 });

    private async Task Read(HttpContext context, Rights rights, ResultSpool spool, CancellationToken ending)
    {
        var lines = new EventLines(context.Request.BodyReader, clock);
        var part = new List<SentEvent>(EventLines.LargestPart);
        bool begun = false;
        for (bool more = true; more;)
        {
            part.Clear();
            more = await lines.Read(part, ending);
            if (part.Count == 0) continue;
            // A sender that never reads its answers is not read from either; Kestrel ends what then stands still on both sides.
            await spool.Room(ending);
            long arrived = meters.Arrived();
            EventResult[] results = await intake.RecordStreamed(part, rights, ending);
            meters.Answered(arrived, results);
            AuditTrail.Of(context).Count(results);
            spool.Append(begun ? ","u8 : "{\"results\":["u8);
            begun = true;
            spool.Append(JsonSerializer.SerializeToUtf8Bytes(results, Json.Options).AsSpan()[1..^1]);
        }
        spool.Append(begun ? "]}"u8 : "{\"results\":[]}"u8);
    }
}

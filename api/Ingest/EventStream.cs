using System.Text.Json;
using Cluster.Api.Hosting;
using Cluster.Api.Units;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Cluster.Api.Ingest;

/// <summary>Takes a stream of events of any length and answers while it still arrives.</summary>
internal sealed class EventStream(EventIntake intake, LegalClock clock, IHostApplicationLifetime lifetime)
{
    public async Task Take(HttpContext context, Rights rights)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        // A live sender is quiet at night.
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate) rate.MinDataRate = null;

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        await using var spool = new ResultSpool();
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
            EventResult[] results = await intake.RecordStreamed(part, rights, ending);
            spool.Append(begun ? ","u8 : "{\"results\":["u8);
            begun = true;
            spool.Append(JsonSerializer.SerializeToUtf8Bytes(results, Json.Options).AsSpan()[1..^1]);
        }
        spool.Append(begun ? "]}"u8 : "{\"results\":[]}"u8);
    }
}

using System.Text.Json;
using Cluster.Api.Hosting;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Audit;

/// <summary>Entries in the order of the chain, one a line, up to where it ended when the answer began. A page is in memory at a time.</summary>
internal sealed class AuditExport(IAuditLog log, AuditQuery query, long after, int? limit) : IResult
{
    public const string MediaType = "application/x-ndjson";

    private static readonly byte[] NewLine = "\n"u8.ToArray();

    public async Task ExecuteAsync(HttpContext context)
    {
        CancellationToken cancellation = context.RequestAborted;
        long end = (await log.Head(cancellation)).Number, left = limit ?? long.MaxValue;
        context.Response.ContentType = MediaType;
        for (long number = after; number < end && left > 0;)
        {
            IReadOnlyList<AuditEntry> page = await log.After(number, (int)Math.Min(Query.LargestPage, end - number), cancellation);
            if (page.Count == 0) break;
            number = page[^1].Number;
            foreach (AuditEntry entry in page)
            {
                if (left == 0 || !query.Asks(entry)) continue;
                left--;
                await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(AuditBody.Of(entry), Json.Options), cancellation);
                await context.Response.Body.WriteAsync(NewLine, cancellation);
            }
        }
    }
}

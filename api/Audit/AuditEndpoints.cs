using System.Globalization;
using System.Text.Json;
using Cluster.Api.Hosting;
using Cluster.Api.Login;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Audit;

/// <summary>The audit log to read and to check (contract chapter 9).</summary>
internal static class AuditEndpoints
{
    private static readonly (string, string)[] ReadParameters =
    [
        ("from", "Not before this instant."), ("until", "Before this instant."), ("actor", "Account name."), ("action", "Code, as `case.read`."),
        ("target", "As `case:ID`, `account:NAME`, `department:ID`."), ("limit", "Page size, at most 500; 50 if absent, of lines all."), ("cursor", "`next` of the page before; not for lines."),
        ("after", "Of lines only: go on after the entry of this number."),
    ];

    private static readonly (string, string)[] VerifyParameters =
    [
        ("first", "Number of the first entry to check; 1 if absent."), ("last", "Number of the last; the end if absent."),
        ("noted", "An end noted earlier, `NUMBER:HASH`: it must still be in the chain."),
    ];

    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        api.MapGet("/api/audit", Read).ForRoles(Role.Auditor).Audited(AuditAction.AuditRead, parameters: ReadParameters).WithTags("Audit")
            .WithSummary("Read the audit log, the latest first")
            .WithDescription("Every read of a case and every act, what was refused included. A read is in the log before it is answered; an act is in it before it is done (`begun`) and again with its outcome. "
                + "Posted events are one entry a request, with counts. Filters add up. Entries are never deleted.\n\n"
                + "`Accept: application/x-ndjson` answers entries in the order of their numbers, one a line, all of them unless limited, for checking without this server. "
                + "`hash` is SHA-256, in hexadecimal, over these fields as netstrings (`LENGTH:BYTES,` with the decimal length of the UTF-8 bytes; `-` alone for null), one after the other: "
                + "the text `cluster-audit-1`, `number`, `at`, `actor`, the count of `roles` and each role, `action`, `target`, `procuratorate`, `outcome`, `address`, `request`, "
                + "the count of `detail` and each name and value in the order of names, `previous`. `previous` is the hash of the entry before, of the first 64 zeros.")
            .TakesQuery(ReadParameters)
            .Produces<AuditPage>(200, "application/json", AuditExport.MediaType).Problems(401, 403, 422, 503);
        api.MapGet("/api/audit/verify", Verify).ForRoles(Role.Auditor).Audited(AuditAction.AuditVerified, parameters: VerifyParameters).WithTags("Audit")
            .WithSummary("Check the chain of the audit log")
            .WithDescription("Computes every hash anew. Whoever can write to the store itself could make a whole new chain: note `entries` and `head` elsewhere (the server's own log has them once a day too) and give them as `noted` later. "
                + "One check runs at a time; others wait.")
            .TakesQuery(VerifyParameters)
            .Produces<AuditVerification>().Problems(401, 403, 422, 503);
    }

    private static async Task<IResult> Read(HttpContext context, AuditTrail audit, IAuditLog log)
    {
        var query = new Query(context.Request);
        bool lines = context.Request.GetTypedHeaders().Accept.Any(accept => accept.MediaType == AuditExport.MediaType);
        var asked = new AuditQuery
        {
            From = query.Instant("from"),
            Until = query.Instant("until"),
            Actor = query.Text("actor"),
            Action = query.Text("action"),
            Target = query.Text("target"),
            Limit = query.Limit(),
            Cursor = query.Cursor,
        };
        if (lines)
        {
            if (asked.Cursor is not null) throw Query.Wrong("cursor", "Lines go on after a number: 'after'.");
            audit.Note("form", "lines");
            return new AuditExport(log, asked, Number(query, "after") ?? 0, query.Text("limit") is null ? null : asked.Limit);
        }
        if (query.Text("after") is not null) throw Query.Wrong("after", "Pages go on at a cursor: 'cursor'.");
        try
        {
            Page<AuditEntry> page = await log.Read(asked, context.RequestAborted);
            audit.Note("rows", page.Items.Count);
            return new JsonAnswer(JsonSerializer.SerializeToUtf8Bytes(new AuditPage([.. page.Items.Select(AuditBody.Of)], page.Next), Json.Options));
        }
        catch (ArgumentException e) when (e.ParamName == "cursor")
        {
            throw Query.Wrong("cursor", "This is no cursor of this list.");
        }
    }

    private static async Task<IResult> Verify(HttpContext context, AuditTrail audit, IAuditLog log, AuditCheckGate gate)
    {
        var query = new Query(context.Request);
        long first = Number(query, "first") is { } given ? Math.Max(1, given) : 1;
        long? last = Number(query, "last");
        AuditHead? noted = Noted(query.Text("noted"));
        using IDisposable turn = await gate.Enter(context.RequestAborted);
        AuditCheck check = await log.Verify(first, last, noted, context.RequestAborted);
        audit.Note("ok", check.Ok ? "true" : "false");
        if (check.BrokenAt is { } number) audit.Note("brokenAt", number);
        var answer = new AuditVerification(check.Ok, check.Head.Number, check.Head.Hash, check.BrokenAt, check.Problem);
        return new JsonAnswer(JsonSerializer.SerializeToUtf8Bytes(answer, Json.Options));
    }

    private static AuditHead? Noted(string? text)
    {
        if (text is null) return null;
        return text.Split(':') is [var number, { Length: 64 } hash] && TryNumber(number, out long entry) && hash.All(char.IsAsciiHexDigit)
            ? new AuditHead(entry, hash.ToLowerInvariant())
            : throw Query.Wrong("noted", "'noted' is NUMBER:HASH with 64 hexadecimal digits.");
    }

    private static long? Number(Query query, string name)
    {
        if (query.Text(name) is not { } text) return null;
        return TryNumber(text, out long number) ? number : throw Query.Wrong(name, $"'{name}' is a number of an entry.");
    }

    private static bool TryNumber(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

/// <summary>One check of the chain at a time: it reads everything and computes as much.</summary>
internal sealed class AuditCheckGate : IDisposable
{
    private readonly SemaphoreSlim free = new(1);

    public async Task<IDisposable> Enter(CancellationToken cancellation)
    {
        await free.WaitAsync(cancellation);
        return new Turn(free);
    }

    public void Dispose() => free.Dispose();

    private sealed class Turn(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}

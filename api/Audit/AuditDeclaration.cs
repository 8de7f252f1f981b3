namespace Cluster.Api.Audit;

/// <summary>What an endpoint leaves in the audit log.</summary>
/// <param name="Action">Of <see cref="AuditAction"/>; the endpoint may say a narrower one.</param>
/// <param name="Entries">When entries are written.</param>
/// <param name="Target">Kind of what the identifier in the address names; null if there is none.</param>
/// <param name="Parameters">Query parameters whose values are kept.</param>
/// <param name="OnlyOfTarget">Nothing is written where the endpoint names no target.</param>
internal sealed record AuditDeclaration(string Action, AuditEntries Entries, string? Target, IReadOnlyList<string> Parameters, bool OnlyOfTarget);

/// <summary>When entries are written, so that nothing the log is for goes without.</summary>
internal enum AuditEntries
{
    /// <summary>One after reading and before the answer: what is not in the log is not told.</summary>
    Reading,

    /// <summary>One before the act and one after it: what is not in the log is not done, and a crash in between leaves the first.</summary>
    Act,

    /// <summary>One after it and before the answer, for what leaves a record of its own (events, sessions).</summary>
    Afterwards,
}

/// <summary>Why an endpoint leaves nothing in the audit log.</summary>
internal sealed record NoAudit(string Reason);

/// <summary>Every endpoint declares one of these.</summary>
internal static class AuditConventions
{
    // Free text to search for may be a name, and a cursor is a place in a list: that there was one is enough.
    private static readonly HashSet<string> NotKept = ["q", "cursor"];

    /// <summary>The endpoint reads cases, or what else the log is for.</summary>
    public static RouteHandlerBuilder Audited(this RouteHandlerBuilder endpoint, string action, string? target = null, bool onlyOfTarget = false, IEnumerable<(string Name, string)>? parameters = null) =>
        endpoint.Audited(new AuditDeclaration(action, AuditEntries.Reading, target, [.. (parameters ?? []).Select(p => p.Name)], onlyOfTarget));

    /// <summary>The endpoint does something.</summary>
    public static RouteHandlerBuilder AuditedAct(this RouteHandlerBuilder endpoint, string action, string? target = null) =>
        endpoint.Audited(new AuditDeclaration(action, AuditEntries.Act, target, [], false));

    /// <summary>The endpoint does something that leaves a record of its own.</summary>
    public static RouteHandlerBuilder AuditedAfterwards(this RouteHandlerBuilder endpoint, string action) =>
        endpoint.Audited(new AuditDeclaration(action, AuditEntries.Afterwards, null, [], false));

    /// <summary>The endpoint reads no case and does nothing.</summary>
    public static TBuilder NotAudited<TBuilder>(this TBuilder endpoint, string reason) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new NoAudit(reason));

    private static RouteHandlerBuilder Audited(this RouteHandlerBuilder endpoint, AuditDeclaration declaration) =>
        endpoint.WithMetadata(declaration).AddEndpointFilter(async (invocation, next) =>
        {
            AuditTrail trail = AuditTrail.Of(invocation.HttpContext);
            foreach (string name in declaration.Parameters)
            {
                if (invocation.HttpContext.Request.Query[name] is [{ Length: > 0 } value, ..]) trail.Note(name, NotKept.Contains(name) ? "given" : value);
            }
            if (declaration.Entries == AuditEntries.Act) await trail.Begin();
            object? result = await next(invocation);
            // Its body is not written yet.
            await trail.Settle((result as IStatusCodeHttpResult)?.StatusCode ?? invocation.HttpContext.Response.StatusCode);
            return result;
        });
}

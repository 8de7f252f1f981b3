using System.Globalization;
using System.Net;
using Cluster.Api.Hosting;
using Cluster.Api.Ingest;
using Cluster.Api.Login;
using Cluster.Contracts.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;

namespace Cluster.Api.Audit;

/// <summary>
/// What one request leaves in the audit log. An endpoint adds to it what only it knows: ids, codes and counts, never names or what a case says.
/// </summary>
internal sealed class AuditTrail
{
    private readonly IAuditLog log;
    private readonly HttpContext context;
    private readonly AuditDeclaration declaration;
    private readonly SortedDictionary<string, string> detail = new(StringComparer.Ordinal);
    private string action;
    private string? target, office;
    private Account? account;
    private bool begun, told;

    public AuditTrail(IAuditLog log, HttpContext context, AuditDeclaration declaration)
    {
        this.log = log;
        this.context = context;
        this.declaration = declaration;
        action = declaration.Action;
        account = context.Features.Get<Caller>()?.Session.Account;
        target = TargetInAddress();
    }

    /// <summary>Whether the outcome is in the log, or will never be.</summary>
    public bool Settled { get; private set; }

    public static AuditTrail Of(HttpContext context) => context.Features.Get<AuditTrail>() ?? throw new InvalidOperationException("The endpoint declares no audit.");

    /// <summary>Binds the trail as a parameter of an endpoint that declared it.</summary>
    public static ValueTask<AuditTrail?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<AuditTrail>());

    /// <summary>What it is, more precisely than declared.</summary>
    public void Is(string narrower)
    {
        action = narrower;
        told = true;
    }

    /// <summary>Whose doing it is, where nobody was logged in.</summary>
    public void By(Account who) => account = who;

    public void On(string kind, string id) => target = $"{kind}:{id}";

    /// <summary>The office of the target.</summary>
    public void Office(string? procuratorate) => office = procuratorate ?? office;

    public void Note(string name, string value) => detail[name] = value;

    public void Note(string name, long value) => detail[name] = value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Adds to a count.</summary>
    public void Count(string name, long more) =>
        Note(name, more + (detail.TryGetValue(name, out string? before) ? long.Parse(before, CultureInfo.InvariantCulture) : 0));

    /// <summary>Writes that an act is about to be done.</summary>
    /// <exception cref="StoreUnavailableException">It could not be written: it must not be done.</exception>
    public async Task Begin()
    {
        await Append(AuditOutcome.Begun);
        begun = true;
    }

    /// <summary>Writes how it came out, unless that has been written.</summary>
    /// <exception cref="StoreUnavailableException">It could not be written: nothing must be answered.</exception>
    public async Task Settle(int status, string? code = null)
    {
        if (Settled) return;
        Settled = true;
        // A stranger could fill the log; who fails to log in is kept out by waits, and that alone is told of strangers.
        if ((account is null && !told) || (declaration.OnlyOfTarget && target is null)) return;
        if (status >= 400) Note("status", status);
        if (code is not null) Note("code", code);
        await Append(AuditOutcome.Of(status));
    }

    /// <summary>Writes why it ended otherwise.</summary>
    public async Task Fail(Problem problem)
    {
        if (problem.Status < 500 && problem.Status is not (StatusCodes.Status429TooManyRequests or StatusCodes.Status499ClientClosedRequest))
        {
            await Settle(problem.Status, problem.Code);
            return;
        }
        // Nothing was told, and what was begun is in the log as begun: whoever is short of room must not need more of it to say so.
        if (declaration.Entries == AuditEntries.Reading || (problem.Status == StatusCodes.Status429TooManyRequests && !begun)) return;
        try
        {
            await Settle(problem.Status, problem.Code);
        }
        catch (Exception e) when (e is StoreUnavailableException or JournalOverloadedException)
        {
        }
    }

    /// <summary>Writes of one of several things that the request did, each with an entry of its own.</summary>
    public Task Also(string what, string kind, string id, string? procuratorate, int status) => Append(new AuditAct
    {
        Actor = account?.User,
        Roles = RolesUsed(AuditOutcome.Of(status)),
        Action = what,
        Target = $"{kind}:{id}",
        Procuratorate = procuratorate ?? account?.Procuratorate,
        Outcome = AuditOutcome.Of(status),
        Address = Text(context.Connection.RemoteIpAddress),
        Request = context.TraceIdentifier,
        Detail = DetailWith(status),
    });

    private SortedDictionary<string, string> DetailWith(int status)
    {
        var more = new SortedDictionary<string, string>(detail, StringComparer.Ordinal);
        if (status >= 400) more["status"] = status.ToString(CultureInfo.InvariantCulture);
        return more;
    }

    private Task Append(string outcome)
    {
        var act = new AuditAct
        {
            Actor = account?.User,
            Roles = RolesUsed(outcome),
            Action = action,
            Target = target,
            Procuratorate = office ?? account?.Procuratorate,
            Outcome = outcome,
            Address = Text(context.Connection.RemoteIpAddress),
            Request = context.TraceIdentifier,
            Detail = detail,
        };
        return Append(act);
    }

    private async Task Append(AuditAct act)
    {
        try
        {
            // Not given up with the request: what was done was done.
            await log.Append(act);
        }
        catch (Exception e) when (e is not (StoreUnavailableException or JournalOverloadedException))
        {
            throw new StoreUnavailableException(e);
        }
    }

    private IReadOnlyList<string> RolesUsed(string outcome)
    {
        if (account is null) return [];
        IReadOnlyList<string> all = account.Roles;
        if (outcome == AuditOutcome.Refused) return all;
        string[] asked = [.. (context.GetEndpoint()?.Metadata.GetOrderedMetadata<AuthorizationPolicy>() ?? [])
            .SelectMany(policy => policy.Requirements).OfType<RolesAuthorizationRequirement>().SelectMany(requirement => requirement.AllowedRoles)];
        return asked.Length == 0 ? all : [.. all.Where(asked.Contains)];
    }

    private string? TargetInAddress()
    {
        if (declaration.Target is null || (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is not { } pattern) return null;
        int start = pattern.IndexOf('{'), end = pattern.LastIndexOf('}');
        string id = PathSegment.After(context, pattern[..start], pattern[(end + 1)..]);
        return id.Length == 0 ? null : $"{declaration.Target}:{id}";
    }

    internal static string? Text(IPAddress? address) => (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();
}

/// <summary>What posted events leave: counts. The events themselves are in the journal, with their senders.</summary>
internal static class PostedEvents
{
    public static void Count(this AuditTrail audit, IReadOnlyCollection<EventResult> results)
    {
        foreach (string status in (ReadOnlySpan<string>)[EventResult.Accepted, EventResult.Duplicate, EventResult.Rejected])
            audit.Count(status, results.Count(r => r.Status == status));
    }
}

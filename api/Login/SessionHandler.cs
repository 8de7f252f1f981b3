using System.Security.Claims;
using System.Text.Encodings.Web;
using Cluster.Api.Hosting;
using Cluster.Api.Units;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Cluster.Api.Login;

/// <summary>Finds the session of a request: bearer token, else on /hubs the query parameter, else the cookie.</summary>
internal sealed class SessionHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Sessions sessions, UnitDirectory units)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "session";

    public const string Cookie = "cluster-session";

    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // Whether the process is up must be answered while the store that knows of sessions is away.
        if (Health.IsHealth(Request.Path)) return AuthenticateResult.NoResult();
        (string? token, bool byCookie) = Sent();
        if (token is null) return AuthenticateResult.NoResult();
        LiveSession? session = await sessions.Find(token, Context.RequestAborted);
        if (session is null) return AuthenticateResult.Fail("No such session.");

        Rights rights = await units.RightsOf(session.Account, Context.RequestAborted);
        Context.Features.Set(new Caller(session, token, byCookie) { Rights = rights });
        var identity = new ClaimsIdentity(SchemeName);
        identity.AddClaim(new Claim(identity.NameClaimType, session.Account.User));
        foreach (string role in session.Account.Roles) identity.AddClaim(new Claim(identity.RoleClaimType, role));
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }

    private (string? Token, bool ByCookie) Sent()
    {
        string? authorization = Request.Headers.Authorization;
        if (!string.IsNullOrEmpty(authorization))
            return (authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim() : null, false);
        // Addresses end up in logs and histories, so only what cannot send a header may use this: a browser's WebSocket.
        if (Request.Path.StartsWithSegments("/hubs") && Request.Query["access_token"] is [{ Length: > 0 } query])
            return (query, false);
        return Request.Cookies.TryGetValue(Cookie, out string? cookie) ? (cookie, true) : (null, false);
    }
}

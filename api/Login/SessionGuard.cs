using Cluster.Api.Hosting;
using Microsoft.AspNetCore.Authorization;

namespace Cluster.Api.Login;

/// <summary>Marks an endpoint that an account may use before it has changed its first password.</summary>
internal sealed class BeforePasswordChange;

/// <summary>What a valid session alone does not allow yet.</summary>
internal sealed class SessionGuard(RequestDelegate next)
{
    public const string Header = "X-CSRF-Token";

    public Task InvokeAsync(HttpContext context)
    {
        PathString path = context.Request.Path;
        bool hub = path.StartsWithSegments("/hubs");
        if (hub && !IsSameOrigin(context.Request))
            throw new ProblemException(Problem.Of(403, "foreign-origin", "Live connections are taken only from pages of this server."));

        // What asks for no login does not care whose session it comes with: a login with an old cookie is still a login.
        bool open = context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;
        if (!open && context.Features.Get<Caller>() is { } caller)
        {
            // A hub's handshakes are covered by their origin; browsers let scripts set no header on a WebSocket.
            if (caller.ByCookie && !hub && IsUnsafe(context.Request.Method)
                && !SessionToken.IsAntiforgery(caller.Token, context.Request.Headers[Header]))
                throw new ProblemException(Problem.Of(403, "antiforgery", $"With the session cookie, send the header {Header} with the token that GET /api/me gives as 'csrf'."));
            if (caller.Session.Account.MustChangePassword && context.GetEndpoint()?.Metadata.GetMetadata<BeforePasswordChange>() is null)
                throw new ProblemException(Problem.Of(403, "password-change-required", "Change the password first: POST /api/password."));
        }
        return next(context);
    }

    private static bool IsUnsafe(string method) =>
        !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method) && !HttpMethods.IsTrace(method);

    private static bool IsSameOrigin(HttpRequest request)
    {
        string? origin = request.Headers.Origin;
        // Behind a proxy that ends TLS the schemes differ, the authority does not. Who sends no Origin is no browser.
        return string.IsNullOrEmpty(origin)
            || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? page)
                && HostString.FromUriComponent(page) is { HasValue: true } from
                && from.Host.Equals(request.Host.Host, StringComparison.OrdinalIgnoreCase)
                && (from.Port ?? page.Port) == (request.Host.Port ?? page.Port));
    }
}

using Cluster.Api.Audit;
using Cluster.Api.Hosting;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Cluster.Api.Login;

/// <summary>Contract chapter 3.</summary>
internal static class LoginEndpoints
{
    public static void MapLogin(this IEndpointRouteBuilder api)
    {
        api.MapPost("/api/login", LogIn).AllowAnonymous().AuditedAfterwards(AuditAction.Login).WithTags("Login")
            .WithSummary("Log in")
            .WithDescription("Answers a session token and sets the same session as the HttpOnly cookie `cluster-session`. With the cookie, unsafe verbs "
                + "also need the header `X-CSRF-Token` with the value `csrf` of `GET /api/me`; with `Authorization: Bearer` they need none. "
                + "After five wrong passwords an account waits, ever longer, before its next try (429). "
                + "Sessions end twelve hours after the login and after two idle hours, by the wall clock even where the legal clock is simulated; those of the role `kiosk` after 90 days.")
            .Accepts<LoginRequest>("application/json").Produces<LoginAnswer>().Problems(400, 401, 413, 415, 422, 429);
        api.MapPost("/api/logout", LogOut).AuditedAfterwards(AuditAction.Logout).WithMetadata(new BeforePasswordChange()).WithTags("Login")
            .WithSummary("End the session").Produces(204).Problems(401, 403);
        api.MapGet("/api/me", Me).NotAudited("The own account.").WithMetadata(new BeforePasswordChange()).WithTags("Login")
            .WithSummary("Who is logged in, the antiforgery token, and the server's legal clock").Produces<MeAnswer>().Problems(401);
        api.MapPost("/api/password", ChangePassword).AuditedAct(AuditAction.PasswordChanged).WithMetadata(new BeforePasswordChange()).WithTags("Login")
            .WithSummary("Change the own password")
            .WithDescription($"At least {Passwords.ShortestChosen} characters, and not the user name. Every other session of the account ends.")
            .Accepts<PasswordRequest>("application/json").Produces(204).Problems(400, 401, 403, 413, 415, 422, 429);
    }

    private static async Task<IResult> LogIn(
        HttpContext context, AuditTrail audit, IAccountStore accounts, Sessions sessions, Passwords passwords, LoginBackoff backoff)
    {
        LoginRequest request = await RequestBody.Read<LoginRequest>(context);
        string user = Field.Text(request.User, "/user", 64), password = Field.Text(request.Password, "/password", Passwords.Longest);
        Refuse(backoff.Wait(user, context.Connection.RemoteIpAddress));

        Account? account = await accounts.Find(user, context.RequestAborted);
        if (!await passwords.Matches(password, account?.PasswordHash, context.RequestAborted))
        {
            backoff.Failed(user, context.Connection.RemoteIpAddress);
            audit.Is(AuditAction.LoginFailed);
            // What is no account's name may be a password in the wrong field.
            if (account is not null) audit.On("account", user);
            throw new ProblemException(Problem.Of(401, "wrong-login", "The user or the password is wrong."));
        }
        backoff.Succeeded(user);
        (string token, LiveSession session) = await sessions.Open(account!, context.RequestAborted);
        audit.By(account!);
        // Before the cookie is on its way.
        await audit.Settle(StatusCodes.Status200OK);
        context.Response.Cookies.Append(SessionHandler.Cookie, token, Cookie(context, session.ExpiresAt));
        return TypedResults.Json(
            new LoginAnswer(token, account!.User, account.Roles, account.Procuratorate, session.ExpiresAt, account.MustChangePassword), Json.Options);
    }

    private static async Task<IResult> LogOut(HttpContext context, Caller caller, Sessions sessions)
    {
        await sessions.End(caller.Session);
        context.Response.Cookies.Delete(SessionHandler.Cookie, Cookie(context, null));
        return TypedResults.NoContent();
    }

    private static IResult Me(Caller caller, LegalClock clock, IEnumerable<IHubProtocol> protocols)
    {
        Account account = caller.Session.Account;
        return TypedResults.Json(new MeAnswer(
            account.User, account.Roles, account.Procuratorate, account.Department, account.Prosecutor, account.MustChangePassword,
            caller.Session.ExpiresAt, SessionToken.Antiforgery(caller.Token), clock.GetUtcNow(), new ClockAnswer(clock.Simulated, clock.Speed),
            [.. protocols.Select(p => p.Name)]), Json.Options);
    }

    private static async Task<IResult> ChangePassword(
        HttpContext context, Caller caller, IAccountStore accounts, Sessions sessions, Passwords passwords, LoginBackoff backoff)
    {
        PasswordRequest request = await RequestBody.Read<PasswordRequest>(context);
        string current = Field.Text(request.Current, "/current", Passwords.Longest), chosen = Field.Text(request.New, "/new", Passwords.Longest);
        Account account = caller.Session.Account;
        if (chosen.Length < Passwords.ShortestChosen)
            throw new ProblemException(Problem.Unprocessable($"A password has at least {Passwords.ShortestChosen} characters.", "/new"));
        if (chosen.Equals(account.User, StringComparison.OrdinalIgnoreCase) || chosen == current)
            throw new ProblemException(Problem.Unprocessable("The new password is neither the user name nor the old password.", "/new"));

        // Whoever found an open screen guesses here as well as at the login.
        Refuse(backoff.Wait(account.User, context.Connection.RemoteIpAddress));
        if (!await passwords.Matches(current, account.PasswordHash, context.RequestAborted))
        {
            backoff.Failed(account.User, context.Connection.RemoteIpAddress);
            throw new ProblemException(Problem.Of(422, "wrong-password", "This is not the current password.", "/current"));
        }
        Account changed = account with { PasswordHash = await passwords.Hash(chosen, context.RequestAborted), MustChangePassword = false };
        await accounts.Save(changed);
        await sessions.EndAll(account.User, except: caller.Session);
        sessions.Changed(changed);
        return TypedResults.NoContent();
    }

    private static void Refuse(TimeSpan wait)
    {
        if (wait > TimeSpan.Zero)
            throw new ProblemException(Problem.Of(429, "too-many-failures", "Too many wrong passwords; wait before the next try.")
                with
            { RetryAfter = (int)Math.Ceiling(wait.TotalSeconds) });
    }

    private static CookieOptions Cookie(HttpContext context, DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = "/",
        Expires = expires,
        IsEssential = true,
    };
}

/// <summary>A login.</summary>
internal sealed record LoginRequest(string? User, string? Password);

/// <summary>A session.</summary>
/// <param name="Token">For <c>Authorization: Bearer</c>.</param>
/// <param name="Roles">Of contract chapter 9.</param>
/// <param name="ExpiresAt">By the wall clock.</param>
/// <param name="MustChangePassword">Everything but <c>POST /api/password</c> is refused until then.</param>
/// <param name="User">Account name.</param>
/// <param name="Procuratorate">Unit code; null for accounts of no office.</param>
internal sealed record LoginAnswer(
    string Token, string User, IReadOnlyList<string> Roles, string? Procuratorate, DateTimeOffset ExpiresAt, bool MustChangePassword);

/// <summary>A change of the own password.</summary>
internal sealed record PasswordRequest(string? Current, string? New);

/// <summary>The caller.</summary>
/// <param name="User">Account name.</param>
/// <param name="Roles">Of contract chapter 9.</param>
/// <param name="Procuratorate">Unit code.</param>
/// <param name="Department">Department id.</param>
/// <param name="Prosecutor">Prosecutor id.</param>
/// <param name="MustChangePassword">Everything but the change is refused until then.</param>
/// <param name="ExpiresAt">When the session ends, by the wall clock.</param>
/// <param name="Csrf">For the header <c>X-CSRF-Token</c>.</param>
/// <param name="Now">The server's legal clock.</param>
/// <param name="Clock">Whether that clock is simulated.</param>
/// <param name="HubProtocols">What <c>/hubs/monitor</c> speaks: <c>json</c>, which every server does, and <c>messagepack</c> in the full build, with the same objects.</param>
internal sealed record MeAnswer(
    string User, IReadOnlyList<string> Roles, string? Procuratorate, string? Department, string? Prosecutor, bool MustChangePassword,
    DateTimeOffset ExpiresAt, string Csrf, DateTimeOffset Now, ClockAnswer Clock, IReadOnlyList<string> HubProtocols);

/// <summary>The legal clock.</summary>
/// <param name="Simulated">Started by <c>--clock</c>.</param>
/// <param name="Speed">Legal seconds in a real one.</param>
internal sealed record ClockAnswer(bool Simulated, double Speed);

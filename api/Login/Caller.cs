using Cluster.Api.Units;

namespace Cluster.Api.Login;

/// <summary>Who makes a request.</summary>
/// <param name="Session">The session.</param>
/// <param name="Token">The session's token as it was sent.</param>
/// <param name="ByCookie">Whether the browser sent it by itself, so that the request may be another site's idea.</param>
internal sealed record Caller(LiveSession Session, string Token, bool ByCookie)
{
    public string User => Session.Account.User;

    /// <summary>What the account may see, as the units stand now.</summary>
    public required Rights Rights { get; init; }

    public bool Has(string role) => Session.Account.Roles.Contains(role);

    /// <summary>Binds the caller as a parameter of an endpoint, which the fallback policy allows only with a session.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<Caller>());
}

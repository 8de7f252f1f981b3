using Cluster.Contracts.Storage;

namespace Cluster.Api.Login;

/// <summary>What the login costs and how long it lasts.</summary>
public sealed class LoginOptions
{
    /// <summary>PBKDF2-SHA256 rounds of a new password: about a tenth of a second, which is what OWASP asked for in 2023.</summary>
    public int Rounds { get; set; } = 600_000;

    /// <summary>A session ends so long after the login, whatever happens.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>A session ends after so long without a call and without a live connection.</summary>
    public TimeSpan Idle { get; set; } = TimeSpan.FromHours(2);

    /// <summary>How long a screen on a wall stays logged in, idle or not: nobody is there in the morning to log it in, and its network may be away for a night.</summary>
    public TimeSpan KioskLifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Wrong passwords for one account before it must wait.</summary>
    public int FreeFailures { get; set; } = 5;

    /// <summary>
    /// Wrong passwords from one address before it must wait. More than for an account, because an office sits behind one address.
    /// </summary>
    public int FreeFailuresOfAddress { get; set; } = 30;

    /// <summary>The longest wait. Bounded, so that guessing at an account cannot lock its owner out for a day.</summary>
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromMinutes(5);

    internal TimeSpan LifetimeOf(Account account) => account.Roles.Contains(Role.Kiosk) ? KioskLifetime : Lifetime;

    internal TimeSpan IdleOf(Account account) => account.Roles.Contains(Role.Kiosk) ? KioskLifetime : Idle;
}

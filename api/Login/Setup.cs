using System.Security.Cryptography;
using Cluster.Api.Audit;
using Cluster.Api.Hosting;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Login;

/// <summary>The first account of an installation, and the state in which it may do everything.</summary>
internal sealed class Setup(IAccountStore accounts, Passwords passwords, ServerOptions options, TextWriter console, IAuditLog audit) : IHostedService
{
    public const string FirstAccount = "admin";

    private const string Started = "setup-started", Completed = "setup-complete";
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";
    private const int GeneratedLength = 20;

    public static async Task<bool> IsComplete(IAccountStore accounts) => await accounts.Setting(Completed) is not null;

    public static Task Complete(IAccountStore accounts) => accounts.SaveSetting(Completed, "true");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Remembered beside the account: who deleted it does not get it back, with every role, at the next start.
        if (await accounts.Setting(Started, cancellationToken) is not null) return;
        string password = options.AdminPassword ?? RandomNumberGenerator.GetString(Letters, GeneratedLength);
        bool generated = options.AdminPassword is null;
        string hash = await passwords.Hash(password, cancellationToken);
        await audit.Append(new AuditAct { Action = AuditAction.SetupStarted, Target = $"account:{FirstAccount}", Outcome = AuditOutcome.Ok }, cancellationToken);
        await accounts.Save(new Account(FirstAccount, hash, MustChangePassword: generated, Role.All, null, null, null), cancellationToken);
        await accounts.SaveSetting(Started, "true", cancellationToken);
        if (generated)
            await console.WriteLineAsync($"First start: the user {FirstAccount} has the password {password} and must change it at the first login.");
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

using System.Text.Json;
using Cluster.Api.Audit;
using Cluster.Api.Calendars;
using Cluster.Api.Hosting;
using Cluster.Api.Views;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Login;

/// <summary>Accounts and the end of the setup (contract chapter 9).</summary>
internal static class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder api)
    {
        api.MapPut("/api/users/{name}", Put).ForRoles(Role.SystemAdmin, Role.SecurityAdmin).AuditedAct(AuditAction.AccountChanged, "account").WithTags("Accounts")
            .WithSummary("Make or change an account")
            .WithDescription($"What is absent stays as it is. Everything but `roles` belongs to the system-admin, `roles` to the security-admin. A new account needs a `password` (at least {Passwords.ShortestGiven} characters); "
                + "`mustChangePassword` is true with a new password unless said otherwise. A new password ends the account's sessions; other changes reach them at once. "
                + "The three administrators are kept apart: no account gets two of these roles.")
            .TakesPath("name", "Account name: 1 to 64 characters, no spaces or slashes.")
            .Accepts<AccountBody>("application/json").Produces<AccountAnswer>().Problems(400, 401, 403, 404, 413, 415, 422);
        api.MapDelete("/api/users/{name}", Delete).ForRoles(Role.SystemAdmin).AuditedAct(AuditAction.AccountEnded, "account").WithTags("Accounts")
            .WithSummary("End an account and its sessions, at once").TakesPath("name", "Account name.")
            .Produces(204).Problems(401, 403, 404, 409, 422);
        api.MapPost("/api/setup/complete", CompleteSetup).ForRoles(Role.SystemAdmin).AuditedAct(AuditAction.SetupCompleted).WithTags("Accounts")
            .WithSummary("Name the three administrators and end the setup for ever")
            .WithDescription("Three different accounts that exist; each then holds that one role. `admin`, if it is none of them, is left without any.")
            .Accepts<SetupBody>("application/json").Produces(204).Problems(400, 401, 403, 409, 413, 415, 422);
    }

    private static async Task<IResult> Put(
        HttpContext context, Caller caller, AuditTrail audit, IAccountStore accounts, Sessions sessions, Passwords passwords)
    {
        string name = Name(context);
        RequestBody.Require(context.Request, "application/json");
        using JsonDocument document = await RequestBody.ReadJson(context, RequestBody.Ordinary);
        var change = AccountChange.Read(document.RootElement, name);
        Account? before = await accounts.Find(name, context.RequestAborted);
        change.Describe(audit, before);
        change.Allow(caller, before);

        string? hash = change.Password is null ? null : await passwords.Hash(change.Password, context.RequestAborted);
        Account after = change.Apply(name, before, hash);
        await accounts.Save(after);
        if (hash is not null) await sessions.EndAll(name);
        sessions.Changed(after);
        return TypedResults.Json(
            new AccountAnswer(after.User, after.Roles, after.Procuratorate, after.Department, after.Prosecutor, after.MustChangePassword), Json.Options);
    }

    private static async Task<IResult> Delete(HttpContext context, Caller caller, IAccountStore accounts, Sessions sessions, CalendarTokens calendars)
    {
        string name = Name(context);
        if (name == caller.User) throw new ProblemException(Problem.Of(409, "own-account", "Nobody ends the own account; another administrator can."));
        Account? ended = await accounts.Find(name);
        if (!await accounts.Delete(name)) throw new ProblemException(Problem.Of(404));
        await sessions.EndAll(name);
        // Whoever gets this name next begins with nothing of it.
        if (ended is not null) await calendars.Forget(ended);
        await ViewEndpoints.Forget(accounts, name);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> CompleteSetup(HttpContext context, AuditTrail audit, IAccountStore accounts, Sessions sessions)
    {
        SetupBody body = await RequestBody.Read<SetupBody>(context);
        if (await Setup.IsComplete(accounts)) throw new ProblemException(Problem.Of(409, "setup-complete", "The administrators have been named."));
        (string Field, string? Name, string Role)[] named =
        [
            ("/systemAdmin", body.SystemAdmin, Role.SystemAdmin), ("/securityAdmin", body.SecurityAdmin, Role.SecurityAdmin), ("/auditor", body.Auditor, Role.Auditor),
        ];
        var changed = new List<Account>();
        foreach ((string field, string? name, string role) in named)
        {
            string user = Field.Text(name, field, 64);
            if (changed.Any(a => a.User == user)) throw Field.Wrong("Three different accounts.", field);
            Account account = await accounts.Find(user) ?? throw Field.Wrong("There is no such account; make it first.", field);
            changed.Add(account with { Roles = [role] });
            audit.Note(role, user);
        }
        if (changed.All(a => a.User != Setup.FirstAccount) && await accounts.Find(Setup.FirstAccount) is { } first)
            changed.Add(first with { Roles = [] });

        // In this order a crash in between leaves somebody who can finish it.
        foreach (Account account in changed)
        {
            await accounts.Save(account);
            sessions.Changed(account);
        }
        await Setup.Complete(accounts);
        return TypedResults.NoContent();
    }

    private static string Name(HttpContext context)
    {
        string name = PathSegment.After(context, "/api/users/");
        return name.Length is >= 1 and <= 64 && !name.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '/' or '\\')
            ? name
            : throw new ProblemException(Problem.Unprocessable("An account name has 1 to 64 characters without spaces and slashes."));
    }
}

/// <summary>An account to make or change.</summary>
/// <param name="Password">Needed for a new account.</param>
/// <param name="MustChangePassword">True with a new password unless said otherwise.</param>
/// <param name="Roles">Of contract chapter 9.</param>
/// <param name="Procuratorate">Unit code.</param>
/// <param name="Department">Department id.</param>
/// <param name="Prosecutor">Prosecutor id.</param>
internal sealed record AccountBody(
    string? Password = null, bool? MustChangePassword = null, string?[]? Roles = null, string? Procuratorate = null, string? Department = null,
    string? Prosecutor = null);

/// <summary>An account as it now is.</summary>
internal sealed record AccountAnswer(
    string User, IReadOnlyList<string> Roles, string? Procuratorate, string? Department, string? Prosecutor, bool MustChangePassword);

/// <summary>Account names of the three administrators.</summary>
internal sealed record SetupBody(string? SystemAdmin, string? SecurityAdmin, string? Auditor);

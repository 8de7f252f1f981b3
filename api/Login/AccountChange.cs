using System.Text.Json;
using Cluster.Api.Audit;
using Cluster.Api.Hosting;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Login;

/// <summary>What a PUT of an account changes; what the body does not mention stays.</summary>
internal sealed class AccountChange
{
    private const int LongestUnit = 64;

    private readonly HashSet<string> mentioned;
    private readonly AccountBody body;
    private readonly string[]? roles;

    private AccountChange(HashSet<string> mentioned, AccountBody body, string[]? roles)
    {
        this.mentioned = mentioned;
        this.body = body;
        this.roles = roles;
    }

    public string? Password => body.Password;

    /// <summary>Reads and checks the body.</summary>
    public static AccountChange Read(JsonElement json, string name)
    {
        AccountBody body = RequestBody.Shape<AccountBody>(json);
        HashSet<string> mentioned = [.. json.EnumerateObject().Select(p => p.Name)];
        if (body.Password is { } password)
        {
            if (password.Length is < Passwords.ShortestGiven or > Passwords.Longest)
                throw Field.Wrong($"A password has {Passwords.ShortestGiven} to {Passwords.Longest} characters.", "/password");
            if (password.Equals(name, StringComparison.OrdinalIgnoreCase)) throw Field.Wrong("The password is not the account's name.", "/password");
        }
        Field.Optional(body.Procuratorate, "/procuratorate", LongestUnit);
        Field.Optional(body.Department, "/department", LongestUnit);
        Field.Optional(body.Prosecutor, "/prosecutor", LongestUnit);
        return new AccountChange(mentioned, body, body.Roles is null ? null : RolesOf(body.Roles));
    }

    /// <summary>Refuses what the caller's own role does not cover.</summary>
    public void Allow(Caller caller, Account? before)
    {
        bool system = caller.Has(Role.SystemAdmin), security = caller.Has(Role.SecurityAdmin);
        if (before is null && !system) throw new ProblemException(Problem.Of(404));
        if (before is null && Password is null) throw Field.Wrong("A new account needs a password.", "/password");
        if (!system && mentioned.Any(field => field != "roles"))
            throw new ProblemException(Problem.Of(403, "system-admin-only", "Everything but roles is changed by the system-admin."));
        bool same = roles is null || new HashSet<string>(roles).SetEquals(before?.Roles ?? []);
        if (!same && !security)
            throw new ProblemException(Problem.Of(403, "security-admin-only", "Roles are given by the security-admin.", "/roles"));
        // Else whoever gives rights could take them.
        if (!same && before?.User == caller.User && !caller.Rights.Everything)
            throw new ProblemException(Problem.Of(403, "own-roles", "Nobody changes the own roles.", "/roles"));
    }

    /// <summary>Tells which fields, and which roles before and after; never a password.</summary>
    public void Describe(AuditTrail audit, Account? before)
    {
        audit.Office(mentioned.Contains("procuratorate") ? body.Procuratorate : before?.Procuratorate);
        audit.Note("fields", string.Join(',', mentioned.Order(StringComparer.Ordinal)));
        if (before is null) audit.Note("new", "true");
        if (roles is null || new HashSet<string>(roles).SetEquals(before?.Roles ?? [])) return;
        audit.Is(AuditAction.RolesChanged);
        audit.Note("rolesBefore", string.Join(',', before?.Roles ?? []));
        audit.Note("rolesAfter", string.Join(',', roles));
    }

    public Account Apply(string name, Account? before, string? passwordHash) => new(
        name,
        passwordHash ?? before!.PasswordHash,
        body.MustChangePassword ?? (passwordHash is not null || before!.MustChangePassword),
        roles ?? before?.Roles ?? [],
        mentioned.Contains("procuratorate") ? body.Procuratorate : before?.Procuratorate,
        mentioned.Contains("department") ? body.Department : before?.Department,
        mentioned.Contains("prosecutor") ? body.Prosecutor : before?.Prosecutor);

    private static string[] RolesOf(string?[] sent)
    {
        string[] roles = Field.Texts(sent, "/roles", Role.Known.Count, 32);
        for (int i = 0; i < sent.Length; i++) Field.OneOf(sent[i], $"/roles/{i}", [.. Role.Known]);
        if (roles.Contains(Role.Kiosk) && roles.Any(role => role != Role.Kiosk)) throw Field.Wrong("A screen on a wall holds no other role.", "/roles");
        return Role.Administrators.Count(roles.Contains) <= 1
            ? roles
            : throw Field.Wrong("system-admin, security-admin and auditor are three people.", "/roles");
    }
}

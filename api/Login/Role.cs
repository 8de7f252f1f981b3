namespace Cluster.Api.Login;

/// <summary>The roles of contract chapter 9.</summary>
internal static class Role
{
    public const string Handler = "handler";
    public const string Head = "head";
    public const string Monitor = "monitor";
    public const string Leader = "leader";
    public const string Superior = "superior";
    public const string Sender = "sender";
    public const string SystemAdmin = "system-admin";
    public const string SecurityAdmin = "security-admin";
    public const string Auditor = "auditor";

    /// <summary>
    /// A screen on a wall that nobody sits at (beyond the contract): follows the wall of its procuratorate with personal names masked, and reads nothing else.
    /// Never together with another role.
    /// </summary>
    public const string Kiosk = "kiosk";

    /// <summary>The roles of people and services; the account of a fresh install holds them all.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Handler, Head, Monitor, Leader, Superior, Sender, SystemAdmin, SecurityAdmin, Auditor];

    /// <summary>Every role that an account may be given.</summary>
    public static IReadOnlyList<string> Known { get; } = [.. All, Kiosk];

    /// <summary>Roles that read cases, each in its scope.</summary>
    public static string[] Readers { get; } = [Handler, Head, Monitor, Leader, Superior];

    /// <summary>Roles that look after the load of departments, each in its scope.</summary>
    public static string[] Overseers { get; } = [Head, Monitor, Leader, Superior];

    /// <summary>Roles that give cases to other prosecutors.</summary>
    public static string[] Assigners { get; } = [Head, Monitor, Leader];

    /// <summary>Kept apart: nobody but the account of a fresh install holds two of them.</summary>
    public static IReadOnlyList<string> Administrators { get; } = [SystemAdmin, SecurityAdmin, Auditor];
}

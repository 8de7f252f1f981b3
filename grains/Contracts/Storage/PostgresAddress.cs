using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Cluster.Contracts.Storage;

/// <summary>Where a PostgreSQL database is and who we are there, as <c>postgres://user:password@host:port/database?sslmode=require</c> says it.</summary>
/// <remarks>Neither its text nor what is said of a bad one holds the password.</remarks>
public sealed class PostgresAddress
{
    private const int UsualPort = 5432;
    private const string Form = "write postgres://user:password@host:port/database, with every character of user and password but letters, digits and -._~ percent-encoded";

    private static readonly string[] Schemes = ["postgres://", "postgresql://"];
    private static readonly string[] SslModes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];

    private PostgresAddress(string host, int port, string database, string user, string? password) =>
        (Host, Port, Database, User, Password) = (host, port, database, user, password);

    public string Host { get; }

    public int Port { get; }

    public string Database { get; }

    public string User { get; }

    /// <summary>Null: as <c>~/.pgpass</c> or the server's trust has it.</summary>
    public string? Password { get; }

    /// <summary>As libpq names them; null: prefer.</summary>
    public string? SslMode { get; private init; }

    /// <summary>File of the authority that the server's certificate must come from.</summary>
    public string? SslRootCertificate { get; private init; }

    /// <summary>Whether a text means a PostgreSQL database at all.</summary>
    public static bool Names(string text) => Schemes.Any(scheme => text.StartsWith(scheme, StringComparison.Ordinal));

    /// <exception cref="FormatException">It is not such an address; the message is one line and does not repeat it.</exception>
    public static PostgresAddress Parse(string text) => TryParse(text, out var address, out var problem) ? address : throw new FormatException(problem);

    /// <param name="problem">What is wrong, in one line that does not repeat the text.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out PostgresAddress? address, [NotNullWhen(false)] out string? problem)
    {
        address = null;
        var scheme = Schemes.FirstOrDefault(s => text.StartsWith(s, StringComparison.Ordinal));
        if (scheme is null || text.Contains('#', StringComparison.Ordinal) || text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
        {
            problem = Form;
            return false;
        }
        var (rest, query) = Cut(text[scheme.Length..], '?');
        var (authority, database) = Cut(rest, '/');
        var at = authority.LastIndexOf('@');
        var (user, password) = at < 0 ? ("", null) : Cut(authority[..at], ':');
        if (!TryHost(authority[(at + 1)..], out var host, out var port) || user.Length == 0 || user.Contains('@', StringComparison.Ordinal)
            || password?.AsSpan().IndexOfAny(":@") >= 0 || string.IsNullOrEmpty(database) || database.Contains('/', StringComparison.Ordinal))
        {
            problem = Form;
            return false;
        }
        if (!TrySettings(query, out var sslMode, out var root))
        {
            problem = $"after the question mark only sslmode={string.Join('|', SslModes)} and sslrootcert=FILE are known";
            return false;
        }
        problem = null;
        address = new PostgresAddress(host, port, Uri.UnescapeDataString(database), Uri.UnescapeDataString(user), password is null ? null : Uri.UnescapeDataString(password))
        {
            SslMode = sslMode,
            SslRootCertificate = root,
        };
        return true;
    }

    /// <summary>As it may be shown: without the password.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"postgres://{Uri.EscapeDataString(User)}@{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}/{Uri.EscapeDataString(Database)}");

    private static (string Before, string? After) Cut(string text, char at)
    {
        var place = text.IndexOf(at, StringComparison.Ordinal);
        return place < 0 ? (text, null) : (text[..place], text[(place + 1)..]);
    }

    private static bool TryHost(string text, out string host, out int port)
    {
        port = UsualPort;
        var end = text.StartsWith('[') ? text.IndexOf(']', StringComparison.Ordinal) + 1 : text.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0 ? colon : text.Length;
        host = text[..end].Trim('[', ']');
        var number = text[end..];
        return Uri.CheckHostName(host) != UriHostNameType.Unknown
            && (number.Length == 0 || (number[0] == ':' && int.TryParse(number.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= ushort.MaxValue));
    }

    private static bool TrySettings(string? query, out string? sslMode, out string? root)
    {
        sslMode = root = null;
        foreach (var setting in (query ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Cut(setting, '=');
            if (name == "sslmode" && SslModes.Contains(value)) sslMode = value;
            else if (name == "sslrootcert" && !string.IsNullOrEmpty(value)) root = Uri.UnescapeDataString(value);
            else return false;
        }
        return true;
    }
}

using System.Globalization;
using Npgsql;

namespace Cluster.Storage.Postgres;

/// <summary>The tables, and the version of them that this program knows: the last of the numbered scripts in <c>Migrations</c>.</summary>
internal static class Schema
{
    private const string Prefix = "Postgres.";
    private const string Suffix = ".sql";

    private static readonly SortedDictionary<long, string> Scripts = new(
        typeof(Schema).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal))
            .ToDictionary(name => long.Parse(name.AsSpan()[Prefix.Length..^Suffix.Length], NumberStyles.None, CultureInfo.InvariantCulture)));

    public static long Version => Scripts.Keys.Last();

    /// <summary>Makes an empty database ours, brings an older one up to date, each step in a transaction of its own, or checks that it is one we understand.</summary>
    /// <exception cref="StoreFormatException">A newer program wrote it, or the database cannot hold what we write.</exception>
    public static void Prepare(NpgsqlConnection connection)
    {
        if (Ask(connection, "SHOW server_encoding") is not "UTF8" and var encoding)
            throw new StoreFormatException($"The database has the encoding {encoding}; it must be UTF8.");
        while (Step(connection))
        {
        }
    }

    private static bool Step(NpgsqlConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        // Of several programs that open one database, the first brings it up to date and the others wait.
        Execute(connection, $"SELECT pg_advisory_xact_lock({AdvisoryLocks.Family}, {AdvisoryLocks.Schema})");
        Execute(connection, """CREATE TABLE IF NOT EXISTS meta(name text COLLATE "C" PRIMARY KEY, value bigint NOT NULL) WITH (fillfactor = 50)""");
        var found = Ask(connection, "SELECT value FROM meta WHERE name = 'schema'") as long? ?? 0;
        if (found > Version)
            throw new StoreFormatException($"The store has schema {found}; this program knows {Version} and would damage it. Use the newer program.");
        if (found == Version)
            return false;
        var next = Scripts.Keys.First(number => number > found);
        Execute(connection, Script(Scripts[next]));
        Execute(connection, $"INSERT INTO meta(name, value) VALUES('schema', {next}) ON CONFLICT(name) DO UPDATE SET value = excluded.value");
        transaction.Commit();
        return next < Version;
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.ExecuteNonQuery();
    }

    private static object? Ask(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar();
    }

    private static string Script(string name)
    {
        using var stream = typeof(Schema).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

namespace Cluster.Storage.Sqlite;

/// <summary>The tables as a sequence of migrations. A file's schema is the number of the last one that made it.</summary>
internal static class Schema
{
    // Each leads from the schema before to its own. What has been released is never changed, only followed by another.
    private static readonly string[] Migrations = ["1-store.sql", "2-rules.sql", "3-audit.sql", "4-closing.sql"];

    /// <summary>The schema that this program knows.</summary>
    public static long Version => Migrations.Length;

    /// <summary>Makes an empty database ours, or brings an older one up to date: each migration whole or not at all.</summary>
    /// <exception cref="StoreFormatException">A newer program wrote it.</exception>
    public static void Prepare(Connection connection)
    {
        connection.Execute("CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID");
        var found = connection.Prepare("SELECT value FROM meta WHERE name = 'schema'").One(row => row.Long(0));
        if (found > Version)
            throw new StoreFormatException($"The store has schema {found}; this program knows {Version} and would damage it. Use the newer program.");
        for (var next = found + 1; next <= Version; next++)
            Migrate(connection, next);
    }

    private static void Migrate(Connection connection, long to)
    {
        connection.Execute("BEGIN IMMEDIATE");
        try
        {
            connection.Execute(Script(Migrations[to - 1]));
            connection.Prepare("INSERT INTO meta(name, value) VALUES('schema', ?1) ON CONFLICT(name) DO UPDATE SET value = excluded.value").Set(1, to).Run();
            connection.Execute("COMMIT");
        }
        catch
        {
            connection.Rollback();
            throw;
        }
    }

    private static string Script(string name)
    {
        using var stream = typeof(Schema).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

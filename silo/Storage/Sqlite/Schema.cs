namespace Cluster.Storage.Sqlite;

/// <summary>The tables, and the version of them that this program knows.</summary>
internal static class Schema
{
    public const long Version = 1;

    /// <summary>Makes an empty database ours, or checks that it is one we understand.</summary>
    /// <exception cref="StoreFormatException">A newer program wrote it.</exception>
    public static void Prepare(Connection connection)
    {
        connection.Execute("BEGIN IMMEDIATE");
        try
        {
            connection.Execute("CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID");
            var found = connection.Prepare("SELECT value FROM meta WHERE name = 'schema'").One(row => (long?)row.Long(0));
            if (found > Version)
                throw new StoreFormatException($"The store has schema {found}; this program knows {Version} and would damage it. Use the newer program.");
            if (found is null)
            {
                connection.Execute(Script("Schema.sql"));
                connection.Execute($"INSERT INTO meta(name, value) VALUES('schema', {Version})");
            }
            connection.Execute(Script("Rules.sql"));
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

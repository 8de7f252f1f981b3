using Microsoft.Data.Sqlite;

namespace Cluster.Crash.Stores;

/// <summary>The embedded store.</summary>
internal sealed class SqliteUnderFault : StoreUnderFault
{
    private const string Gaps = "SELECT count(*) FROM (SELECT 1 FROM event GROUP BY stream_id HAVING min(version) <> 1 OR max(version) <> count(*))";

    /// <param name="disk">Where the file lies; null: among the temporary files.</param>
    public SqliteUnderFault(SmallDisk? disk = null)
    {
        if (disk is null) return;
        Directory.Delete(Data);
        Data = Path.Combine(disk.Path, "data");
        Directory.CreateDirectory(Data);
    }

    public override string Name => "sqlite";

    public string File => Path.Combine(Data, "cluster.db");

    public override Task Check()
    {
        using SqliteConnection connection = Open();
        string found = (string)Ask(connection, "PRAGMA integrity_check(10)")!;
        Claim.Holds(found == "ok", () => $"integrity_check: {found}");
        Claim.Holds((long)Ask(connection, Gaps)! == 0, () => "the versions of every stream run from 1 without a gap");
        return Task.CompletedTask;
    }

    /// <summary>Opens the file as another program would.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = File, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }

    public static object? Ask(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}

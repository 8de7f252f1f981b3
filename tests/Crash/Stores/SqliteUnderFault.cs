using System.Buffers.Binary;
using Microsoft.Data.Sqlite;

namespace Cluster.Crash.Stores;

/// <summary>The embedded store.</summary>
internal sealed class SqliteUnderFault : StoreUnderFault
{
    private const int PageSize = 4096;
    private const int HeaderOfLog = 32;
    private const int FrameOfLog = 24 + PageSize;
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

    /// <summary>Numbers from 0 of the pages that the write-ahead log does not hold anew.</summary>
    public IReadOnlyList<int> PagesOnlyInFile()
    {
        byte[] log = System.IO.File.ReadAllBytes(File + "-wal");
        var inLog = new HashSet<int>();
        for (int at = HeaderOfLog; at < LogInUse(log); at += FrameOfLog) inLog.Add((int)BinaryPrimitives.ReadUInt32BigEndian(log.AsSpan(at)) - 1);
        return [.. Enumerable.Range(0, (int)(new FileInfo(File).Length / PageSize)).Where(page => !inLog.Contains(page))];
    }

    /// <summary>Bytes of the write-ahead log that belong to its present run; behind them lie remains of earlier ones.</summary>
    public long LogInUse() => LogInUse(System.IO.File.ReadAllBytes(File + "-wal"));

    public static object? Ask(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static long LogInUse(byte[] log)
    {
        int at = HeaderOfLog;
        // Each frame carries the two salts of the run it belongs to.
        while (at + FrameOfLog <= log.Length && log.AsSpan(at + 8, 8).SequenceEqual(log.AsSpan(16, 8))) at += FrameOfLog;
        return at;
    }
}

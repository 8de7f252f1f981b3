using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Cluster.Storage.Sqlite;

/// <summary>A connection with its prepared statements. One user at a time.</summary>
internal sealed class Connection : IDisposable
{
    // Lists build their SQL from the filters given, so the texts are many but bounded; past this they are prepared anew.
    private const int MostStatements = 256;

    // SQLITE_DBSTATUS_CACHE_WRITE.
    private const int CacheWrite = 9;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, Statement> _statements = [];

    private Connection(SqliteConnection connection) => _connection = connection;

    /// <summary>Pages that this connection has written to the log so far.</summary>
    public long PagesWritten
    {
        get
        {
            raw.sqlite3_db_status(Handle, CacheWrite, out var pages, out _, 0);
            return pages;
        }
    }

    public sqlite3 Handle => _connection.Handle!;

    /// <summary>The one connection that writes. Another program that locks the file, a backup say, is waited for only briefly: senders would rather come again.</summary>
    public static Connection OpenWriter(string file) => Open(file, """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA foreign_keys = OFF;
        PRAGMA busy_timeout = 2000;
        PRAGMA wal_autocheckpoint = 0;
        PRAGMA journal_size_limit = 67108864;
        PRAGMA cache_size = -65536;
        PRAGMA temp_store = MEMORY;
        """);

    /// <summary>A connection that reads the last committed state and never waits for the writer.</summary>
    public static Connection OpenReader(string file) => Open(file, """
        PRAGMA query_only = ON;
        PRAGMA busy_timeout = 10000;
        PRAGMA cache_size = -16384;
        PRAGMA temp_store = MEMORY;
        """);

    /// <summary>A connection to the store of another process, which cannot write, nor tidy up behind that process.</summary>
    public static Connection OpenBeside(string file) => Open(file, """
        PRAGMA query_only = ON;
        PRAGMA busy_timeout = 10000;
        PRAGMA cache_size = -65536;
        """, SqliteOpenMode.ReadOnly);

    /// <summary>A connection to a new file that nobody relies on before it is whole: no commit waits for the disk, and a crash may leave anything.</summary>
    public static Connection OpenToFill(string file) => Open(file, """
        PRAGMA journal_mode = OFF;
        PRAGMA synchronous = OFF;
        PRAGMA cache_size = -262144;
        PRAGMA temp_store = MEMORY;
        """);

    private static Connection Open(string file, string pragmas, SqliteOpenMode mode = SqliteOpenMode.ReadWriteCreate)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, Mode = mode };
        var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            var opened = new Connection(connection);
            opened.Execute(pragmas);
            return opened;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The statement for this text, prepared at most once.</summary>
    public Statement Prepare(string sql)
    {
        if (_statements.TryGetValue(sql, out var statement))
            return statement;
        if (_statements.Count >= MostStatements)
            DisposeStatements();
        return _statements[sql] = new Statement(Handle, sql);
    }

    /// <summary>A statement that its owner keeps and disposes of.</summary>
    public Statement Own(string sql) => new(Handle, sql);

    /// <summary>Runs one or several statements that return nothing of interest.</summary>
    public void Execute(string sql)
    {
        var result = raw.sqlite3_exec(Handle, sql);
        if (result != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(result, Handle);
    }

    /// <summary>Runs several reads against one state of the database.</summary>
    public T Snapshot<T>(Func<Connection, T> read)
    {
        Execute("BEGIN");
        try
        {
            return read(this);
        }
        finally
        {
            Rollback();
        }
    }

    /// <summary>Ends the transaction if there is one; an error inside it may have ended it already.</summary>
    public void Rollback()
    {
        if (raw.sqlite3_get_autocommit(Handle) == 0)
            raw.sqlite3_exec(Handle, "ROLLBACK");
    }

    public void Dispose()
    {
        DisposeStatements();
        _connection.Dispose();
    }

    private void DisposeStatements()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        _statements.Clear();
    }
}

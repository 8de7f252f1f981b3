using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Cluster.Storage.Sqlite;

/// <summary>
/// A prepared statement, bound, run and reset many times. It speaks to SQLite itself: ADO.NET's parameters and readers
/// cost more than the statements of the write path. As thread-safe as its connection, that is, not.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _handle;

    public Statement(sqlite3 database, string sql)
    {
        _database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _handle));
    }

    public Statement Set(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(_handle, parameter, value));
        return this;
    }

    public Statement Set(int parameter, bool value) => Set(parameter, value ? 1L : 0L);

    public Statement Set(int parameter, long? value) => value is { } known ? Set(parameter, known) : SetNull(parameter);

    public Statement Set(int parameter, double value)
    {
        Check(raw.sqlite3_bind_double(_handle, parameter, value));
        return this;
    }

    public Statement Set(int parameter, string? value)
    {
        if (value is null)
            return SetNull(parameter);
        if (value.Length == 0)
        {
            Check(raw.sqlite3_bind_text(_handle, parameter, ""));
            return this;
        }
        // By length, not zero-terminated: a text may hold U+0000.
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        byte[]? rented = null;
        var buffer = most <= 512 ? stackalloc byte[512] : rented = ArrayPool<byte>.Shared.Rent(most);
        var length = Encoding.UTF8.GetBytes(value, buffer);
        Check(raw.sqlite3_bind_text(_handle, parameter, (ReadOnlySpan<byte>)buffer[..length]));
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return this;
    }

    public Statement Set(int parameter, byte[] value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Check(value.Length == 0
            ? raw.sqlite3_bind_zeroblob(_handle, parameter, 0)
            : raw.sqlite3_bind_blob(_handle, parameter, (ReadOnlySpan<byte>)value));
        return this;
    }

    private Statement SetNull(int parameter)
    {
        Check(raw.sqlite3_bind_null(_handle, parameter));
        return this;
    }

    /// <summary>Binds a long, double, text, bytes or null.</summary>
    public Statement SetValue(int parameter, object? value) => value switch
    {
        null => SetNull(parameter),
        long number => Set(parameter, number),
        double number => Set(parameter, number),
        string text => Set(parameter, text),
        _ => Set(parameter, (byte[])value),
    };

    /// <summary>Runs to the end and returns how many rows were changed.</summary>
    public int Run()
    {
        try
        {
            while (Step())
            {
            }
            return raw.sqlite3_changes(_database);
        }
        finally
        {
            raw.sqlite3_reset(_handle);
        }
    }

    /// <summary>Runs an insert and returns the row's id.</summary>
    public long Insert()
    {
        Run();
        return raw.sqlite3_last_insert_rowid(_database);
    }

    public List<T> All<T>(Func<Statement, T> read)
    {
        try
        {
            var rows = new List<T>();
            while (Step())
                rows.Add(read(this));
            return rows;
        }
        finally
        {
            raw.sqlite3_reset(_handle);
        }
    }

    /// <summary>Takes one row after the other, without keeping them.</summary>
    public void Each(Action<Statement> take)
    {
        try
        {
            while (Step())
                take(this);
        }
        finally
        {
            raw.sqlite3_reset(_handle);
        }
    }

    /// <summary>The first row, or the default value if there is none.</summary>
    public T? One<T>(Func<Statement, T> read)
    {
        try
        {
            return Step() ? read(this) : default;
        }
        finally
        {
            raw.sqlite3_reset(_handle);
        }
    }

    /// <summary>How many columns a row has.</summary>
    public int Columns => raw.sqlite3_column_count(_handle);

    /// <summary>A column as it is stored: a long, double, text, bytes or null.</summary>
    public object? Value(int column) => raw.sqlite3_column_type(_handle, column) switch
    {
        raw.SQLITE_NULL => null,
        raw.SQLITE_INTEGER => Long(column),
        raw.SQLITE_FLOAT => Double(column),
        raw.SQLITE_TEXT => Text(column),
        _ => Blob(column),
    };

    public bool IsNull(int column) => raw.sqlite3_column_type(_handle, column) == raw.SQLITE_NULL;

    public long Long(int column) => raw.sqlite3_column_int64(_handle, column);

    public long? OptionalLong(int column) => IsNull(column) ? null : Long(column);

    public int Int(int column) => raw.sqlite3_column_int(_handle, column);

    public bool Bool(int column) => Long(column) != 0;

    public double Double(int column) => raw.sqlite3_column_double(_handle, column);

    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(_handle, column));

    /// <summary>A text as its bytes, which last until the next row.</summary>
    public ReadOnlySpan<byte> Utf8(int column) => raw.sqlite3_column_blob(_handle, column);

    public string? OptionalText(int column) => IsNull(column) ? null : Text(column);

    public byte[] Blob(int column) => raw.sqlite3_column_blob(_handle, column).ToArray();

    public void Dispose() => _handle.Dispose();

    private bool Step()
    {
        var result = raw.sqlite3_step(_handle);
        if (result == raw.SQLITE_ROW)
            return true;
        if (result == raw.SQLITE_DONE)
            return false;
        SqliteException.ThrowExceptionForRC(result, _database);
        return false;
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(result, _database);
    }
}

using Cluster.Contracts.Storage;
using Cluster.Storage.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace Cluster.Storage.Moving.Postgres;

/// <summary>An empty database, filled by COPY in one transaction: whoever looks sees nothing of it before the end, and nothing of it after a crash.</summary>
internal sealed class PostgresFilling : IStoreFilling
{
    // Numbers that the database gives out itself; it goes on after those that came in.
    private static readonly (string Table, string Sequence)[] Sequences =
        [("source", "pg_get_serial_sequence('source', 'id')"), ("stream", "pg_get_serial_sequence('stream', 'id')"), ("feed_scope", "pg_get_serial_sequence('feed_scope', 'id')"), ("feed_item", "'feed_item_id'")];

    private readonly Sessions _sessions;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly List<string> _filled = [];
    private NpgsqlBinaryImporter? _rows;
    private NpgsqlDbType[] _types = [];

    /// <exception cref="StoreMoveException">A server uses the database, there is something in it, or it cannot be reached.</exception>
    public PostgresFilling(PostgresAddress address)
    {
        _sessions = new Sessions(address, 1);
        try
        {
            _connection = _sessions.OpenWriter();
            if (!PostgresSession.TryUse(_connection)) throw new StoreMoveException($"A server uses {address}; stop it first.");
            PostgresSession.Plan(_connection);
            Schema.Prepare(_connection);
            _transaction = _connection.BeginTransaction();
            StoreEmptiness.Require(Read(), address.ToString());
        }
        catch (Exception failure)
        {
            _connection?.Dispose();
            _sessions.Dispose();
            if (failure is NpgsqlException and not PostgresException) throw new StoreMoveException($"{address} cannot be reached: {failure.Message.ReplaceLineEndings(" ")}");
            throw;
        }
    }

    public void Begin(MovedTable table)
    {
        if (table.IsOneRow) PostgresSession.Execute(_connection, $"DELETE FROM {table.Name}");
        var types = Types(table.Name);
        _types = [.. table.Columns.Select(c => types[c.Name])];
        _rows = _connection.BeginBinaryImport($"COPY {table.Name}({table.Names}) FROM STDIN (FORMAT BINARY)");
        _rows.Timeout = TimeSpan.Zero;
        _filled.Add(table.Name);
    }

    public void Add(object?[] row)
    {
        _rows!.StartRow();
        for (var i = 0; i < row.Length; i++) Write(row[i], _types[i]);
    }

    public void End()
    {
        _rows!.Complete();
        _rows.Dispose();
        _rows = null;
    }

    public void SetMeta(string name, long value)
    {
        using var command = new NpgsqlCommand("INSERT INTO meta(name, value) VALUES($1, $2) ON CONFLICT(name) DO UPDATE SET value = excluded.value", _connection)
        {
            Parameters = { new() { Value = name }, new() { Value = value } },
        };
        command.ExecuteNonQuery();
    }

    public IStoreReading Read() => PostgresReading.Within(_connection);

    public void Finish()
    {
        foreach (var (table, sequence) in Sequences) PostgresSession.Execute(_connection, $"SELECT setval({sequence}, max(id)) FROM {table} HAVING max(id) IS NOT NULL");
        _transaction.Commit();
        // A server may plan before the database comes to it by itself.
        PostgresSession.Execute(_connection, "ANALYZE " + string.Join(", ", _filled));
    }

    public void Dispose()
    {
        _rows?.Dispose();
        _transaction.Dispose();
        _connection.Dispose();
        _sessions.Dispose();
    }

    private Dictionary<string, NpgsqlDbType> Types(string table)
    {
        var types = new Dictionary<string, NpgsqlDbType>(StringComparer.Ordinal);
        Read().Each($"SELECT attname::text, atttypid::regtype::text FROM pg_attribute WHERE attrelid = to_regclass('{table}') AND attnum > 0 AND NOT attisdropped", row => types.Add((string)row[0]!, (string)row[1]! switch
        {
            "bigint" => NpgsqlDbType.Bigint,
            "integer" => NpgsqlDbType.Integer,
            "smallint" => NpgsqlDbType.Smallint,
            "boolean" => NpgsqlDbType.Boolean,
            "double precision" => NpgsqlDbType.Double,
            "bytea" => NpgsqlDbType.Bytea,
            _ => NpgsqlDbType.Text,
        }));
        return types;
    }

    private void Write(object? value, NpgsqlDbType type)
    {
        switch (value)
        {
            case null:
                _rows!.WriteNull();
                break;
            case long number when type == NpgsqlDbType.Boolean:
                _rows!.Write(number != 0, type);
                break;
            case long number when type == NpgsqlDbType.Integer:
                _rows!.Write(checked((int)number), type);
                break;
            case long number when type == NpgsqlDbType.Smallint:
                _rows!.Write(checked((short)number), type);
                break;
            case long number:
                _rows!.Write(number, type);
                break;
            case double number:
                _rows!.Write(number, type);
                break;
            case string text:
                _rows!.Write(Texts.Stored(text), type);
                break;
            default:
                _rows!.Write((byte[])value, type);
                break;
        }
    }
}

using Cluster.Contracts.Storage;
using Cluster.Storage.Postgres;
using Npgsql;

namespace Cluster.Storage.Moving.Postgres;

/// <summary>One state of a PostgreSQL database: a transaction of its own that sees nothing of what others write meanwhile, and keeps nobody waiting.</summary>
internal sealed class PostgresReading : IStoreReading
{
    private readonly Sessions? _sessions;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction? _transaction;

    private PostgresReading(Sessions sessions, NpgsqlConnection connection, bool live)
    {
        (_sessions, _connection, Live) = (sessions, connection, live);
        PostgresSession.Plan(connection);
        _transaction = connection.BeginTransaction(System.Data.IsolationLevel.RepeatableRead);
    }

    private PostgresReading(NpgsqlConnection connection) => _connection = connection;

    public string Engine => "postgres";

    public bool Live { get; }

    /// <summary>Opens a database. While it is read, no server that wants it for itself can begin to use it; one that does already is not disturbed.</summary>
    /// <exception cref="StoreMoveException">There is no store in it, or it cannot be reached.</exception>
    public static PostgresReading Open(PostgresAddress address)
    {
        var sessions = new Sessions(address, 1);
        NpgsqlConnection? connection = null;
        try
        {
            connection = sessions.OpenReader();
            var reading = new PostgresReading(sessions, connection, !PostgresSession.TryUse(connection));
            if (!reading.Has("event")) throw new StoreMoveException($"There is no store in {address}.");
            return reading;
        }
        catch (Exception failure)
        {
            connection?.Dispose();
            sessions.Dispose();
            if (failure is NpgsqlException and not PostgresException) throw new StoreMoveException($"{address} cannot be reached: {failure.Message.ReplaceLineEndings(" ")}");
            throw;
        }
    }

    /// <summary>Reads what a transaction has written, inside it.</summary>
    public static PostgresReading Within(NpgsqlConnection connection) => new(connection);

    public bool Has(string table) => this.Number($"SELECT count(*) FROM pg_class WHERE oid = to_regclass({Literal(table)})") > 0;

    public void Each(string sql, Action<object?[]> row, CancellationToken cancellation = default)
    {
        using var command = new NpgsqlCommand(sql, _connection) { CommandTimeout = 0 };
        using var rows = command.ExecuteReader();
        var values = new object?[rows.FieldCount];
        while (rows.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            for (var i = 0; i < values.Length; i++) values[i] = rows.IsDBNull(i) ? null : Plain(rows.GetValue(i));
            row(values);
        }
    }

    public string Literal(string text) => $"'{Texts.Stored(text).Replace("'", "''", StringComparison.Ordinal)}'";

    // It has checksums and tools of its own.
    public IReadOnlyList<string> Damage(CancellationToken cancellation = default) => [];

    public void Dispose()
    {
        if (_sessions is null) return;
        _transaction?.Dispose();
        _connection.Dispose();
        _sessions.Dispose();
    }

    private static object Plain(object value) => value switch
    {
        bool truth => truth ? 1L : 0L,
        short number => (long)number,
        int number => (long)number,
        string text => Texts.Read(text),
        _ => value,
    };
}

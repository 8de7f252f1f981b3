using Npgsql;
using NpgsqlTypes;

namespace Cluster.Storage.Postgres;

/// <summary>A statement with its values, <c>$1</c> first. Npgsql prepares its text on each connection that meets it again.</summary>
internal sealed class Statement(string sql)
{
    private bool _ran;

    /// <summary>As a part of a batch.</summary>
    public NpgsqlBatchCommand Command { get; private set; } = new(sql);

    /// <summary>Rows that it changed, once its batch has run.</summary>
    public int Changed => (int)Command.RecordsAffected;

    public Statement Set(long value) => Add(value, NpgsqlDbType.Bigint);

    public Statement Set(int value) => Add(value, NpgsqlDbType.Integer);

    public Statement Set(bool value) => Add(value, NpgsqlDbType.Boolean);

    public Statement Set(string? value) => value is null ? AddNull(NpgsqlDbType.Text) : Add(Texts.Stored(value), NpgsqlDbType.Text);

    public Statement Set(byte[] value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Add(value, NpgsqlDbType.Bytea);
    }

    /// <summary>A column of values, for <c>unnest</c> or <c>= ANY</c>.</summary>
    public Statement Set(IEnumerable<string?> values) => Add(values.Select(v => v is null ? null : Texts.Stored(v)).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);

    public Statement Set(IEnumerable<long> values) => Add(values.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint);

    public Statement Set(IEnumerable<long?> values) => Add(values.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint);

    public Statement Set(IEnumerable<int> values) => Add(values.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Integer);

    public Statement Set(IEnumerable<int?> values) => Add(values.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Integer);

    public Statement Set(IEnumerable<double> values) => Add(values.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Double);

    public Statement Set(IEnumerable<bool> values) => Add(values.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Boolean);

    /// <exception cref="ArgumentNullException">One of them is null.</exception>
    public Statement Set(IEnumerable<byte[]> values) => Add(
        values.Select(v =>
        {
            ArgumentNullException.ThrowIfNull(v);
            return v;
        }).ToArray(),
        NpgsqlDbType.Array | NpgsqlDbType.Bytea);

    public Statement SetOptional(IEnumerable<byte[]?> values) => Add(values.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bytea);

    /// <summary>Runs to the end and returns how many rows were changed.</summary>
    public int Run(NpgsqlConnection connection)
    {
        using var batch = Batch(connection);
        return batch.ExecuteNonQuery();
    }

    public List<T> All<T>(NpgsqlConnection connection, Func<NpgsqlDataReader, T> read)
    {
        using var batch = Batch(connection);
        using var rows = batch.ExecuteReader();
        return rows.Rest(read);
    }

    public async Task<List<T>> All<T>(NpgsqlConnection connection, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        await using var batch = Batch(connection);
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        var all = new List<T>();
        while (await rows.ReadAsync(cancellation))
            all.Add(read(rows));
        return all;
    }

    /// <summary>The first row, or the default value if there is none.</summary>
    public async Task<T?> One<T>(NpgsqlConnection connection, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        await using var batch = Batch(connection);
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        return await rows.ReadAsync(cancellation) ? read(rows) : default;
    }

    private NpgsqlBatch Batch(NpgsqlConnection connection)
    {
        // A command keeps what was prepared for it on the connection where it ran, which another connection does not know.
        if (_ran)
            Command = Copy(Command);
        _ran = true;
        return new(connection) { BatchCommands = { Command } };
    }

    private static NpgsqlBatchCommand Copy(NpgsqlBatchCommand command)
    {
        var copy = new NpgsqlBatchCommand(command.CommandText);
        foreach (var parameter in command.Parameters)
            copy.Parameters.Add(((NpgsqlParameter)parameter).Clone());
        return copy;
    }

    private Statement Add<T>(T value, NpgsqlDbType type)
    {
        Command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type });
        return this;
    }

    private Statement AddNull(NpgsqlDbType type)
    {
        Command.Parameters.Add(new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = type });
        return this;
    }
}

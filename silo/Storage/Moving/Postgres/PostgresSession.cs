using Cluster.Storage.Postgres;
using Npgsql;

namespace Cluster.Storage.Moving.Postgres;

/// <summary>What a session that moves a whole store asks for, unlike one that serves people.</summary>
internal static class PostgresSession
{
    /// <summary>Leaves the plans to the server: whole tables are read, not stretches of an index. Nothing is cut off for its length.</summary>
    public static void Plan(NpgsqlConnection connection) => Execute(connection, """
        SET enable_seqscan = on; SET enable_bitmapscan = on; SET enable_sort = on; SET enable_hashjoin = on; SET enable_mergejoin = on;
        SET plan_cache_mode = auto; SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0
        """);

    /// <summary>Takes the lock of the one process that uses the database, until the session ends; false if a server has it.</summary>
    public static bool TryUse(NpgsqlConnection connection)
    {
        using var ask = new NpgsqlCommand($"SELECT pg_try_advisory_lock({AdvisoryLocks.Family}, {AdvisoryLocks.Use})", connection);
        return ask.ExecuteScalar() is true;
    }

    public static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.ExecuteNonQuery();
    }
}

using Cluster.Contracts.Storage;
using Npgsql;

namespace Cluster.Silo.Clustered;

/// <summary>What Orleans keeps in the database of the store: who is in the cluster, reminders, states of grains.</summary>
internal static class OrleansTables
{
    /// <summary>Name of the ADO.NET provider as Orleans knows it.</summary>
    public const string Invariant = "Npgsql";

    // "Orle": of several processes that start at once, one makes the tables.
    private const int Lock = 0x4F726C65;

    /// <summary>Where Orleans finds its tables.</summary>
    public static string ConnectionString(string store)
    {
        var address = PostgresAddress.Parse(store);
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = address.Host,
            Port = address.Port,
            Database = address.Database,
            Username = address.User,
            Password = address.Password,
            ApplicationName = "cluster-orleans",
            SearchPath = "orleans",
            MaxPoolSize = 16,
            Timeout = 3,
            CommandTimeout = 5,
        };
        if (address.SslMode is { } mode) settings.SslMode = Enum.Parse<SslMode>(mode.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
        if (address.SslRootCertificate is { } root) settings.RootCertificate = root;
        return settings.ConnectionString;
    }

    /// <summary>Real time since the first process of the cluster started its simulated clock.</summary>
    public static async Task<TimeSpan> SinceClockStarted(string store, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(store));
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand("INSERT INTO clock DEFAULT VALUES ON CONFLICT DO NOTHING; SELECT clock_timestamp() - started FROM clock", connection);
        return (TimeSpan)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Makes what is missing and brings the statements up to date.</summary>
    public static async Task Prepare(string store, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(store));
        await connection.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await Run($"SELECT pg_advisory_xact_lock({Lock})");
        await using var stream = typeof(OrleansTables).Assembly.GetManifestResourceStream("orleans.sql")!;
        using var reader = new StreamReader(stream);
        await Run(await reader.ReadToEndAsync(cancellation));
        await transaction.CommitAsync(cancellation);

        async Task Run(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }
}

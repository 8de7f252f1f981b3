using Cluster.Contracts.Storage;
using Npgsql;

namespace Cluster.Storage.Postgres;

/// <summary>The connections to one database: how long they wait for it, and what they ask of the server whatever its own defaults are.</summary>
internal sealed class Sessions : IDisposable
{
    /// <summary>Seconds. A server that takes longer counts as away; whoever asked is told to come back.</summary>
    private const int ConnectTimeout = 3;
    private const int CommandTimeout = 5;

    // Plans are made once a text and connection. What they may be is decided here and not by the server's guess, which has nothing to go by while the tables
    // are young: walks along an index in its order. Compiling a plan would cost more than running it.
    private const string Walks = "-c plan_cache_mode=force_generic_plan -c jit=off -c enable_seqscan=off -c enable_bitmapscan=off";

    // A reading never sorts what an index has in order.
    private const string Reading = $"{Walks} -c enable_sort=off -c default_transaction_read_only=on";

    // Arrays are joined by probing an index for each element. A commit is on the disk when it is told. A session whose process is gone must not keep its locks.
    private const string Writing = $"{Walks} -c enable_hashjoin=off -c enable_mergejoin=off -c synchronous_commit=on"
        + " -c statement_timeout=10s -c idle_in_transaction_session_timeout=10s -c client_connection_check_interval=1s"
        + " -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3";

    private readonly PostgresAddress _address;
    private readonly NpgsqlDataSource _readers;

    /// <param name="readers">Reads that may run at once.</param>
    public Sessions(PostgresAddress address, int readers)
    {
        _address = address;
        var settings = Settings(Reading);
        settings.Pooling = true;
        settings.MinPoolSize = 0;
        settings.MaxPoolSize = readers;
        _readers = NpgsqlDataSource.Create(settings);
    }

    /// <summary>One of a few, from the pool. A read sees every commit acknowledged before it began.</summary>
    public ValueTask<NpgsqlConnection> Reader(CancellationToken cancellation) => _readers.OpenConnectionAsync(cancellation);

    /// <summary>A connection of its own for a long reading.</summary>
    public NpgsqlConnection OpenReader() => Open(Reading);

    /// <summary>A connection that writes, or holds a lock.</summary>
    public NpgsqlConnection OpenWriter() => Open(Writing);

    public void Dispose() => _readers.Dispose();

    /// <summary>Whether an exception says that the database cannot be used, rather than that something is wrong with what was asked of it.</summary>
    public static bool IsAway(Exception exception) => exception switch
    {
        // Data that does not fit (22), a constraint (23), a limit of the program (54), and what other writers do to us (40).
        PostgresException refusal => refusal.SqlState[..2] is not ("22" or "23" or "54" or "40"),
        NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException => true,
        _ => false,
    };

    private NpgsqlConnection Open(string options)
    {
        var connection = new NpgsqlConnection(Settings(options).ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private NpgsqlConnectionStringBuilder Settings(string options)
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = _address.Host,
            Port = _address.Port,
            Database = _address.Database,
            Username = _address.User,
            Password = _address.Password,
            ApplicationName = "cluster",
            Options = options,
            Pooling = false,
            Timeout = ConnectTimeout,
            CommandTimeout = CommandTimeout,
            // None: a server that did not answer will hardly answer to being asked to stop, and to ask takes a connection. It notices that we are gone.
            CancellationTimeout = -1,
            MaxAutoPrepare = 200,
            AutoPrepareMinUsages = 2,
            Enlist = false,
        };
        if (_address.SslMode is { } mode)
            settings.SslMode = Enum.Parse<SslMode>(mode.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
        if (_address.SslRootCertificate is { } root)
            settings.RootCertificate = root;
        return settings;
    }
}

using Microsoft.Extensions.Logging;
using Npgsql;

namespace Cluster.Storage.Postgres;

/// <summary>
/// That no other process uses the database, or only such as share it too: a lock of a session, which the server frees when the session ends. When ours ends,
/// the store is away until we have the lock again. What is written is fenced by keys besides, so the moment between the two cannot do harm.
/// </summary>
internal sealed partial class DatabaseUse : IDisposable
{
    // A process that was killed may leave a statement running, whose end frees its lock.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    // Less than others wait, so that they are told soon. Waited for here: past its own time-out the driver tries to have the statement cancelled, over a
    // further connection to the server that does not answer.
    private static readonly TimeSpan BeatPatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(800);

    private readonly Sessions _sessions;
    private readonly string _database;
    private readonly bool _alone;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    // Of its own: however busy the others are, it must not take a server for lost that is there.
    private readonly Thread _watch;
    private NpgsqlConnection _session;
    private Task? _hangs;
    private volatile string? _lost;
    private volatile CancellationTokenSource _away = new();

    private DatabaseUse(Sessions sessions, NpgsqlConnection session, string database, bool alone, ILogger logger)
    {
        (_sessions, _session, _database, _alone, _logger) = (sessions, session, database, alone, logger);
        _watch = new Thread(Watch) { Name = "store lock", IsBackground = true };
        _watch.Start();
    }

    /// <param name="database">Its name for messages.</param>
    /// <param name="alone">Whether nobody else may use it.</param>
    /// <exception cref="IOException">Another process uses the database.</exception>
    public static DatabaseUse Take(Sessions sessions, string database, bool alone, TimeProvider clock, ILogger logger)
    {
        var session = sessions.OpenWriter();
        try
        {
            var start = clock.GetTimestamp();
            for (var pause = FirstPause; !(TryLock(session, AdvisoryLocks.Use, alone) && (!alone || LastWriterIsGone(session))); pause = Longer(pause))
            {
                if (clock.GetElapsedTime(start) > Patience)
                    throw new IOException(Taken(database));
                Task.Delay(pause, clock).GetAwaiter().GetResult();
            }
            return new DatabaseUse(sessions, session, database, alone, logger);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Cancelled when the database is lost: who waits for an answer of a server that has fallen silent need not wait longer.</summary>
    public CancellationToken Away => _away.Token;

    /// <exception cref="IOException">The use was lost and is not ours again yet.</exception>
    public void Require()
    {
        if (_lost is { } reason)
            throw new IOException(reason);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _watch.Join();
        if (_hangs is null)
            _session.Dispose();
        _stop.Dispose();
    }

    private void Watch()
    {
        while (WhileOurs() && Regain())
        {
        }
    }

    // False when told to stop.
    private bool WhileOurs()
    {
        while (Wait(Beat))
        {
            try
            {
                Ask();
            }
            catch (Exception failure)
            {
                _lost = $"The connection to {_database} was lost.";
                // Whoever goes on then must not do so here.
                _ = _away.CancelAsync();
                Lost(_logger, failure);
                return true;
            }
        }
        return false;
    }

    private void Ask()
    {
        var session = _session;
        var asked = Task.Factory.StartNew(
            () =>
            {
                using var ask = new NpgsqlCommand("SELECT 1", session);
                ask.ExecuteScalar();
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (asked.Wait(BeatPatience))
            return;
        // Until it has come to an end nobody else may touch the session, which then is of no more use, whatever the end.
        _hangs = asked.ContinueWith(
            late =>
            {
                _ = late.Exception;
                session.Dispose();
            },
            TaskScheduler.Default);
        throw new TimeoutException("The database does not answer.");
    }

    // False when told to stop.
    private bool Regain()
    {
        if (_hangs is null)
            _session.Dispose();
        for (var pause = FirstPause; Wait(pause); pause = Longer(pause))
        {
            NpgsqlConnection? session = null;
            try
            {
                session = _sessions.OpenWriter();
                if (TryLock(session, AdvisoryLocks.Use, _alone))
                {
                    (_session, _hangs) = (session, null);
                    // Not disposed of: somebody may still be asking it.
                    _away = new CancellationTokenSource();
                    _lost = null;
                    Regained(_logger);
                    return true;
                }
                _lost = Taken(_database);
            }
            catch (Exception failure)
            {
                _lost = $"{_database} cannot be reached: {failure.Message}";
            }
            session?.Dispose();
        }
        return false;
    }

    private bool Wait(TimeSpan time) => !_stop.Token.WaitHandle.WaitOne(time);

    // A process that was killed may have asked for a commit that the server is still at. What it writes must be there before we read what stands.
    private static bool LastWriterIsGone(NpgsqlConnection session) =>
        TryLock(session, AdvisoryLocks.Writing, alone: true) && new Statement($"SELECT pg_advisory_unlock({AdvisoryLocks.Family}, {AdvisoryLocks.Writing})").All(session, row => row.GetBoolean(0))[0];

    private static bool TryLock(NpgsqlConnection session, int which, bool alone)
    {
        using var ask = new NpgsqlCommand($"SELECT pg_try_advisory_lock{(alone ? "" : "_shared")}({AdvisoryLocks.Family}, {which})", session);
        return ask.ExecuteScalar() is true;
    }

    private static string Taken(string database) => $"Another process uses {database}; one at a time can, or the processes of one cluster.";

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;

    [LoggerMessage(EventId = 4202, Level = LogLevel.Error, Message = "The database was lost; nothing is read or written until it is back")]
    private static partial void Lost(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 4203, Level = LogLevel.Information, Message = "The database is back")]
    private static partial void Regained(ILogger logger);
}

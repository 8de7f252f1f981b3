using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Cluster.Shared;

/// <summary>
/// A PostgreSQL of this machine's packages with a data directory of its own, on the loopback, durable (fsync on). It ends, and its directory goes, with the
/// process that started it, however that one ends: a shell watches a pipe of ours.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string Packages = "/usr/lib/postgresql";
    private const string Owner = "postgres";
    private const string Password = "a-password-of-tests";

    /// <summary>Tries at a free port: somebody may take it between our look and the server's start.</summary>
    private const int Ports = 5;

    private static readonly Lazy<Task<PostgresServer>> Ours = new(() => StartOwn());

    private readonly string _home;
    private readonly bool _ownsHome;
    private readonly Process _watch;

    private PostgresServer(string home, bool ownsHome, int port, Process watch) => (_home, _ownsHome, Port, _watch) = (home, ownsHome, port, watch);

    private static string? Programs { get; } = Directory.Exists(Packages)
        ? Directory.GetDirectories(Packages).OrderByDescending(d => int.TryParse(Path.GetFileName(d), out int version) ? version : 0)
            .Select(d => Path.Combine(d, "bin")).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")))
        : null;

    /// <summary>Why there can be none here; null if there can.</summary>
    public static string? Missing { get; } =
        Programs is null ? $"PostgreSQL is not installed ({Packages}/*/bin/initdb): apt-get install postgresql"
        : IsRoot && !File.Exists("/usr/sbin/runuser") && !File.Exists("/sbin/runuser") ? "PostgreSQL does not run as root, and there is no runuser to change to its account."
        : IsRoot && !File.ReadLines("/etc/passwd").Any(line => line.StartsWith(Owner + ":", StringComparison.Ordinal)) ? $"PostgreSQL does not run as root, and there is no account '{Owner}'."
        : null;

    /// <summary>Loopback port it listens on; the same after <see cref="Resume"/>.</summary>
    public int Port { get; }

    /// <summary>Process id of the postmaster.</summary>
    public int ProcessId => int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    /// <summary>CPU time that its processes have used so far, those included that have ended.</summary>
    public TimeSpan Worked => Processes().Aggregate(TimeSpan.Zero, (sum, process) => sum + WorkedBy(process));

    private static bool IsRoot => Environment.UserName == "root";

    private string Data => Path.Combine(_home, "data");

    /// <summary>The one server of this process, started by the first who asks; nobody stops or disposes it.</summary>
    /// <returns>Null where PostgreSQL is not installed; <see cref="Missing"/> says why.</returns>
    public static async Task<PostgresServer?> Start() => Missing is null ? await Ours.Value : null;

    /// <summary>A server of the caller's own, to be stopped, paused or filled up.</summary>
    /// <param name="home">Existing directory for its data that the account <c>postgres</c> may write to; null for a new one among the temporary files.</param>
    /// <param name="settings">Further lines of postgresql.conf.</param>
    /// <exception cref="InvalidOperationException"><see cref="Missing"/>, or it did not start; what it said is in the message.</exception>
    public static async Task<PostgresServer> StartOwn(string? home = null, params string[] settings)
    {
        if (Missing is not null) throw new InvalidOperationException(Missing);
        bool owns = home is null;
        home ??= (await Run("mktemp", "-d", Path.Combine(Path.GetTempPath(), "cluster-pg-XXXXXX"))).Trim();
        // A password file would have to be readable by another account; the socket's directory is private, so trust is enough to set it there.
        await Run($"{Programs}/initdb", "-D", $"{home}/data", "-U", Owner, "-E", "UTF8", "--locale=C", "--auth-local=trust", "--auth-host=scram-sha-256", "--no-sync");
        string[] lines =
        [
            "listen_addresses = '127.0.0.1'", $"unix_socket_directories = '{home}'", "fsync = on", "synchronous_commit = on", "shared_buffers = 64MB",
            "max_connections = 200", "timezone = 'UTC'", .. settings,
        ];
        await Run("sh", ["-c", "printf '%s\\n' \"$@\" >> \"$0\"/data/postgresql.conf", home, .. lines]);
        for (int attempt = 1; ; attempt++)
        {
            int port = FreePort();
            try
            {
                await Run($"{Programs}/pg_ctl", StartArguments(home, port));
                Process watch = Begin("sh", "-c", $"cat; {Programs}/pg_ctl stop -s -m immediate -D {home}/data; {(owns ? $"rm -rf {home}" : "")}");
                await Run($"{Programs}/psql", "-h", home, "-p", Number(port), "-U", Owner, "-q", "-c", $"ALTER ROLE {Owner} PASSWORD '{Password}'");
                return new PostgresServer(home, owns, port, watch);
            }
            catch (InvalidOperationException) when (attempt < Ports)
            {
                // The port was taken meanwhile, most likely.
            }
        }
    }

    /// <summary>Address of a database as <c>--store</c> takes it.</summary>
    /// <param name="port">Another loopback port than its own: that of a proxy before it.</param>
    public string Uri(string database, int? port = null) => $"postgres://{Owner}:{Password}@127.0.0.1:{Number(port ?? Port)}/{database}";

    /// <exception cref="InvalidOperationException">There is one of that name already.</exception>
    public async Task CreateDatabase(string database) =>
        await Run($"{Programs}/createdb", "-h", _home, "-p", Number(Port), "-U", Owner, database);

    /// <summary>Runs one statement.</summary>
    /// <returns>Its rows as <c>psql -At</c> prints them.</returns>
    public async Task<string> Query(string database, string sql) =>
        (await Run($"{Programs}/psql", "-h", _home, "-p", Number(Port), "-U", Owner, "-At", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", sql)).TrimEnd('\n');

    /// <summary>Ends it as a crash would: no checkpoint, its connections cut.</summary>
    public async Task Stop() => await Run($"{Programs}/pg_ctl", "stop", "-s", "-m", "immediate", "-D", Data);

    /// <summary>Kills every process of it (SIGKILL), as a power cut would: nothing is written any more.</summary>
    public async Task Kill()
    {
        // A stopped one has no more children while they are counted.
        await Signal("STOP", [ProcessId]);
        int[] all = Processes();
        await Signal("KILL", all);
        while (all.Any(id => Directory.Exists($"/proc/{id}") && !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal)))
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        // Where nobody buries the dead, as in some containers, the next start would take it for alive.
        await Run("rm", "-f", Path.Combine(Data, "postmaster.pid"), Path.Combine(_home, $".s.PGSQL.{Number(Port)}.lock"));
    }

    /// <summary>Stops every process of it where it is (SIGSTOP): connections stay and nobody answers.</summary>
    public Task Pause() => Signal("STOP", Processes());

    /// <summary>Lets it go on after <see cref="Pause"/>.</summary>
    public Task Continue() => Signal("CONT", Processes());

    /// <summary>Starts it again on the same data and port after <see cref="Stop"/> or <see cref="Kill"/>, and waits until its recovery is done.</summary>
    public async Task Resume() => await Run($"{Programs}/pg_ctl", StartArguments(_home, Port));

    public async ValueTask DisposeAsync()
    {
        _watch.StandardInput.Close();
        await _watch.WaitForExitAsync();
        _watch.Dispose();
        if (!_ownsHome) await Run("rm", "-rf", Data, Path.Combine(_home, "log"));
    }

    private static string[] StartArguments(string home, int port) =>
        ["start", "-s", "-w", "-t", "60", "-D", $"{home}/data", "-l", $"{home}/log", "-o", $"-p {Number(port)}"];

    // The postmaster and its children: each is a session of its own, so no group holds them all.
    private int[] Processes()
    {
        int postmaster = ProcessId;
        return [postmaster, .. Directory.GetDirectories("/proc").Select(d => int.TryParse(Path.GetFileName(d), out int id) ? id : 0).Where(id => id > 0 && ParentOf(id) == postmaster)];
    }

    private static int ParentOf(int process) => StatOf(process) is [_, var parent, ..] ? int.Parse(parent, CultureInfo.InvariantCulture) : 0;

    // Its own time and that of children it has buried, in hundredths of a second.
    private static TimeSpan WorkedBy(int process) => StatOf(process) is { Length: > 14 } stat
        ? TimeSpan.FromMilliseconds(10 * stat[11..15].Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture)))
        : TimeSpan.Zero;

    // From the state on; empty for a process that has gone. "id (name) state parent …", where the name may hold anything.
    private static string[] StatOf(int process)
    {
        try
        {
            string line = File.ReadAllText($"/proc/{Number(process)}/stat");
            return line[(line.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static Task Signal(string signal, int[] processes) => Run("kill", ["-s", signal, .. processes.Select(Number)]);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<string> Run(string program, params string[] arguments)
    {
        using Process process = Begin(program, arguments);
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {output}{await error}");
    }

    private static Process Begin(string program, params string[] arguments)
    {
        string[] line = IsRoot ? ["runuser", "-u", Owner, "--", program, .. arguments] : [program, .. arguments];
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/",
        };
        foreach (string name in start.Environment.Keys.Where(n => n.StartsWith("PG", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        return Process.Start(start)!;
    }
}

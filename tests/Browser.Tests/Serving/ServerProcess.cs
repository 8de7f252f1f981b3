using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Cluster.Serving;

/// <summary>The real server in a process of its own, on the loopback, ended by its process id.</summary>
internal sealed class ServerProcess : IDisposable
{
    /// <summary>The password of <c>admin</c> in a fresh store.</summary>
    public const string AdminPassword = "first-password-of-the-office";

    private const int LinesKept = 200;

    private readonly Process _process;
    private readonly Queue<string> _output = new();

    private ServerProcess(Process process, Uri address)
    {
        (_process, Address) = (process, address);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>CPU time it has used.</summary>
    public TimeSpan Worked
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>What it said last.</summary>
    public string Output
    {
        get
        {
            lock (_output) return string.Join('\n', _output);
        }
    }

    /// <summary>Its exit code; null while it runs.</summary>
    public int? ExitCode => _process.HasExited ? _process.ExitCode : null;

    /// <summary>Starts a server and waits until it is ready.</summary>
    /// <param name="data">Directory of its store.</param>
    /// <param name="port">Loopback port to listen on.</param>
    /// <param name="options">Further options of the command line.</param>
    /// <exception cref="InvalidOperationException">It was not built, or ended before it was ready; its output is in the message.</exception>
    public static async Task<ServerProcess> Start(string data, int port, params string[] options)
    {
        ServerProcess server = Launch(data, port, options);
        try
        {
            await server.Ready();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Starts a server and waits for nothing.</summary>
    /// <exception cref="InvalidOperationException">It was not built.</exception>
    public static ServerProcess Launch(string data, int port, params string[] options)
    {
        if (!File.Exists(Repository.Server))
            throw new InvalidOperationException($"{Repository.Server} is missing: run dotnet build -c {Repository.Configuration} api");
        return Run(Repository.Server, port, ["--data", data, .. options]);
    }

    /// <summary>Starts one process of a cluster that serves people, and waits for nothing.</summary>
    /// <param name="program">What was built of it.</param>
    /// <param name="port">Loopback port to listen on.</param>
    /// <param name="options">Its command line.</param>
    public static ServerProcess Run(string program, int port, params string[] options)
    {
        var address = new Uri($"http://127.0.0.1:{port}");
        return Run(program, address, ["--urls", address.AbsoluteUri, .. options]);
    }

    /// <summary>Starts a program of ours, and waits for nothing.</summary>
    /// <param name="program">What was built of it.</param>
    /// <param name="address">Where it listens, if it does.</param>
    /// <param name="options">Its command line.</param>
    public static ServerProcess Run(string program, Uri address, params string[] options)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. options])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A developer's own settings must not reach the server under test.
        foreach (string name in start.Environment.Keys.Where(n => n.StartsWith("CLUSTER_", StringComparison.Ordinal) || n.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["CLUSTER_ADMIN_PASSWORD"] = AdminPassword;
        return new ServerProcess(Process.Start(start)!, address);
    }

    /// <summary>A loopback port that nobody listens on now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Ends it as a power cut would: SIGKILL, no drain.</summary>
    public void Kill()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Asks it to drain and end (SIGTERM).</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> Stop()
    {
        await Signal("TERM");
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>Stops it where it is (SIGSTOP): its connections stay and nobody answers.</summary>
    public Task Pause() => Signal("STOP");

    /// <summary>Lets it go on after <see cref="Pause"/>.</summary>
    public Task Continue() => Signal("CONT");

    private async Task Signal(string name)
    {
        using var signal = Process.Start("kill", ["-s", name, Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await signal.WaitForExitAsync();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    /// <summary>Waits until it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended before; its output is in the message.</exception>
    public async Task Ready()
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2), TimeProvider.System);
        while (true)
        {
            try
            {
                using HttpResponseMessage answer = await http.GetAsync("/readyz", patience.Token);
                if (answer.IsSuccessStatusCode) return;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !patience.IsCancellationRequested)
            {
                // Not listening yet.
            }
            if (_process.HasExited) throw new InvalidOperationException($"The server ended with {_process.ExitCode}:\n{Output}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_output)
        {
            _output.Enqueue(line);
            if (_output.Count > LinesKept) _output.Dequeue();
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Cluster.Api.Hosting;
using Cluster.Api.Tests.World;

namespace Cluster.Api.Tests.Moving;

/// <summary>The program in processes of its own, as an operator runs it: one that serves, which may be killed, and commands beside it.</summary>
internal sealed class ServedSite(string directory, params string[] store) : IAsyncDisposable
{
    private const string Password = "the first password";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private Process? server;

    public string Data { get; } = Path.Combine(directory, "data");

    public Uri Address { get; private set; } = null!;

    public HttpClient Admin { get; private set; } = null!;

    public string Token { get; private set; } = null!;

    /// <summary>Starts the server, or starts it again on the same store.</summary>
    public async Task Start(string clock)
    {
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        server = Run(["--data", Data, .. store, "--urls", Address.AbsoluteUri, "--clock", clock]);
        var output = new List<string>();
        while (await server.StandardOutput.ReadLineAsync() is { } line)
        {
            output.Add(line);
            if (line.Contains("Application started", StringComparison.Ordinal)) break;
        }
        Assert.False(server.HasExited, string.Join('\n', output) + (server.HasExited ? await server.StandardError.ReadToEndAsync() : ""));
        _ = server.StandardOutput.ReadToEndAsync();
        _ = server.StandardError.ReadToEndAsync();
        using var stranger = new HttpClient { BaseAddress = Address };
        Token = (await (await stranger.PostAsJsonAsync("/api/login", new { user = "admin", password = Password })).Json()).GetProperty("token").GetString()!;
        Admin = new HttpClient { BaseAddress = Address, Timeout = Patience };
        Admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    /// <summary>Ends the server as a power cut would.</summary>
    public async Task Kill()
    {
        server!.Kill();
        await Exit(server);
        Admin.Dispose();
    }

    /// <summary>Ends the server as an operator does.</summary>
    public async Task Stop()
    {
        using Process kill = Process.Start("kill", ["-TERM", server!.Id.ToString(CultureInfo.InvariantCulture)]);
        await Exit(server);
        Admin.Dispose();
    }

    /// <summary>Runs a command on the store.</summary>
    /// <returns>Its exit code, and what it said.</returns>
    public async Task<(int Code, string Said)> Command(params string[] args)
    {
        using Process process = Run([.. args, "--data", Data, .. store]);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string said = await process.StandardOutput.ReadToEndAsync() + await error;
        await Exit(process);
        return (process.ExitCode, said);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is { HasExited: false }) await Kill();
        server?.Dispose();
    }

    private static Process Run(string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ServerOptions).Assembly.Location, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string name in start.Environment.Keys.Where(n => n.StartsWith("CLUSTER_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        start.Environment["CLUSTER_ADMIN_PASSWORD"] = Password;
        return Process.Start(start)!;
    }

    private static async Task Exit(Process process)
    {
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Cluster.Api.Hosting;
using Cluster.Api.Tests.World;

namespace Cluster.Api.Tests;

/// <summary>The program as an operating system sees it.</summary>
public sealed class ProcessTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string directory = Directory.CreateTempSubdirectory("process").FullName;

    public void Dispose() => Directory.Delete(directory, true);

    private static Process Run(string[] args, string? adminPassword = null)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ServerOptions).Assembly.Location, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("CLUSTER_ADMIN_PASSWORD");
        if (adminPassword is not null) start.Environment["CLUSTER_ADMIN_PASSWORD"] = adminPassword;
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

    [Fact]
    public async Task A_wrong_option_ends_it_with_2_and_one_line()
    {
        using Process process = Run(["--data", directory, "--clock", "yesterday"]);
        string output = await process.StandardOutput.ReadToEndAsync(), error = await process.StandardError.ReadToEndAsync();
        await Exit(process);
        Assert.Equal(2, process.ExitCode);
        Assert.Empty(output);
        Assert.StartsWith("cluster: --clock:", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public async Task It_prints_the_first_password_serves_and_drains_at_SIGTERM()
    {
        string url = $"http://127.0.0.1:{FreePort()}";
        using Process process = Run(["--data", directory, "--urls", url]);
        string? line, password = null;
        do
        {
            line = await process.StandardOutput.ReadLineAsync();
            if (line?.Contains("has the password", StringComparison.Ordinal) == true) password = line.Split("password ")[1].Split(' ')[0];
        }
        while (line is not null && !line.Contains("Application started", StringComparison.Ordinal));
        Task<string> rest = process.StandardOutput.ReadToEndAsync();

        using var client = new HttpClient { BaseAddress = new Uri(url) };
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/readyz")).StatusCode);
        // A live connection must not hold it up.
        await using HubClient hub = await HubClient.Connect(new Uri(url), await ChangedPassword(client, password!));
        await hub.Watch("all");

        var drain = Stopwatch.StartNew();
        using Process kill = Process.Start("kill", ["-TERM", process.Id.ToString()]);
        await Exit(process);
        Assert.Equal(0, process.ExitCode);
        Assert.True(drain.Elapsed < TimeSpan.FromSeconds(10), $"{drain.Elapsed}");
        Assert.DoesNotContain(password!, await rest);

        // The second start finds its administrator and prints nothing of him.
        using Process again = Run(["--data", directory, "--urls", url]);
        string? second;
        while ((second = await again.StandardOutput.ReadLineAsync()) is not null && !second.Contains("Application started", StringComparison.Ordinal))
            Assert.DoesNotContain("has the password", second);
        again.Kill();
        await Exit(again);
    }

    private static async Task<string> ChangedPassword(HttpClient client, string password)
    {
        JsonElement login = await (await client.PostAsJsonAsync("/api/login", new { user = "admin", password })).Json();
        Assert.True(login.GetProperty("mustChangePassword").GetBoolean());
        string token = login.GetProperty("token").GetString()!;
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        // A login does not mind the session it comes with, not even one that may do nothing yet.
        await (await client.PostAsJsonAsync("/api/login", new { user = "admin", password })).Json();
        (await client.PostAsJsonAsync("/api/password", new { current = password, @new = "a better password" })).EnsureSuccessStatusCode();
        return token;
    }
}

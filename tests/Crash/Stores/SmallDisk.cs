using System.Diagnostics;
using System.Globalization;

namespace Cluster.Crash.Stores;

/// <summary>A file system in memory that can be filled up. Only root may mount one.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const int Chunk = 1 << 16;

    private SmallDisk(string path) => Path = path;

    /// <summary>Why there can be none here; null if there can.</summary>
    public static string? Missing { get; } = FindOut();

    public string Path { get; }

    private string Ballast => System.IO.Path.Combine(Path, "ballast");

    /// <param name="owner">The account that may write to it.</param>
    /// <param name="megabytes">How much it holds.</param>
    public static SmallDisk Mount(int megabytes, string? owner = null)
    {
        string path = Directory.CreateTempSubdirectory("cluster-disk-").FullName;
        Run("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m"), "tmpfs", path);
        if (owner is not null) Run("chown", owner, path);
        return new SmallDisk(path);
    }

    /// <summary>Takes all the room that is left, and what is given back meanwhile.</summary>
    public async Task Fill()
    {
        await using var ballast = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, 1);
        byte[] chunk = new byte[Chunk];
        for (int size = Chunk; size > 0; size /= 2)
        {
            try
            {
                while (true) ballast.Write(chunk, 0, size);
            }
            catch (IOException)
            {
                // No room for a piece of this size.
            }
        }
    }

    public Task Free()
    {
        File.Delete(Ballast);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        Run("umount", "-l", Path);
        Directory.Delete(Path);
        return ValueTask.CompletedTask;
    }

    private static string? FindOut()
    {
        if (Environment.UserName != "root") return "Only root may mount a small disk to fill up.";
        try
        {
            string path = Directory.CreateTempSubdirectory("cluster-disk-").FullName;
            Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", path);
            Run("umount", path);
            Directory.Delete(path);
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return $"No small disk can be mounted to fill up: {e.Message}";
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {error.Trim()}");
    }
}

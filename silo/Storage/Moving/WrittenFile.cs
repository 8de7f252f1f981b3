using System.Runtime.InteropServices;

namespace Cluster.Storage.Moving;

/// <summary>A file that appears under its name only when it is whole and on the disk, and that nobody but its owner can read.</summary>
internal sealed class WrittenFile : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _name;
    private bool _done;

    /// <exception cref="StoreMoveException">There is a file of that name, or no folder for it.</exception>
    public WrittenFile(string name)
    {
        _name = Path.GetFullPath(name);
        Temporary = _name + ".part";
        if (Path.Exists(_name)) throw new StoreMoveException($"{name} exists already; nothing is overwritten.");
        try
        {
            File.Delete(Temporary);
            using (Create(Temporary))
            {
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreMoveException($"{name} cannot be written: {e.Message}");
        }
    }

    /// <summary>Its name until it is whole.</summary>
    public string Temporary { get; }

    public FileStream Open() => new(Temporary, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1 << 20);

    /// <summary>Gives it its name, which no crash can take back.</summary>
    public void Finish()
    {
        ToDisk(Temporary);
        File.Move(Temporary, _name);
        FolderToDisk(Path.GetDirectoryName(_name)!);
        _done = true;
    }

    public void Dispose()
    {
        if (!_done) File.Delete(Temporary);
    }

    public static FileStream Create(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = Private;
        return new FileStream(file, options);
    }

    public static void ToDisk(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>A name in a folder is only durable when the folder is.</summary>
    public static void FolderToDisk(string folder)
    {
        // Windows writes names through, and opens no folders.
        if (OperatingSystem.IsWindows()) return;
        // .NET opens no folders either.
        var handle = open(folder, 0);
        if (handle < 0) throw new IOException($"{folder} cannot be opened (errno {Marshal.GetLastPInvokeError()}).");
        try
        {
            if (fsync(handle) != 0) throw new IOException($"{folder} cannot be written to the disk (errno {Marshal.GetLastPInvokeError()}).");
        }
        finally
        {
            _ = close(handle);
        }
    }

#pragma warning disable IDE1006, SYSLIB1054 // Names of libc; three calls are no reason for unsafe code.
    [DllImport("libc", SetLastError = true, BestFitMapping = false)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int fsync(int handle);

    [DllImport("libc")]
    private static extern int close(int handle);
#pragma warning restore IDE1006, SYSLIB1054
}

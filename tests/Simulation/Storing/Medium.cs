using Simulation.Running;

namespace Simulation.Storing;

/// <summary>
/// The disk: the files of the database, which outlive the process. A process that was killed leaves them as they are; when the
/// power goes in the middle of a group, of what was being written to the log any sectors may have arrived, in any order.
/// </summary>
internal sealed class Medium : IDisposable
{
    private const int Sector = 512;
    // Losing power is simulated, so the files may lie in memory.
    private static readonly string Fastest = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    private readonly string _root = Path.Combine(Fastest, "cluster-simulation-" + Path.GetRandomFileName());
    private byte[]? _tornLog;
    private int _runs;

    public Medium()
    {
        Folder = Path.Combine(_root, "0");
        Directory.CreateDirectory(Folder);
    }

    /// <summary>Where the running process keeps its database.</summary>
    public string Folder { get; private set; }

    public string File => Path.Combine(Folder, "cluster.db");

    private string Log => File + "-wal";

    /// <summary>Writes to the log, and has the power go before that is safe.</summary>
    public void Tear(Action write, Dice dice)
    {
        var before = Read(Log);
        write();
        var after = Read(Log);
        _tornLog = dice.Chance(0.5) ? Cut(before, after, dice) : Mixed(before, after, dice);
    }

    /// <summary>What a new process finds.</summary>
    public void Survive()
    {
        var next = Path.Combine(_root, (++_runs).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Directory.CreateDirectory(next);
        System.IO.File.Copy(File, Path.Combine(next, "cluster.db"));
        System.IO.File.Copy(Path.ChangeExtension(File, "sums"), Path.Combine(next, "cluster.sums"));
        if (_tornLog is { } torn) System.IO.File.WriteAllBytes(Path.Combine(next, "cluster.db-wal"), torn);
        else if (System.IO.File.Exists(Log)) System.IO.File.Copy(Log, Path.Combine(next, "cluster.db-wal"));
        _tornLog = null;
        Directory.Delete(Folder, recursive: true);
        Folder = next;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    // The first bytes arrived.
    private static byte[] Cut(byte[] before, byte[] after, Dice dice)
    {
        var from = Common(before, after);
        var end = from + dice.Below(after.Length - from + 1);
        return [.. after.AsSpan(0, end), .. end < before.Length ? before.AsSpan(end) : []];
    }

    // Some sectors arrived, others hold what was there before, or nothing.
    private static byte[] Mixed(byte[] before, byte[] after, Dice dice)
    {
        var mixed = (byte[])after.Clone();
        for (var at = Common(before, after); at < mixed.Length; at = ((at / Sector) + 1) * Sector)
        {
            if (dice.Chance(0.6)) continue;
            var sector = mixed.AsSpan(at, Math.Min(((at / Sector) + 1) * Sector, mixed.Length) - at);
            sector.Clear();
            if (at < before.Length) before.AsSpan(at, Math.Min(sector.Length, before.Length - at)).CopyTo(sector);
        }

        return mixed;
    }

    private static int Common(byte[] before, byte[] after) => before.AsSpan().CommonPrefixLength(after);

    private static byte[] Read(string file)
    {
        if (!System.IO.File.Exists(file)) return [];
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}

using Simulation.Running;

namespace Simulation.Storing;

/// <summary>
/// The disk: the files of the database, which outlive the process. A process that was killed leaves them as they are; when the
/// power goes in the middle of a group, of what was being written to the log any sectors may have arrived, in any order.
/// </summary>
internal sealed class Medium : IDisposable
{
    private const int Sector = 512;
    private const int LogHeader = 32;
    // Losing power is simulated, so the files may lie in memory.
    private static readonly string Fastest = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    private readonly string _root = Path.Combine(Fastest, "cluster-simulation-" + Path.GetRandomFileName());
    private readonly Dictionary<string, byte[]> _torn = [];
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
    public void TearLog(Action write, Dice dice)
    {
        var before = Read(Log);
        write();
        var after = Read(Log);
        var from = Common(before, after);
        // The header of a log that is begun anew is synchronized before anything follows it.
        if (from < LogHeader && dice.Chance(0.2)) _torn[Log] = before;
        else if (dice.Chance(0.5)) _torn[Log] = Cut(before, after, Math.Max(from, LogHeader), dice);
        else _torn[Log] = Mixed(before, after, Math.Max(from, LogHeader), dice);
    }

    /// <summary>Moves the log into the database, and has the power go before that is safe: the log is still there.</summary>
    public void TearDatabase(Action checkpoint, Dice dice)
    {
        var log = Read(Log);
        var before = Read(File);
        checkpoint();
        var after = Read(File);
        _torn[File] = Mixed(before, after, Common(before, after), dice);
        _torn[Log] = log;
    }

    /// <summary>What a new process finds.</summary>
    public void Survive()
    {
        var next = Path.Combine(_root, (++_runs).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Directory.CreateDirectory(next);
        foreach (var file in new[] { File, Log, Path.ChangeExtension(File, "sums") })
        {
            var copy = Path.Combine(next, Path.GetFileName(file));
            if (_torn.TryGetValue(file, out var torn)) System.IO.File.WriteAllBytes(copy, torn);
            else if (System.IO.File.Exists(file)) System.IO.File.Copy(file, copy);
        }

        _torn.Clear();
        Directory.Delete(Folder, recursive: true);
        Folder = next;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    // The first bytes arrived; of a sector that was there before, all or nothing.
    private static byte[] Cut(byte[] before, byte[] after, int from, Dice dice)
    {
        if (from >= after.Length) return after;
        var end = from + dice.Below(after.Length - from + 1);
        if (end < before.Length) end = Math.Max(from, end / Sector * Sector);
        return [.. after.AsSpan(0, end), .. end < before.Length ? before.AsSpan(end) : []];
    }

    // Some sectors arrived, others hold what was there before, or nothing.
    private static byte[] Mixed(byte[] before, byte[] after, int from, Dice dice)
    {
        var mixed = (byte[])after.Clone();
        for (var at = from; at < mixed.Length; at = ((at / Sector) + 1) * Sector)
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

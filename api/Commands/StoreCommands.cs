using System.Diagnostics;
using Cluster.Api.Hosting;
using Cluster.Law;
using Cluster.Silo.Verifying;
using Cluster.Storage;
using Cluster.Storage.Moving;
using Cluster.Storage.Moving.Sqlite;

namespace Cluster.Api.Commands;

/// <summary>What the program does instead of serving when its first argument is the name of a command.</summary>
internal static class StoreCommands
{
    private static readonly string[] Names = ["export", "import", "backup", "restore", "verify"];

    public static bool Includes(string name) => Names.Contains(name);

    /// <summary>Runs a command and says what it did, in a few lines.</summary>
    /// <param name="args">The command line from the command's name on.</param>
    /// <returns>0 if it succeeded, 1 if it could not or found something wrong, 2 if it was called wrongly.</returns>
    public static async Task<int> Run(string[] args, TextWriter say, TextWriter complain, TimeProvider clock, CancellationToken cancellation)
    {
        string command = args[0];
        try
        {
            (string? file, ServerOptions options) = Read(args, clock);
            var store = new StorageOptions { Directory = options.Data, Postgres = options.Postgres };
            switch (command)
            {
                case "export":
                    Tell(say, "exported to " + file, StoreTransfer.Export(store, file!, clock.GetUtcNow(), cancellation));
                    return 0;
                case "import":
                    Tell(say, "imported from " + file, StoreTransfer.Import(store, file!, cancellation));
                    return Verify(store, options, say, cancellation);
                case "backup":
                    BackupReport backup = await SqliteBackup.Copy(Embedded(store), file!, clock, cancellation);
                    say.WriteLine(FormattableString.Invariant($"backed up to {file}: {Megabytes(backup.Bytes)} MB in {backup.Took.TotalSeconds:0.0} s, checked"));
                    return 0;
                case "restore":
                    string? aside = SqliteBackup.Restore(Embedded(store), file!, clock.GetUtcNow(), cancellation);
                    say.WriteLine(aside is null ? $"restored from {file}" : $"restored from {file}; what was there before is now {aside}");
                    return Verify(store, options, say, cancellation);
                default:
                    return Verify(store, options, say, cancellation);
            }
        }
        catch (ServerOptionsException e)
        {
            complain.WriteLine($"cluster: {e.Message}");
            return 2;
        }
        catch (Exception e) when (e is StoreMoveException or StoreFormatException or IOException or UnauthorizedAccessException or System.Data.Common.DbException)
        {
            complain.WriteLine($"cluster {command}: {e.Message}");
            return 1;
        }
        catch (OperationCanceledException)
        {
            complain.WriteLine($"cluster {command}: interrupted; nothing of it is left.");
            return 1;
        }
    }

    private static (string? File, ServerOptions Options) Read(string[] args, TimeProvider clock)
    {
        bool takesFile = args[0] != "verify";
        if (takesFile && (args.Length < 2 || args[1].StartsWith("--", StringComparison.Ordinal)))
            throw new ServerOptionsException($"{args[0]} needs the name of a file: {args[0]} FILE [--data DIR | --store URI].");
        return (takesFile ? args[1] : null, ServerOptionsReader.Read(args[(takesFile ? 2 : 1)..], AppContext.BaseDirectory, clock));
    }

    private static string Embedded(StorageOptions store) => store.Postgres is null
        ? store.Directory
        : throw new StoreMoveException("This is for the embedded store; PostgreSQL is backed up by pg_dump or pg_basebackup (docs/operating.md).");

    private static int Verify(StorageOptions store, ServerOptions options, TextWriter say, CancellationToken cancellation)
    {
        long began = Stopwatch.GetTimestamp();
        VerificationReport found = StoreVerification.Run(store, Calendar(options), cancellation);
        foreach (string fault in found.Examples) say.WriteLine(fault);
        if (found.Faults > found.Examples.Count) say.WriteLine($"… and {found.Faults - found.Examples.Count} more.");
        say.WriteLine(FormattableString.Invariant(
            $"verified in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s: {found.Events} events, {found.Cases} cases assessed from scratch, {found.Alerts} alerts, {found.Draws} draws, {found.Feeds} feeds: {(found.Faults == 0 ? "all true" : $"{found.Faults} faults")}"));
        if (found.Stale > 0) say.WriteLine($"{found.Stale} cases wait to be assessed by changed rules; the server does that when it runs.");
        return found.Faults == 0 ? 0 : 1;
    }

    private static HolidayCalendar Calendar(ServerOptions options) => options.Holidays is { } file
        ? HolidayCalendar.Default.With(HolidayCalendar.Parse(File.ReadAllBytes(file), Path.GetFileName(file)))
        : HolidayCalendar.Default;

    private static void Tell(TextWriter say, string what, TransferReport report)
    {
        long events = report.Rows.GetValueOrDefault("event");
        string plain = report.PlainBytes > 0 ? $" ({Megabytes(report.PlainBytes)} MB before compression)" : "";
        say.WriteLine(FormattableString.Invariant(
            $"{what}: {events} events, {report.Rows.Values.Sum()} rows, {Megabytes(report.FileBytes)} MB{plain} in {report.Took.TotalSeconds:0.0} s, {events / Math.Max(report.Took.TotalSeconds, 0.001):0} events/s"));
        if (report.Live && !report.Leapt) say.WriteLine("A server has the store open: what it takes from now on is not in the file. To move a site, stop the server first.");
        if (report.Leapt) say.WriteLine("The export was made beside a running server, so every screen will start afresh.");
    }

    private static string Megabytes(long bytes) => FormattableString.Invariant($"{bytes / 1e6:0.0}");
}

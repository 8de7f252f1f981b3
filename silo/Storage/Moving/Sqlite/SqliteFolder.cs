namespace Cluster.Storage.Moving.Sqlite;

/// <summary>The folder of an embedded store, seen from outside the process that serves it.</summary>
internal static class SqliteFolder
{
    public static string File(string folder) => Path.Combine(folder, "cluster.db");

    /// <summary>Keeps servers away from the folder until disposed of.</summary>
    /// <returns>Null if a server has it open.</returns>
    public static FileStream? TryLock(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, "cluster.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}

using System.Runtime.InteropServices;

namespace Cluster.Grains.Rules;

/// <summary>Gives way to other threads. Linux does not know the priorities of .NET, but each thread there has a niceness.</summary>
internal static class Niceness
{
    private const int Process = 0, CallingThread = 0;

    /// <summary>Runs when nobody else wants to, and hardly at all on a busy machine.</summary>
    public const int Nicest = 19;

    /// <summary>A tenth of what another thread gets, so it comes to an end on a busy machine too.</summary>
    public const int Patient = 10;

    /// <summary>Lowers the calling thread for good, where the system lets it.</summary>
    public static void Lower(int niceness = Nicest)
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = SetPriority(Process, CallingThread, niceness);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // Then it competes with everybody else, half the cores at most.
        }
    }

    [DllImport("libc", EntryPoint = "setpriority")]
    private static extern int SetPriority(int which, int who, int priority);
}

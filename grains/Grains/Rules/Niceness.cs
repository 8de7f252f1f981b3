using System.Runtime.InteropServices;

namespace Cluster.Grains.Rules;

/// <summary>Gives way to other threads. Linux does not know the priorities of .NET, but each thread there has a niceness.</summary>
internal static class Niceness
{
    private const int Process = 0, CallingThread = 0, Nicest = 19;

    /// <summary>Lowers the calling thread for good, where the system lets it.</summary>
    public static void Lower()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = SetPriority(Process, CallingThread, Nicest);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // Then it competes with everybody else, half the cores at most.
        }
    }

    [DllImport("libc", EntryPoint = "setpriority")]
    private static extern int SetPriority(int which, int who, int priority);
}

using System.Globalization;

namespace Cluster.Load;

/// <summary>Memory of a process as the system counts it.</summary>
internal static class Resident
{
    /// <summary>VmRSS or VmHWM, in bytes.</summary>
    public static long Of(int process, string field = "VmRSS")
    {
        string line = File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith(field + ":", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(field.Length + 1).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture) * 1024;
    }

    public static string Mega(long bytes) => FormattableString.Invariant($"{bytes / 1e6:0.0} MB");
}

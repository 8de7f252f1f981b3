namespace Cluster.Silo.Due;

/// <summary>A wake in the order of waking.</summary>
internal readonly record struct DueEntry(DateTimeOffset At, string Case) : IComparable<DueEntry>
{
    public int CompareTo(DueEntry other) => At.CompareTo(other.At) is var order && order != 0 ? order : string.CompareOrdinal(Case, other.Case);
}

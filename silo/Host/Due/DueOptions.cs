namespace Cluster.Silo.Due;

/// <summary>How the due service works.</summary>
public sealed class DueOptions
{
    /// <summary>How much of the future is held in memory, in legal time. Longer reads the index less often and holds more.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Most wakes read from the index at once.</summary>
    public int Batch { get; set; } = 10_000;

    /// <summary>Cases woken at the same time: enough to fill commits, few enough to leave room for events.</summary>
    public int Concurrency { get; set; } = 64;

    /// <summary>Real time until something that failed is tried again.</summary>
    public TimeSpan Retry { get; set; } = TimeSpan.FromSeconds(2);
}

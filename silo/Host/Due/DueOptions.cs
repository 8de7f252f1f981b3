namespace Cluster.Silo.Due;

/// <summary>How the due service works.</summary>
public sealed class DueOptions
{
    /// <summary>How much of the future is held in memory, in real time. Longer reads the index less often and holds more.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Most wakes read from the index at once. In memory are never more than twice as many, however many are due at one
    /// instant or are committed meanwhile: the later ones are let go of and read again.
    /// </summary>
    public int Batch { get; set; } = 10_000;

    /// <summary>Cases woken at the same time: enough to fill commits, few enough to leave room for events.</summary>
    public int Concurrency { get; set; } = 64;

    /// <summary>Cases that failed before and are woken again at the same time, besides the others: however many fail, they keep nobody waiting.</summary>
    public int Retries { get; set; } = 8;

    /// <summary>Real time until something that failed is tried again; after each further failure of a case twice as long.</summary>
    public TimeSpan Retry { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest real time until a case that keeps failing is tried again.</summary>
    public TimeSpan MostRetry { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Real time between two looks at a clock that may be set: how late a clock that jumped forward may be noticed.</summary>
    public TimeSpan Look { get; set; } = TimeSpan.FromMilliseconds(500);
}

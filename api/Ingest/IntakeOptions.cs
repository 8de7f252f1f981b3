namespace Cluster.Api.Ingest;

/// <summary>How much the intake of events takes on at a time.</summary>
public sealed class IntakeOptions
{
    /// <summary>Events that may be on their way to the journal; further requests are told to come back. Bounds memory, not speed.</summary>
    public int MostPending { get; set; } = 20_000;

    /// <summary>Cases of one request that are written at the same time. Many, because the journal commits together what waits together.</summary>
    public int CasesAtOnce { get; set; } = 256;

    /// <summary>Pauses before what the journal had no room for is tried again; then the sender is told.</summary>
    public TimeSpan[] Retries { get; set; } =
        [TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(750)];

    /// <summary>Pause of a stream when the journal stays full: the sender feels it as a slow connection, which is what it is.</summary>
    public TimeSpan StreamPause { get; set; } = TimeSpan.FromSeconds(1);
}

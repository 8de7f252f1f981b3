namespace Cluster.Api.Ingest;

/// <summary>How much the intake of events takes on at a time. What is beyond is refused with 429, before its body is read where that can be told.</summary>
public sealed class IntakeOptions
{
    /// <summary>Events of all senders, streams apart, on their way to the journal. More would only make everybody wait longer.</summary>
    public int MostPending { get; set; } = 4_000;

    /// <summary>Events that may be on their way however slow the machine is.</summary>
    public int LeastPending { get; set; } = 100;

    /// <summary>What half of those let in should take at most; while they take longer, fewer are let in.</summary>
    public TimeSpan Wanted { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Events of one sender on their way, of <see cref="MostPending"/>; where fewer are let in, the same part of them.</summary>
    public int MostPendingOfSender { get; set; } = 2_000;

    /// <summary>Events for which there is room beyond <see cref="MostPending"/>, for senders that have no more than <see cref="OwnShare"/> on their way.</summary>
    public int Reserved { get; set; } = 1_000;

    /// <summary>Events up to which a sender is let in to the reserve, so that who sends little is not refused because others send much.</summary>
    public int OwnShare { get; set; } = 64;

    /// <summary>Bytes of bodies of all senders that are being read or recorded. An event in memory takes about five times its bytes.</summary>
    public long MostBytes { get; set; } = 96L << 20;

    /// <summary>Bytes of bodies of one sender; a largest batch twice.</summary>
    public long MostBytesOfSender { get; set; } = 32L << 20;

    /// <summary>Bytes beyond <see cref="MostBytes"/> for senders within <see cref="OwnBytes"/>.</summary>
    public long ReservedBytes { get; set; } = 16L << 20;

    /// <summary>Bytes up to which a sender is let in to the reserve.</summary>
    public long OwnBytes { get; set; } = 1L << 20;

    /// <summary>Streams open at a time, of all senders and of one. A stream may stay open for ever and costs little while it is quiet.</summary>
    public int MostStreams { get; set; } = 64;

    /// <summary>Streams of one sender.</summary>
    public int MostStreamsOfSender { get; set; } = 8;

    /// <summary>Parts of streams recorded at a time, in turn; who waits is not read from. They have places of their own, so nobody's single events starve them, nor they those.</summary>
    public int StreamPartsAtOnce { get; set; } = 4;

    /// <summary>Bytes of answers that wait on disk for the sender of a stream; beyond, it is not read from until it takes them.</summary>
    public long MostUnreadAnswers { get; set; } = 64L << 20;

    /// <summary>Cases of one request that are written at the same time. Many, because the journal commits together what waits together.</summary>
    public int CasesAtOnce { get; set; } = 256;

    /// <summary>Events of one case that may wait while others of it are recorded.</summary>
    public int MostWaitingOfCase { get; set; } = 2_000;

    /// <summary>Pauses before what the journal had no room for is tried again; then the sender is told.</summary>
    public TimeSpan[] Retries { get; set; } =
        [TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(750)];

    /// <summary>Pause of a stream when the journal stays full: the sender feels it as a slow connection, which is what it is.</summary>
    public TimeSpan StreamPause { get; set; } = TimeSpan.FromSeconds(1);
}

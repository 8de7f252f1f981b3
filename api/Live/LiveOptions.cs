namespace Cluster.Api.Live;

/// <summary>How much a live connection may cost.</summary>
public sealed class LiveOptions
{
    /// <summary>Connections of one account, screens and services together.</summary>
    public int MostOfAccount { get; set; } = 32;

    /// <summary>Connections of all accounts.</summary>
    public int Most { get; set; } = 1_024;

    /// <summary>Scopes of one connection.</summary>
    public int MostScopes { get; set; } = 64;

    /// <summary>Scopes that are watched at all; each keeps its newest items at hand, <see cref="FeedRing.MostBytes"/> of payload at most.</summary>
    public int MostWatched { get; set; } = 4_096;

    /// <summary>
    /// How long a client may take for one message, some 200 items at most, before it is cut off. It reconnects with its last sequence and misses nothing,
    /// so this costs a slow client little and a dead one all.
    /// </summary>
    public TimeSpan LongestSend { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes that wait for one client; while that many do, nothing more is made for it.</summary>
    public long MostBuffered { get; set; } = 64 * 1024;

    /// <summary>A client of which nothing was heard for so long, pings included, is dead.</summary>
    public TimeSpan Silence { get; set; } = TimeSpan.FromSeconds(30);
}

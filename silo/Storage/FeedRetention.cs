namespace Cluster.Storage;

/// <summary>How long feed items are given to those who come back.</summary>
internal static class FeedRetention
{
    /// <summary>Items of one scope.</summary>
    public const int KeptBack = 10_000;

    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);
}

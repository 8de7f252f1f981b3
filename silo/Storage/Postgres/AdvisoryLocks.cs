namespace Cluster.Storage.Postgres;

/// <summary>The advisory locks of a database that we use, as the two numbers that PostgreSQL knows them by.</summary>
internal static class AdvisoryLocks
{
    /// <summary>"Clus": ours among those of other programs.</summary>
    public const int Family = 0x436C7573;

    /// <summary>One process uses the database, or the processes of one cluster share it.</summary>
    public const int Use = 1;

    /// <summary>One process changes the tables.</summary>
    public const int Schema = 2;

    /// <summary>One process removes feed items that are no longer kept.</summary>
    public const int Pruning = 3;

    /// <summary>Shared by all who write, for as long as their session lives; whoever has it alone knows that nothing is under way.</summary>
    public const int Writing = 4;
}

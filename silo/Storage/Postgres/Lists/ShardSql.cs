using System.Globalization;
using Cluster.Contracts.Storage;

namespace Cluster.Storage.Postgres.Lists;

/// <summary><see cref="CaseShard"/> in SQL.</summary>
internal static class ShardSql
{
    /// <summary>Whether the case whose id a column holds falls into a part.</summary>
    public static string Condition(string column, CaseShard shard) => shard == CaseShard.Whole
        ? "true"
        : string.Create(CultureInfo.InvariantCulture, $"get_byte(decode(md5({column}), 'hex'), 0) % {shard.Count} = {shard.Index}");
}

namespace Cluster.Storage.Moving;

/// <summary>Whether anything is in a store.</summary>
internal static class StoreEmptiness
{
    private static readonly string[] Telling = ["event", "account", "unit", "case_row", "setting"];

    /// <param name="where">The store's name for the operator.</param>
    /// <exception cref="StoreMoveException">Something is.</exception>
    public static void Require(IStoreReading store, string where)
    {
        foreach (var table in Telling)
        {
            if (store.Number($"SELECT count(*) FROM (SELECT 1 FROM {table} LIMIT 1) t") > 0)
                throw new StoreMoveException($"The store in {where} is not empty (there are rows in {table}); an import goes only into an empty one. A server that was started there once has put its first account into it.");
        }
    }
}

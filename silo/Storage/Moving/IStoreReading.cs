namespace Cluster.Storage.Moving;

/// <summary>One state of a store, read from beside whoever writes to it. One query at a time.</summary>
public interface IStoreReading : IDisposable
{
    /// <summary>sqlite or postgres.</summary>
    string Engine { get; }

    /// <summary>Whether a server had the store open when the reading began.</summary>
    bool Live { get; }

    /// <summary>Runs a query that both engines understand.</summary>
    /// <param name="row">Takes one row after the other: numbers as long or double, text, bytes, null. The array is reused.</param>
    void Each(string sql, Action<object?[]> row, CancellationToken cancellation = default);

    /// <summary>A text as a query says it.</summary>
    string Literal(string text);

    /// <summary>What the engine itself finds wrong with its file, 20 lines at most; nothing where the engine checks itself.</summary>
    IReadOnlyList<string> Damage(CancellationToken cancellation = default);
}

/// <summary>Queries of one row.</summary>
public static class StoreReadings
{
    /// <summary>The first column of the first row as a number; null if there is none.</summary>
    public static long? Number(this IStoreReading store, string sql, CancellationToken cancellation = default)
    {
        long? number = null;
        store.Each(sql, row => number ??= (long?)row[0], cancellation);
        return number;
    }

    /// <summary>Texts as a list that follows IN.</summary>
    public static string List(this IStoreReading store, IEnumerable<string> texts) => $"({string.Join(", ", texts.Select(store.Literal))})";
}

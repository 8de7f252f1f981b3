namespace Cluster.Storage.Moving;

/// <summary>An empty store that is being filled. Nothing of it can be seen before <see cref="Finish"/>, and nothing of it stays if that is never reached.</summary>
internal interface IStoreFilling : IDisposable
{
    /// <summary>The rows that follow are of this table.</summary>
    void Begin(MovedTable table);

    /// <summary>Adds a row: longs, doubles, texts, bytes and nulls in the order of the columns.</summary>
    void Add(object?[] row);

    /// <summary>The last row of the table was added.</summary>
    void End();

    /// <summary>Notes an instant or number beside the tables.</summary>
    void SetMeta(string name, long value);

    /// <summary>Reads what was filled in so far.</summary>
    IStoreReading Read();

    /// <summary>Makes all of it durable and visible at one stroke.</summary>
    void Finish();
}

using Cluster.Storage.Snapshots;
using Cluster.Storage.Writing;
using Npgsql;

namespace Cluster.Storage.Postgres;

/// <summary>Work that is no commit of the journal and rare enough to run statements of its own.</summary>
internal interface ISessionWork
{
    /// <summary>Does it inside the transaction of the group. May be called again after a rollback.</summary>
    void Apply(NpgsqlConnection session);
}

/// <summary>Such work with a result.</summary>
internal sealed class SessionWork<T>(Func<NpgsqlConnection, T> apply) : Work<T>, ISessionWork
{
    public void Apply(NpgsqlConnection session) => Answer(apply(session));
}

/// <summary>A state to replace, or to clear when <paramref name="state"/> is null; answers the new etag.</summary>
internal sealed class SnapshotWork(string name, string key, byte[]? state, string? expectedEtag) : Work<string>
{
    public SnapshotKey Key { get; } = new(name, key);

    public byte[]? State => state;

    /// <summary>What is stored once this is done; null when another state than the expected one is there.</summary>
    public SnapshotHead? After(SnapshotHead before)
    {
        if (before.Etag != expectedEtag)
        {
            Refuse(new SnapshotConflictException(Key.Name, Key.Key, expectedEtag, before.Etag));
            return null;
        }
        var after = new SnapshotHead(before.Version + 1, state is not null);
        Answer(after.Etag ?? "");
        // That there is none already is no error, and nothing to write.
        return state is null && before.Version == 0 ? null : after;
    }
}

internal readonly record struct SnapshotKey(string Name, string Key);

/// <summary>How often a state was written; <paramref name="Exists"/> is false when it was cleared since.</summary>
internal sealed record SnapshotHead(long Version, bool Exists)
{
    public static SnapshotHead None { get; } = new(0, false);

    public string? Etag => Exists ? Version.ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
}

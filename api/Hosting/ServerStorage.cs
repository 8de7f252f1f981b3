using Cluster.Storage;

namespace Cluster.Api.Hosting;

/// <summary>What the options of the server say of its store.</summary>
internal static class ServerStorage
{
    public static StorageOptions Storage(this ServerOptions options) => new()
    {
        Directory = options.Data,
        Postgres = options.Store.StartsWith("postgres", StringComparison.Ordinal) ? options.Store : null,
    };
}

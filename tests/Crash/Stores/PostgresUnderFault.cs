using System.Diagnostics;
using Cluster.Shared;

namespace Cluster.Crash.Stores;

/// <summary>A PostgreSQL of our own behind a wire that can be cut.</summary>
internal sealed class PostgresUnderFault : StoreUnderFault
{
    private const string Database = "cluster";
    private const string Gaps = "SELECT count(*) FROM (SELECT 1 FROM event GROUP BY stream_id HAVING min(version) <> 1 OR max(version) <> count(*)) AS gap";

    private bool _isFrozen;

    private PostgresUnderFault(PostgresServer server, Wire wire) => (Server, Wire) = (server, wire);

    public override string Name => "postgres";

    public PostgresServer Server { get; }

    /// <summary>What lies between the system and its store.</summary>
    public Wire Wire { get; }

    public override string[] Options => ["--store", Server.Uri(Database, Wire.Port)];

    /// <param name="home">Where its data lie; null: among the temporary files.</param>
    public static async Task<PostgresUnderFault> Start(string? home = null, params string[] settings)
    {
        PostgresServer server = await PostgresServer.StartOwn(home, settings);
        await server.CreateDatabase(Database);
        return new PostgresUnderFault(server, new Wire(server.Port));
    }

    /// <summary>Silos and processes of the API over it, yet to be started.</summary>
    public LocalCluster Cluster(int silos, int apis) => new(Server, Database, Server.Uri(Database, Wire.Port), Data, silos, apis);

    /// <summary>Stops every process of the server in its tracks.</summary>
    public Task Freeze()
    {
        _isFrozen = true;
        return Signal("-STOP");
    }

    public Task Thaw()
    {
        _isFrozen = false;
        return Signal("-CONT");
    }

    public override async Task Check()
    {
        await Server.Query(Database, "CREATE EXTENSION IF NOT EXISTS amcheck");
        // Every table against its indexes, and every row's header: raises an error at the first damage.
        await Server.Query(Database, "SELECT bt_index_check(c.oid, true) FROM pg_class c JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'btree' AND c.relpersistence = 'p'");
        string found = await Server.Query(Database, "SELECT c.relname, v.msg FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, verify_heapam(c.oid) v WHERE c.relkind = 'r' AND n.nspname = 'public'");
        Claim.Holds(found.Length == 0, () => $"verify_heapam: {found}");
        Claim.Holds(await Server.Query(Database, Gaps) == "0", () => "the versions of every stream run from 1 without a gap");
    }

    private async Task Signal(string signal)
    {
        string master = Server.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        IEnumerable<string> all = Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(id => id!.All(char.IsAsciiDigit) && Parent(id!) == master)!;
        using Process kill = Process.Start("kill", [signal, master, .. all]);
        await kill.WaitForExitAsync();
    }

    private static string? Parent(string id)
    {
        try
        {
            return File.ReadLines($"/proc/{id}/status").FirstOrDefault(line => line.StartsWith("PPid:", StringComparison.Ordinal))?[5..].Trim();
        }
        catch (IOException)
        {
            // Gone meanwhile.
            return null;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        // What is frozen cannot be ended.
        if (_isFrozen) await Thaw();
        await Wire.DisposeAsync();
        await Server.DisposeAsync();
        await base.DisposeAsync();
    }
}

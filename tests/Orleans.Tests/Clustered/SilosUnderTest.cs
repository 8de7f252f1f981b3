using System.Net;
using System.Net.Sockets;
using Cluster.Contracts.Storage;
using Cluster.Shared;
using Cluster.Silo;
using Cluster.Silo.Clustered;
using Cluster.Silo.Operations;
using Cluster.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Runtime;

namespace Grains.Tests.Clustered;

/// <summary>Silos and a client of them as the product sets them up, all in this process, over a database of their own.</summary>
public sealed class SilosUnderTest : IAsyncDisposable
{
    private const int Silos = 3;

    private readonly string _database = $"silos_{Guid.NewGuid():N}";
    private readonly List<IHost> _running = [];
    private PostgresServer _server = null!;
    private IHost _client = null!;

    private SilosUnderTest()
    {
    }

    public IClusterClient Client => _client.Services.GetRequiredService<IClusterClient>();

    /// <summary>What the client was told of commits.</summary>
    internal Heard Told => _client.Services.GetRequiredService<Heard>();

    /// <summary>The silos that run.</summary>
    internal IReadOnlyList<IHost> Running => _running;

    internal IManagementGrain Management => Client.GetGrain<IManagementGrain>(0);

    internal IServiceProvider Services => _client.Services;

    public static async Task<SilosUnderTest> Start()
    {
        var silos = new SilosUnderTest { _server = (await PostgresServer.Start())! };
        await silos._server.CreateDatabase(silos._database);
        // The first makes the tables.
        await silos.Add();
        await Task.WhenAll(Enumerable.Range(1, Silos - 1).Select(_ => silos.Add()));
        silos._client = await silos.Host((builder, options, node) => builder.AddClient(options, node));
        await silos.Follows();
        return silos;
    }

    /// <summary>Starts one more silo.</summary>
    internal async Task<IHost> Add()
    {
        var host = await Host(async (builder, options, node) =>
        {
            await builder.AddSilo(options, node);
            builder.Services.AddNodeMeters("silo");
        });
        lock (_running) _running.Add(host);
        return host;
    }

    /// <summary>Waits until the client follows every silo that runs.</summary>
    internal Task Follows() => Eventually.Holds("the client follows every silo", async () =>
    {
        var followers = await Task.WhenAll(_running.Select(silo => NodeOf(silo).Followers()));
        return followers.All(f => f.Length == 1);
    });

    /// <summary>Ends a silo at once: what it was doing is not done.</summary>
    internal Task Kill(IHost silo) => End(silo, new CancellationToken(canceled: true));

    /// <summary>Has a silo hand over what it has, and leave.</summary>
    internal Task Stop(IHost silo) => End(silo, CancellationToken.None);

    internal Task<string> Query(string sql) => _server.Query(_database, sql);

    internal INodeGrain NodeOf(IHost silo) => Client.GetGrain<INodeGrain>(Address(silo).ToParsableString());

    internal static SiloAddress Address(IHost silo) => silo.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;

    public async ValueTask DisposeAsync()
    {
        await _client.StopAsync();
        _client.Dispose();
        // Not one after the other with all grains moving along, which takes long.
        await Task.WhenAll(_running.ToList().Select(Kill));
    }

    private async Task End(IHost silo, CancellationToken cancellation)
    {
        lock (_running) _running.Remove(silo);
        try
        {
            await silo.StopAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
        finally
        {
            await ((IAsyncDisposable)silo).DisposeAsync();
        }
    }

    private async Task<IHost> Host(Func<IHostApplicationBuilder, SiloOptions, NodeOptions, Task> add)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        var store = _server.Uri(_database);
        await add(
            builder,
            new SiloOptions { Storage = new StorageOptions { Directory = ".", Postgres = store, Exclusive = false } },
            new NodeOptions { Store = store, ClusterId = _database, SiloPort = FreePort(), GatewayPort = FreePort(), Advertised = IPAddress.Loopback });
        builder.Services.AddNodeMeters("api");
        builder.Services.AddSingleton<Heard>().AddSingleton<ICommitObserver>(provider => provider.GetRequiredService<Heard>());
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

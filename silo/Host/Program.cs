using Cluster.Contracts.Storage;
using Cluster.Silo;
using Cluster.Storage;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
var storage = new StorageOptions
{
    Directory = builder.Configuration["data"] ?? "./data",
    Postgres = builder.Configuration["store"] is { } store && PostgresAddress.Names(store) ? store : null,
};
#if ORLEANS
// Silos share their database.
storage.Exclusive = false;
#endif
builder.Services.AddClusterSilo(new SiloOptions { Storage = storage });
#if ORLEANS
builder.UseOrleans(silo => silo.UseLocalhostClustering());
#endif
await builder.Build().RunAsync();

using Cluster.Silo;
using Cluster.Storage;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddClusterSilo(new SiloOptions { Storage = new StorageOptions { Directory = builder.Configuration["data"] ?? "./data" } });
#if ORLEANS
builder.UseOrleans(silo => silo.UseLocalhostClustering());
#endif
await builder.Build().RunAsync();

#if ORLEANS
using System.Globalization;
using Cluster.Contracts.Storage;
using Cluster.Law;
using Cluster.Silo;
using Cluster.Silo.Clustered;
using Cluster.Silo.Operations;
using Cluster.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
if (builder.Configuration["store"] is not { } store || !PostgresAddress.TryParse(store, out _, out _))
{
    Console.Error.WriteLine("cluster: a silo needs --store postgres://user:password@host:port/database.");
    return 2;
}

try
{
    await builder.AddSilo(
        new SiloOptions
        {
            Storage = new StorageOptions { Directory = ".", Postgres = store, Exclusive = false },
            ClockStart = builder.Configuration["clock"] is { } clock ? DateTimeOffset.Parse(clock, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : null,
            ClockSpeed = builder.Configuration["speed"] is { } speed ? double.Parse(speed, CultureInfo.InvariantCulture) : 1,
            Holidays = builder.Configuration["holidays"] is { } holidays ? HolidayCalendar.Parse(await File.ReadAllBytesAsync(holidays), Path.GetFileName(holidays)) : null,
        },
        NodeOptions.Read(store, builder.Configuration));
    builder.Services.AddNodeMeters("silo");
    if (builder.Configuration["metrics"] is { } metrics)
        builder.Services.AddSingleton<IHostedService>(provider => new MetricsListener(metrics, provider.GetRequiredService<MeterTotals>()));
    await builder.Build().RunAsync();
    return 0;
}
catch (Exception e) when (e is FormatException or IOException or StoreFormatException or Npgsql.NpgsqlException)
{
    Console.Error.WriteLine($"cluster: {e.Message}");
    return 1;
}
#else
Console.Error.WriteLine("cluster: a silo by itself is one of a cluster, which needs the engine Orleans: dotnet run --project silo/Host -p:Engine=Orleans -- --store postgres://… ; without it, the server is one process: dotnet run --project api");
return 2;
#endif

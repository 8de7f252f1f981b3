using Cluster.Api.Commands;
using Cluster.Api.Demo;
using Cluster.Api.Hosting;
using Cluster.Law;
using Cluster.Silo;
using Cluster.Storage;
using Cluster.Verify;
using Microsoft.Extensions.FileProviders;

if (args is ["verify-draws", ..]) return VerifyDraws.Run(args[1..], Console.OpenStandardInput, Console.Out, Console.Error);

if (args is [CalibrateWeights.Name, ..]) return CalibrateWeights.Run(args[1..], Console.Out, Console.Error, TimeProvider.System, CancellationToken.None);

if (args is [var command, ..] && StoreCommands.Includes(command))
{
    using var interrupted = new CancellationTokenSource();
    Console.CancelKeyPress += (_, press) =>
    {
        press.Cancel = true;
        interrupted.Cancel();
    };
    return await StoreCommands.Run(args, Console.Out, Console.Error, TimeProvider.System, interrupted.Token);
}

ServerOptions options;
try
{
    options = ServerOptionsReader.Read(args, AppContext.BaseDirectory, TimeProvider.System);
}
catch (ServerOptionsException e)
{
    Console.Error.WriteLine($"cluster: {e.Message}");
    return 2;
}

// The files lie beside the program, wherever it is started from.
WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.UseUrls(options.Urls);
try
{
    await builder.AddCluster(new SiloOptions
    {
        Storage = new StorageOptions { Directory = options.Data, Postgres = options.Postgres },
        ClockStart = options.Clock,
        ClockSpeed = options.Speed,
        Holidays = options.Holidays is { } holidays ? HolidayCalendar.Parse(File.ReadAllBytes(holidays), Path.GetFileName(holidays)) : null,
    });
}
catch (Exception e) when (e is FormatException or IOException)
{
    Console.Error.WriteLine($"cluster: {e.Message}");
    return 2;
}
builder.Services.AddClusterApi(options);
if (options.Demo) builder.Services.AddDemo();

WebApplication app = builder.Build();
string dashboard = Path.Combine(AppContext.BaseDirectory, "wwwroot");
app.MapClusterApi(Directory.Exists(dashboard) ? new PhysicalFileProvider(dashboard) : new NullFileProvider());
try
{
    await app.RunAsync();
    return 0;
}
catch (Exception e) when (e is IOException or StoreFormatException)
{
    // An address or a store in use, a full disk, a file of another program: nothing a stack trace would add to.
    Console.Error.WriteLine($"cluster: {e.Message}");
    return 1;
}

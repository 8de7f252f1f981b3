namespace Cluster.Api.Demo;

internal static class DemoServices
{
    /// <summary>Adds the demo office and the replay, to be started after everything else.</summary>
    public static void AddDemo(this IServiceCollection services)
    {
        services.AddHostedService<DemoSetup>();
        services.AddHostedService<DemoFeeder>();
    }
}

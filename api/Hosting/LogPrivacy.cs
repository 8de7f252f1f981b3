namespace Cluster.Api.Hosting;

/// <summary>
/// Keeps addresses out of the logs: a query may carry the token of a live connection. Applied after all configuration, so
/// that turning on more logging cannot turn it off.
/// </summary>
internal static class LogPrivacy
{
    // These write whole request targets below this level.
    private static readonly string[] Categories =
        ["Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.HttpLogging", "Microsoft.AspNetCore.Server.Kestrel.BadRequests"];

    public static void KeepAddressesOut(this IServiceCollection services) =>
        services.PostConfigure<LoggerFilterOptions>(options =>
        {
            foreach (LoggerFilterRule rule in options.Rules.Where(r => Categories.Any(c => r.CategoryName?.StartsWith(c, StringComparison.Ordinal) == true)).ToList())
                options.Rules.Remove(rule);
            IEnumerable<string?> providers = options.Rules.Select(r => r.ProviderName).Append(null).Distinct().ToList();
            foreach (string category in Categories)
            {
                foreach (string? provider in providers)
                    options.Rules.Add(new LoggerFilterRule(provider, category, LogLevel.Warning, null));
            }
        });
}

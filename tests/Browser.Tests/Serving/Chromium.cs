using Microsoft.Playwright;

namespace Cluster.Serving;

/// <summary>The browser of this machine: the one that CHROMIUM names, or that of Debian.</summary>
internal static class Chromium
{
    private static readonly string[] Arguments =
        ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    public static string Path { get; } = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named ? named : "/usr/bin/chromium";

    /// <summary>Why no browser can be started; null if one can.</summary>
    public static string? Missing { get; } = File.Exists(Path) ? null : $"There is no Chromium at {Path}; install it or name one in CHROMIUM.";

    /// <summary>Starts it headless with a profile of its own, which is thrown away with it.</summary>
    public static Task<IBrowser> Launch(IPlaywright playwright) =>
        Missing is null
            ? playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Path, Args = Arguments, Headless = true })
            : throw new InvalidOperationException(Missing);
}

using Cluster.Serving;

namespace Cluster.Browser.Tests;

/// <summary>A test that needs Chromium: skipped where there is none, except in CI, where a missing browser is a failure.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = BrowserNeeded.Reason;
}

/// <summary>The same for a test with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = BrowserNeeded.Reason;
}

internal static class BrowserNeeded
{
    /// <summary>Why the tests are skipped; null if they run.</summary>
    public static string? Reason { get; } =
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase) ? null : Chromium.Missing;
}

using System.Runtime.CompilerServices;
using Cluster.Serving;
using Microsoft.Playwright;

namespace Cluster.Browser.Tests;

/// <summary>One browser for all tests; each visit has a profile of its own, as another person at another desk would.</summary>
public sealed class Browsing : IAsyncLifetime
{
    /// <summary>Milliseconds that a behaviour may take before it counts as missing; generous, for a machine that builds beside the tests.</summary>
    public const float Patience = 20_000;

    private const string SeenTour = """
        if (location.protocol.startsWith('http') && localStorage.getItem('tour-seen') === null)
          localStorage.setItem('tour-seen', JSON.stringify(['admin', 'monitor', 'handler-yi', 'handler-er', 'superior']))
        """;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (BrowserNeeded.Reason is not null) return;
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.Launch(_playwright);
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.CloseAsync();
        _playwright?.Dispose();
    }

    /// <summary>
    /// Opens a page, tells the story on it, and asks that the browser had nothing to complain about.
    /// A story that fails leaves a picture of the page beside the test assembly.
    /// </summary>
    /// <param name="server">Where the pages come from.</param>
    /// <param name="story">What the person does and sees.</param>
    /// <param name="bypassPolicy">Without the content security policy: what must hold by itself, or needs a script of the test's own.</param>
    /// <param name="expected">Parts of complaints that belong to this story, such as a refused call.</param>
    internal async Task Visit(Uri server, Func<IPage, Task> story, string[]? expected = null, int width = 1920, int height = 1080, bool bypassPolicy = false, [CallerMemberName] string name = "")
    {
        await using IBrowserContext context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = server.AbsoluteUri,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            Locale = "zh-CN",
            BypassCSP = bypassPolicy,
            // A menu that is still unfolding moves away under a click.
            ReducedMotion = ReducedMotion.Reduce,
            // Legal time must not depend on where the browser thinks it is.
            TimezoneId = "America/New_York",
        });
        context.SetDefaultTimeout(Patience);
        // Everybody here has seen the tour, but those whom it is about.
        await context.AddInitScriptAsync(SeenTour);
        IPage page = await context.NewPageAsync();
        var complaints = new Complaints(page, expected ?? []);
        try
        {
            await story(page);
        }
        catch
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(AppContext.BaseDirectory, "failed", $"{name}.png") });
            throw;
        }
        Assert.True(complaints.Unexpected.Count == 0, string.Join('\n', complaints.Unexpected));
    }
}

/// <summary>Tests that share a browser and an office, one after another. There are two such lots, side by side: a page waits more than it works.</summary>
[CollectionDefinition(Name)]
public sealed class Browsers : ICollectionFixture<Browsing>, ICollectionFixture<Office>
{
    public const string Name = "browser";
}

/// <inheritdoc cref="Browsers"/>
[CollectionDefinition(Name)]
public sealed class OtherBrowsers : ICollectionFixture<Browsing>, ICollectionFixture<Office>
{
    public const string Name = "other browser";
}

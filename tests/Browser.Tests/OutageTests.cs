using System.Globalization;
using Cluster.Serving;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cluster.Browser.Tests;

/// <summary>Has an office of its own, because it kills the server.</summary>
[Collection(OtherBrowsers.Name)]
public sealed class OutageTests(Browsing browsing) : IAsyncLifetime
{
    private readonly Office office = new();

    public Task InitializeAsync() => office.InitializeAsync();

    public Task DisposeAsync() => office.DisposeAsync();

    [BrowserFact]
    public Task A_killed_server_turns_the_line_red_within_seconds_and_its_return_misses_nothing() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand before = await office.Accept(daysAgo: 5), cured = await office.Accept(daysAgo: 5);
        await page.OpenWall();
        await page.Remember();
        await Expect(page.WallRows(before)).ToHaveCountAsync(1);
        await Expect(page.WallRows(cured)).ToHaveCountAsync(1);

        int port = office.Address.Port;
        office.Server.Kill();
        // Five seconds of silence make it stale; the rest is what a busy machine may add.
        ILocator line = page.Locator(".wall-freshness").GetByText("画面不是最新");
        await Expect(line).ToBeVisibleAsync(new() { Timeout = 9000 });
        await Expect(line).ToHaveCSSAsync("background-color", "rgb(227, 38, 63)");
        await Expect(page.Locator("main.wall")).ToHaveAttributeAsync("data-stale", "true");
        await Expect(page.WallRows(before)).ToHaveCountAsync(1);

        // The same store behind another port: the office works on where this browser cannot see it.
        await office.Start(ServerProcess.FreePort());
        CaseAtHand missed = await office.Accept(daysAgo: 5);
        await office.NotifyRights(cured);
        Assert.Equal(0, await office.Server.Stop());
        await Expect(page.WallRows(missed)).ToHaveCountAsync(0);

        await office.Start(port);
        await Expect(page.WallRows(missed)).ToHaveCountAsync(1);
        await Expect(page.WallRows(cured)).ToHaveCountAsync(0);
        await Expect(page.WallRows(before)).ToHaveCountAsync(1);
        await Expect(line).ToHaveCountAsync(0);
        await Expect(page.Locator(".wall-link[data-connected]")).ToBeVisibleAsync();
        await page.ShowsLastSequence(office);
        int open = (await office.Admin.List("/api/alerts?open=true")).Count;
        await Expect(page.Locator(".lights-totals a").First.Locator("b")).ToHaveTextAsync(open.ToString(CultureInfo.InvariantCulture));
        await page.WasNotReloaded();

        CaseAtHand after = await office.Accept(daysAgo: 5);
        await Expect(page.WallRows(after)).ToHaveCountAsync(1);
    }, expected: ["net::ERR_CONNECTION_REFUSED", "net::ERR_CONNECTION_RESET", "net::ERR_EMPTY_RESPONSE", "WebSocket connection to"]);
}

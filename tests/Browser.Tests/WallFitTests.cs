using static Microsoft.Playwright.Assertions;

namespace Cluster.Browser.Tests;

[Collection(Browsers.Name)]
public sealed class WallFitTests(Browsing browsing, Office office)
{
    [BrowserTheory]
    [InlineData(1920, 1080, "zh")]
    [InlineData(1920, 1080, "en")]
    [InlineData(3840, 2160, "zh")]
    [InlineData(3840, 2160, "en")]
    public Task The_wall_neither_scrolls_nor_clips(int width, int height, string language) => browsing.Visit(office.Address, async page =>
    {
        for (int i = 0; i < 12; i++) await office.Interrogate(await office.Accept(daysAgo: i % 3 * 5));
        await page.Enter();
        await page.GotoAsync($"/wall?lang={language}");
        await Expect(page.Locator(".wall-link[data-connected]")).ToBeVisibleAsync();
        await Expect(page.Locator(".wall-chart canvas")).ToBeVisibleAsync();
        await Expect(page.Locator(".wall-row").Nth(11)).ToBeAttachedAsync();

        Assert.Empty(await page.Clipped());
        foreach (string scene in (string[])["deadlines", "workload"])
        {
            await page.GotoAsync($"/wall?lang={language}&scene={scene}");
            await Expect(page.Locator($".wall-body[data-scene={scene}] .wall-panel h2")).ToBeVisibleAsync();
            await Expect(page.Locator(".lights-totals b").Last).Not.ToHaveTextAsync("–");
            Assert.Empty(await page.Clipped());
        }
    }, width: width, height: height);
}

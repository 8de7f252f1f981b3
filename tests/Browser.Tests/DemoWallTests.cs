using Cluster.Serving;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cluster.Browser.Tests;

/// <summary>The picture of the README comes from here: set WALL_SCREENSHOT to where it shall be written.</summary>
[Collection(OtherBrowsers.Name)]
public sealed class DemoWallTests(Browsing browsing)
{
    [BrowserFact]
    public async Task The_demo_fills_the_wall()
    {
        string data = Directory.CreateTempSubdirectory("cluster-demo-").FullName;
        try
        {
            using ServerProcess server = await ServerProcess.Start(data, ServerProcess.FreePort(), "--demo");
            await browsing.Visit(server.Address, async page =>
            {
                await page.OpenWall("superior", "demo-yuchuan-2018");
                await Expect(page.Locator(".wall-simulated")).ToContainTextAsync("1440");
                // The first draw comes when the past has been loaded and the replay goes on.
                await Expect(page.Locator(".wall-assignments li").First).ToBeVisibleAsync(new() { Timeout = 180_000 });
                await Expect(page.Locator(".wall-row").Nth(20)).ToBeAttachedAsync();
                await Expect(page.Locator(".wall-chart canvas")).ToBeVisibleAsync();
                Assert.Empty(await page.Clipped());
                // The pointer that pressed the login button rests on a row and lights it up.
                await page.Mouse.MoveAsync(0, 0);
                string picture = Environment.GetEnvironmentVariable("WALL_SCREENSHOT") is { Length: > 0 } path ? path : Path.Combine(AppContext.BaseDirectory, "wall.png");
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = picture, Animations = ScreenshotAnimations.Disabled });
                Assert.True(new FileInfo(picture).Length > 50_000, "An empty wall compresses to less.");
            });
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }
}

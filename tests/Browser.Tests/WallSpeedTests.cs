using System.IO.Compression;
using static Microsoft.Playwright.Assertions;

namespace Cluster.Browser.Tests;

/// <summary>What a wall may cost a browser. The time of a cold load is printed by tests/Load, which asks for a quiet machine.</summary>
[Collection(Browsers.Name)]
public sealed class WallSpeedTests(Browsing browsing, Office office)
{
    /// <summary>Bytes of JavaScript, each file compressed as a proxy would.</summary>
    private const int MostScript = 400_000;

    [BrowserFact]
    public Task The_scripts_of_the_wall_are_few_enough_for_a_slow_line() => browsing.Visit(office.Address, async page =>
    {
        await office.Accept(daysAgo: 5);
        var scripts = new System.Collections.Concurrent.ConcurrentDictionary<string, Task<byte[]>>();
        page.Response += (_, response) =>
        {
            if (response.Request.ResourceType == "script") scripts.GetOrAdd(response.Url, _ => response.BodyAsync());
        };
        // A profile that has never been here: nothing comes from a cache.
        await page.Context.APIRequest.PostAsync("/api/login", new() { DataObject = new { user = "monitor", password = Office.Password } });
        await page.GotoAsync("/wall");
        await Expect(page.Locator(".wall-row").First).ToBeVisibleAsync();
        await Expect(page.Locator(".wall-chart canvas")).ToBeVisibleAsync();

        int total = 0;
        foreach ((string url, Task<byte[]> body) in scripts)
        {
            Assert.DoesNotContain("antd", url);
            using var compressed = new MemoryStream();
            using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(await body);
            total += (int)compressed.Length;
        }
        Assert.True(total > 100_000, "Hardly a script was seen.");
        Assert.True(total <= MostScript, $"The wall loads {total} bytes of compressed JavaScript.");
    });
}

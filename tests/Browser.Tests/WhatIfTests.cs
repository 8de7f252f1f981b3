using Cluster.Serving;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cluster.Browser.Tests;

[Collection(Browsers.Name)]
public sealed class WhatIfTests(Browsing browsing, Office office)
{
    [BrowserFact]
    public Task Supposing_an_extension_moves_the_end_of_the_review_by_fifteen_days() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand one = await office.Accept();
        await Arrest(one);
        await page.OpenCase(one);
        // A month from 11 March is a Saturday, and in custody stays one.
        await Expect(page.Deadline("T-B05")).ToContainTextAsync("2026-04-11");

        await Suppose(page, "延长审查期限");

        ILocator moved = page.Locator(".whatif tr.ant-table-row").Filter(new() { HasText = "T-B05" });
        await Expect(moved).ToContainTextAsync("2026-04-11");
        await Expect(moved).ToContainTextAsync("2026-04-26");
        await Expect(moved).ToContainTextAsync("延后 15 天");
        // Nothing of it was stored.
        await Expect(page.Locator(".case-history .ant-timeline")).Not.ToContainTextAsync("延长审查期限");
        Assert.DoesNotContain("review.extended", (await office.Admin.Get($"/api/cases/{Uri.EscapeDataString(one.Id)}"))["history"]!.ToJsonString(), StringComparison.Ordinal);
    });

    [BrowserFact]
    public Task Supposing_the_end_of_custody_lets_the_last_day_roll_over_the_weekend() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand one = await office.Accept();
        await Arrest(one);
        await page.OpenCase(one);

        await Suppose(page, "羁押终止");

        ILocator moved = page.Locator(".whatif tr.ant-table-row").Filter(new() { HasText = "T-B05" });
        await Expect(moved).ToContainTextAsync("2026-04-13");
        await Expect(moved).ToContainTextAsync("延后 2 天");
    });

    [BrowserFact]
    public Task Nobody_is_asked_to_suppose_the_end_of_a_custody_that_there_is_not() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand one = await office.Accept();
        await page.OpenCase(one);

        await Expect(Choice(page, "退回补充侦查")).ToBeVisibleAsync();
        await Expect(Choice(page, "羁押终止")).ToHaveCountAsync(0);
    });

    private static async Task Suppose(IPage page, string what)
    {
        await Choice(page, what).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "推算" }).ClickAsync();
    }

    private static ILocator Choice(IPage page, string what) => page.Locator(".ant-radio-button-wrapper").Filter(new() { HasText = what });

    private Task Arrest(CaseAtHand one) => office.Admin.Send(new CloudEvent(
        Guid.NewGuid().ToString(), $"/{Office.Procuratorate}/tyyw", "measure.taken", one.Id, Office.Now,
        new { suspect = "1", kind = "arrest", from = Office.Now.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), organ = "咸丰县公安局" }));
}

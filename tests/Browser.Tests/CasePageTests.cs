using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cluster.Browser.Tests;

[Collection(Browsers.Name)]
public sealed class CasePageTests(Browsing browsing, Office office)
{
    [BrowserFact]
    public Task The_case_page_tells_limits_with_proof_findings_with_article_and_every_event() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand one = await office.Accept(daysAgo: 5);
        await Open(page, one);

        ILocator limit = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "T-B01" });
        await Expect(limit).ToContainTextAsync("2026-03-09");
        await Expect(page.Locator(".proof")).ToHaveCountAsync(0);
        await limit.ClickAsync();
        await Expect(page.Locator(".proof")).ToBeVisibleAsync();
        await Expect(page.Locator(".proof")).ToContainTextAsync("2026-03-06");
        await Expect(page.Locator(".proof-step").First).ToBeVisibleAsync();

        await Expect(Finding(page, "三日内告知犯罪嫌疑人")).ToContainTextAsync("CPL 34; R 40");

        int events = (await office.Admin.Get($"/api/cases/{Uri.EscapeDataString(one.Id)}"))["history"]!.AsArray().Count;
        await Expect(page.Locator(".case-history .ant-timeline-item")).ToHaveCountAsync(events);
        await Expect(page.Locator(".case-history .ant-timeline")).ToContainTextAsync("受理");
        await Expect(page.Locator(".case-history .ant-timeline")).ToContainTextAsync("分案");
    });

    [BrowserFact]
    public Task The_case_page_follows_what_happens_to_the_case() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand one = await office.Accept(daysAgo: 5);
        await Open(page, one);
        await Expect(Finding(page, "三日内告知犯罪嫌疑人")).Not.ToHaveClassAsync(new Regex("finding-past"));
        await page.Remember();

        await office.NotifyRights(one);

        await Expect(page.Locator(".case-history .ant-timeline")).ToContainTextAsync("权利告知");
        await Expect(Finding(page, "三日内告知犯罪嫌疑人")).ToHaveClassAsync(new Regex("finding-past"));
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "T-B01" })).ToContainTextAsync("超期");
        await page.WasNotReloaded();
    });

    [BrowserFact]
    public Task A_row_of_the_wall_leads_to_its_case() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand one = await office.Accept(daysAgo: 5);
        await page.OpenWall();
        await page.WallRows(one).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = one.Name })).ToBeVisibleAsync();
        await Expect(page.GetByText(one.Id).First).ToBeVisibleAsync();
    });

    private static async Task Open(IPage page, CaseAtHand one)
    {
        await page.Enter();
        await page.GotoAsync($"/cases/{Uri.EscapeDataString(one.Id)}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = one.Name })).ToBeVisibleAsync();
    }

    private static ILocator Finding(IPage page, string rule) =>
        page.Locator(".ant-card .ant-card").Filter(new() { Has = page.GetByText(rule, new() { Exact = true }) });
}

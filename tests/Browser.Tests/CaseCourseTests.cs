using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cluster.Browser.Tests;

/// <summary>The course of a case as a picture, its past, and who looked at it.</summary>
[Collection(Browsers.Name)]
public sealed class CaseCourseTests(Browsing browsing, Office office)
{
    [BrowserFact]
    public Task The_fish_bone_shows_what_is_done_and_missed_and_leads_there_by_key() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand one = await office.Accept(daysAgo: 5);
        await page.OpenCase(one);

        await Expect(page.Locator(".course-states [data-state=now]")).ToContainTextAsync("审查中");
        await Expect(Nodes(page, "done").Filter(new() { HasText = "受理" })).ToHaveCountAsync(1);
        ILocator missed = Nodes(page, "missed");
        await Expect(missed).Not.ToHaveCountAsync(0);
        // Nobody has pointed at anything: what presses most is told.
        ILocator detail = page.Locator(".fishbone-detail");
        await Expect(detail).ToContainTextAsync("超期");

        await page.Locator(".fishbone-scroll .bone-node[tabindex='0']").FocusAsync();
        await page.Keyboard.PressAsync("Home");
        await Expect(detail).ToContainTextAsync("受理");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".history-marked")).ToHaveCountAsync(1);

        await missed.First.ClickAsync();
        await Expect(page.Locator(".proof")).ToBeVisibleAsync();
    });

    [BrowserFact]
    public Task The_slider_shows_the_case_as_it_stood_says_so_and_comes_back() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand one = await office.Accept(daysAgo: 5);
        await office.NotifyRights(one);
        await page.OpenCase(one);
        await Expect(page.Locator(".case-history .ant-timeline")).ToContainTextAsync("权利告知");
        await Expect(page.Locator(".past-banner")).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Slider).FocusAsync();
        await page.Keyboard.PressAsync("Home");

        await Expect(page.Locator(".past-banner")).ToContainTextAsync("2026-03-06 09:00");
        await Expect(page).ToHaveURLAsync(new Regex("asOf=2026-03-06T09"));
        await Expect(page.Locator(".case-history .ant-timeline")).Not.ToContainTextAsync("权利告知");
        await Expect(page.Locator(".ant-card .ant-card").GetByRole(AriaRole.Button, new() { Name = "确认" })).ToHaveCountAsync(0);
        // A limit that ran then runs, and what was left of it then is told.
        await Expect(page.Deadline("T-B05")).ToContainTextAsync("剩余");

        await page.ReloadAsync();
        await Expect(page.Locator(".past-banner")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Slider).FocusAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".past-banner")).ToHaveCountAsync(0);
        await Expect(page.Locator(".case-history .ant-timeline")).ToContainTextAsync("权利告知");
    });

    [BrowserFact]
    public Task Custody_and_its_limits_stand_on_one_axis() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand one = await office.Accept(custodySince: "2026-01-10");
        await page.OpenCase(one);

        ILocator bars = page.Locator(".custody-bars");
        await Expect(bars.Locator(".custody-measure[data-held]")).ToHaveAttributeAsync("aria-label", "逮捕 自 2026-01-10，已 60 天");
        ILocator limit = bars.Locator(".custody-limit").Filter(new() { HasText = "T-B05" });
        await Expect(limit).ToHaveAttributeAsync("data-status", "running");
        await limit.PressAsync("Enter");
        await Expect(page.Locator(".proof")).ToContainTextAsync("CPL 172");
    });

    [BrowserFact]
    public Task Who_may_see_a_case_and_who_looked_is_told_when_asked() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand one = await office.Accept(department: "yi");
        await page.OpenCase(one);

        await page.GetByRole(AriaRole.Button, new() { Name = "查询" }).ClickAsync();

        ILocator access = page.Locator(".access");
        await Expect(access).ToContainTextAsync("handler-yi");
        await Expect(access).Not.ToContainTextAsync("handler-er");
        await Expect(access.Locator("tr[data-row-key=monitor]")).ToContainTextAsync("案件（实时）");
    });

    private static ILocator Nodes(IPage page, string state) => page.Locator($".fishbone-scroll .bone-node[data-state='{state}']");
}

using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cluster.Browser.Tests;

[Collection(Browsers.Name)]
public sealed class WallSceneTests(Browsing browsing, Office office)
{
    [BrowserFact]
    public Task A_key_changes_the_scene_and_the_address_keeps_it() => browsing.Visit(office.Address, async page =>
    {
        await page.OpenWall();
        await page.Keyboard.PressAsync("2");
        await Expect(page.Locator(".wall-body[data-scene=deadlines]")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("3");
        await Expect(page.Locator(".wall-fairness")).ToContainTextAsync("第三检察部");
        await Expect(page).ToHaveURLAsync(new Regex("scene=workload"));
        await page.ReloadAsync();
        await Expect(page.Locator(".wall-body[data-scene=workload]")).ToBeVisibleAsync();
        // Of one office there is no tree.
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "各院" })).ToHaveCountAsync(0);
    });

    [BrowserFact]
    public Task A_deadline_of_the_week_comes_to_the_axis_by_itself_and_its_number_leads_to_it() => browsing.Visit(office.Address, async page =>
    {
        await page.OpenWall();
        await page.Keyboard.PressAsync("2");
        await Expect(page.Locator(".wall-within")).ToContainTextAsync("7天内");
        string before = (await page.Locator(".wall-within > *").Last.Locator("b").TextContentAsync())!;
        // Rights are due within three days of acceptance.
        CaseAtHand one = await office.Accept();
        await Expect(page.Locator(".wall-within > *").Last.Locator("b")).Not.ToHaveTextAsync(before);
        string week = (await page.Locator(".wall-within > *").Last.Locator("b").TextContentAsync())!;
        await page.Locator(".wall-within > *").Last.ClickAsync();
        await Expect(page.Locator("tr.ant-table-row")).ToHaveCountAsync(int.Parse(week, CultureInfo.InvariantCulture));
        await Expect(page.Locator("tr.ant-table-row", new() { HasText = one.Name })).ToBeVisibleAsync();
    });

    [BrowserFact]
    public Task What_came_today_is_counted_and_leads_to_the_cases() => browsing.Visit(office.Address, async page =>
    {
        await office.Accept();
        await page.OpenWall();
        ILocator today = page.Locator(".lights-totals a", new() { HasText = "今日受案" });
        int accepted = (await office.Admin.List("/api/cases?acceptedFrom=2026-03-11")).Count;
        await Expect(today.Locator("b")).ToHaveTextAsync(accepted.ToString(CultureInfo.InvariantCulture));
        await today.ClickAsync();
        await Expect(page.Locator("tr.ant-table-row")).ToHaveCountAsync(accepted);
    });

    [BrowserFact]
    public Task Alerts_of_one_case_are_one_row_unless_asked_otherwise() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand one = await office.Accept(daysAgo: 5);
        await office.Interrogate(one);
        await page.OpenWall();
        await Expect(page.WallRows(one)).ToHaveCountAsync(1);
        int alerts = (await office.Admin.List("/api/alerts?open=true")).Count(a => (string)a["case"]! == one.Id);
        Assert.True(alerts > 1);
        await Expect(page.WallRows(one).Locator(".wall-others")).ToBeVisibleAsync();
        await page.GetByLabel("分组").SelectOptionAsync("none");
        await Expect(page.WallRows(one)).ToHaveCountAsync(alerts);
    });

    [BrowserFact]
    public Task A_screen_that_nobody_sits_at_shows_no_name_and_leads_nowhere() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand one = await office.Accept(daysAgo: 5);
        await page.LogIn("screen", Office.Password);
        await Expect(page.Locator(".wall-row").First).ToContainTextAsync("王**盗窃案");
        await Expect(page.Locator("body")).Not.ToContainTextAsync(one.Name);
        await Expect(page.Locator(".wall-body a, .lights a")).ToHaveCountAsync(0);
        // It changes its scenes by itself.
        await Expect(page.Locator(".wall-scenes [aria-pressed=true]")).ToHaveCountAsync(1);
        await page.GotoAsync("/cases");
        await Expect(page).ToHaveURLAsync(new Regex("/wall"));
    });
}

using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cluster.Browser.Tests;

[Collection(Browsers.Name)]
public sealed class WallTests(Browsing browsing, Office office)
{
    [BrowserFact]
    public Task An_alert_comes_to_the_open_wall_by_itself_and_leaves_with_its_cure() => browsing.Visit(office.Address, async page =>
    {
        await page.OpenWall();
        await page.Remember();

        CaseAtHand one = await office.Accept(daysAgo: 5);
        await Expect(page.WallRows(one)).ToHaveCountAsync(1);
        await Expect(page.WallRows(one)).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(page.WallRows(one)).ToContainTextAsync("三日内告知犯罪嫌疑人");
        await Expect(page.WallRows(one)).ToContainTextAsync("CPL 34; R 40");
        await Expect(page.WallRows(one).Locator(".wall-due")).ToContainTextAsync("已超 1天 9时");

        await office.NotifyRights(one);
        await Expect(page.WallRows(one)).ToHaveCountAsync(0);
        await page.WasNotReloaded();
    });

    [BrowserFact]
    public Task The_newest_alert_is_on_top_however_many_came_before() => browsing.Visit(office.Address, async page =>
    {
        await page.OpenWall();
        for (int i = 0; i < 20; i++)
        {
            CaseAtHand newest = await office.Accept(daysAgo: 5);
            await Expect(page.Locator(".wall-row").First).ToContainTextAsync(newest.Name);
            await Expect(page.WallRows(newest)).ToBeInViewportAsync(new() { Ratio = 1 });
        }
    });

    [BrowserFact]
    public Task The_lights_equal_the_list_of_alerts_and_lead_to_it() => browsing.Visit(office.Address, async page =>
    {
        await office.Accept(daysAgo: 5);
        await office.Accept(daysAgo: 2);
        await office.Interrogate(await office.Accept());
        await page.OpenWall();

        IReadOnlyList<string> levels = [.. (await office.Admin.List("/api/alerts?open=true")).Select(a => (string)a["level"]!)];
        Assert.Contains("L2", levels);
        Assert.Contains("W3", levels);
        foreach (string level in (string[])["L3", "L2", "L1", "W3", "W2", "W1", "S", "T", "V"])
            await Expect(page.Light(level).Locator(".light-number")).ToHaveTextAsync(levels.Count(l => l == level).ToString(CultureInfo.InvariantCulture));
        await Expect(page.Locator(".lights-totals a").First.Locator("b")).ToHaveTextAsync(levels.Count.ToString(CultureInfo.InvariantCulture));

        await page.Light("L2").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex(@"/alerts\?open=true&level=L2$"));
        await Expect(page.Locator("tr.ant-table-row")).ToHaveCountAsync(levels.Count(l => l == "L2"));

        await page.GoBackAsync();
        await page.Locator(".lights-totals a").Nth(1).ClickAsync();
        await Expect(page.Locator("tr.ant-table-row")).ToHaveCountAsync((await office.Admin.List("/api/cases?open=true")).Count);
    });

    [BrowserFact]
    public Task The_freshness_line_shows_the_last_sequence_of_the_server() => browsing.Visit(office.Address, async page =>
    {
        await page.OpenWall();
        await office.Interrogate(await office.Accept());

        await page.ShowsLastSequence(office);
        await Expect(page.Locator(".wall-freshness")).ToContainTextAsync("事件到屏");
        await Expect(page.Locator("main.wall")).Not.ToHaveAttributeAsync("data-stale", "true");
    });

    [BrowserFact]
    public Task The_list_stands_still_under_a_moving_hand_and_goes_on_when_it_leaves() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand first = await office.Accept(daysAgo: 5);
        await page.OpenWall();
        await page.WallRows(first).HoverAsync();
        await Expect(page.Locator(".wall-list h2")).ToContainTextAsync("已暂停");

        CaseAtHand second = await office.Accept(daysAgo: 5);
        await Expect(page.Locator(".wall-list h2")).ToContainTextAsync("已暂停，1 条更新待显示");
        await Expect(page.WallRows(second)).ToHaveCountAsync(0);

        await page.Mouse.MoveAsync(5, 5);
        await Expect(page.WallRows(second)).ToHaveCountAsync(1);
        await Expect(page.Locator(".wall-list h2")).Not.ToContainTextAsync("已暂停");
    });

    [BrowserFact]
    public Task A_filter_narrows_the_list_and_the_lights() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand mine = await office.Accept(daysAgo: 5, department: "yi"), other = await office.Accept(daysAgo: 5, department: "er");
        await page.OpenWall();
        await Expect(page.WallRows(other)).ToHaveCountAsync(1);

        await page.GetByLabel("部门").SelectOptionAsync("yi");

        await Expect(page.WallRows(other)).ToHaveCountAsync(0);
        await Expect(page.WallRows(mine)).ToHaveCountAsync(1);
        int own = (await office.Admin.List("/api/alerts?open=true&department=yi")).Count;
        await Expect(page.Locator(".lights-totals a").First.Locator("b")).ToHaveTextAsync(own.ToString(CultureInfo.InvariantCulture));
    });

    [BrowserFact]
    public Task English_is_one_click_away_and_stays() => browsing.Visit(office.Address, async page =>
    {
        await office.Interrogate(await office.Accept());
        await page.OpenWall();
        await page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();

        await Expect(page.Locator(".wall h1")).ToContainTextAsync("Case process monitoring");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await page.ReloadAsync();
        await Expect(page.Locator(".wall-link")).ToHaveTextAsync("Connected");
        foreach (string part in (string[])[".lights", ".wall-freshness", ".wall-panel h2", ".wall-chip", ".wall-what strong", ".wall-due"])
        {
            foreach (string text in await page.Locator(part).AllInnerTextsAsync()) Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", text);
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "中文" }).ClickAsync();
        await Expect(page.Locator(".wall h1")).ToContainTextAsync("案件流程监控");
    });
}

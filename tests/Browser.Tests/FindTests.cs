using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cluster.Browser.Tests;

/// <summary>What every page of the office has: search, keys, help, the tour, appearance.</summary>
[Collection(Browsers.Name)]
public sealed class FindTests(Browsing browsing, Office office)
{
    [BrowserFact]
    public Task A_case_is_found_by_part_of_its_number_with_the_keyboard_alone() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand one = await office.Accept();
        await Open(page, "/alerts");

        await page.Keyboard.PressAsync("Control+k");
        ILocator box = page.GetByRole(AriaRole.Combobox, new() { Name = "案号、案名" });
        await Expect(box).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(one.Id[^8..]);
        ILocator option = page.GetByRole(AriaRole.Option, new() { Selected = true });
        await Expect(option).ToContainTextAsync(one.Name);
        Assert.Equal(await option.GetAttributeAsync("id"), await box.GetAttributeAsync("aria-activedescendant"));
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = one.Name })).ToBeVisibleAsync();
        // Ids may stay for the session of this tab; names may not stay at all.
        string kept = await page.EvaluateAsync<string>("() => JSON.stringify({ ...sessionStorage }) + JSON.stringify({ ...localStorage })");
        Assert.Contains(one.Id, kept);
        Assert.DoesNotContain(one.Name, kept);
    });

    [BrowserTheory]
    [InlineData("张明远", "检察官", @"/cases\?open=true&prosecutor=yi-1$")]
    [InlineData("第二检察部", "部门", "/departments/er$")]
    [InlineData("ｓｑ－００１", "规则", @"/rules\?rule=SQ-001$")]
    [InlineData("T-B01", "期限", @"/rules/limits\?q=T-B01$")]
    [InlineData("规则草稿", "页面", "/rules/drafts$")]
    public Task People_units_rules_limits_and_pages_are_found(string query, string kind, string address) => browsing.Visit(office.Address, async page =>
    {
        await Open(page, "/cases");
        await page.Locator(".find-box").ClickAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "案号、案名" }).FillAsync(query);
        await page.GetByRole(AriaRole.Option).Filter(new() { HasText = kind }).First.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex(address));
    });

    [BrowserFact]
    public Task Anothers_case_is_not_found() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand other = await office.Accept(department: "er");
        await page.LogIn("handler-yi");
        await Expect(page.Locator(".find-box")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Control+k");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "案号、案名" }).FillAsync(other.Id);
        await Expect(page.GetByText("没有找到")).ToBeVisibleAsync();
    });

    [BrowserFact]
    public Task Keys_are_told_and_followed_but_not_taken_from_somebody_who_types() => browsing.Visit(office.Address, async page =>
    {
        await Open(page, "/cases");
        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "键盘快捷键" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.DialogIsGone();
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("r");
        await Expect(page).ToHaveURLAsync(new Regex("/rules$"));

        await page.GetByLabel("编号、名称、条文、类别").PressSequentiallyAsync("ga?");
        await Expect(page).ToHaveURLAsync(new Regex(@"/rules\?q="));
        await Expect(page.Locator("dialog[open]")).ToHaveCountAsync(0);
    });

    [BrowserFact]
    public Task Whoever_is_new_is_shown_around_once() => browsing.Visit(office.Address, async page =>
    {
        await page.LogIn("leader");
        await Expect(page).ToHaveURLAsync(new Regex("/wall$"));
        await page.GotoAsync("/cases");
        ILocator tour = page.GetByRole(AriaRole.Dialog);
        await Expect(tour).ToContainTextAsync("欢迎使用");
        for (int stop = 2; stop <= 6; stop++)
        {
            await tour.GetByRole(AriaRole.Button, new() { Name = "下一步" }).ClickAsync();
            await Expect(tour).ToContainTextAsync($"第 {stop} 步，共 6 步");
        }
        await tour.GetByRole(AriaRole.Button, new() { Name = "完成" }).ClickAsync();
        await Expect(tour).ToHaveCountAsync(0);
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "案件" })).ToBeVisibleAsync();
        await Expect(tour).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "帮助" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "使用导览" }).ClickAsync();
        await Expect(tour).ToContainTextAsync("欢迎使用");
        await page.Keyboard.PressAsync("Escape");
        await Expect(tour).ToHaveCountAsync(0);
    });

    [BrowserFact]
    public Task Help_leads_to_the_articles_behind_the_page() => browsing.Visit(office.Address, async page =>
    {
        await Open(page, "/departments");
        await page.GetByRole(AriaRole.Button, new() { Name = "帮助" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "分案规则" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex(@"/rules\?category="));
        await Expect(page.Locator("tr.ant-table-row").First).ToBeVisibleAsync();
    });

    [BrowserFact]
    public Task Light_and_dark_follow_the_system_until_somebody_chooses() => browsing.Visit(office.Address, async page =>
    {
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Open(page, "/cases");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");

        await page.GetByRole(AriaRole.Button, new() { Name = "外观" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "深色" }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.ReloadAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
    });

    private static async Task Open(IPage page, string path)
    {
        await page.Enter();
        await page.GotoAsync(path);
        await Expect(page.Locator(".find-box")).ToBeVisibleAsync();
    }
}

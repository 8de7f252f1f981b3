using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cluster.Browser.Tests;

[Collection(Browsers.Name)]
public sealed class DeskTests(Browsing browsing, Office office)
{
    [BrowserFact]
    public Task A_handler_sees_the_own_cases_with_what_is_left_of_their_limits_and_nobody_elses() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand own = await office.Accept(department: "yi"), other = await office.Accept(department: "er");
        await page.LogIn("handler-yi");

        await Expect(page).ToHaveURLAsync(new Regex("/desk$"));
        ILocator row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = own.Name });
        await Expect(row).ToHaveCountAsync(1);
        // Received on Wednesday: the rights notice is due in three days, a Saturday, so on Monday until midnight.
        await Expect(row).ToContainTextAsync("剩余 5天 14时");
        await Expect(row).ToContainTextAsync("2026-03-16");
        await Expect(page.GetByText(other.Name)).ToHaveCountAsync(0);
    });

    [BrowserFact]
    public Task A_new_notice_comes_to_the_open_desk_and_is_counted() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand own = await office.Accept(department: "yi"), other = await office.Accept(department: "er");
        await page.LogIn("handler-yi");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = own.Name })).ToHaveCountAsync(1);
        await page.Remember();

        await office.Interrogate(other);
        await office.Interrogate(own);

        ILocator notice = page.Locator(".desk-notices li").Filter(new() { HasText = own.Name });
        await Expect(notice).ToHaveCountAsync(1);
        await Expect(notice).ToContainTextAsync("告知认罪认罚规定");
        await Expect(page).ToHaveTitleAsync("(1) 案件流程监控");
        await Expect(page.Locator(".desk-notices li").Filter(new() { HasText = other.Name })).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "全部已读" }).ClickAsync();
        await Expect(page).ToHaveTitleAsync("案件流程监控");
        await page.WasNotReloaded();
    });

    [BrowserFact]
    public Task Anothers_case_is_not_found_even_by_its_address() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand other = await office.Accept(department: "er");
        await page.LogIn("handler-yi");
        await Expect(page).ToHaveURLAsync(new Regex("/desk$"));

        await page.GotoAsync($"/cases/{Uri.EscapeDataString(other.Id)}");

        await Expect(page.GetByText("没有此案件，或无权查看")).ToBeVisibleAsync();
        await Expect(page.GetByText(other.Name)).ToHaveCountAsync(0);
    }, expected: ["404 (Not Found) /api/cases/"]);

    [BrowserFact]
    public Task What_is_unread_agrees_in_two_tabs_and_outlives_them() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand own = await office.Accept(department: "yi");
        await page.LogIn("handler-yi");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = own.Name })).ToHaveCountAsync(1);
        IPage second = await page.Context.NewPageAsync();
        await second.GotoAsync("/desk");
        await Expect(second.GetByRole(AriaRole.Row).Filter(new() { HasText = own.Name })).ToHaveCountAsync(1);

        await office.Interrogate(own);
        await Expect(page).ToHaveTitleAsync("(1) 案件流程监控");
        await Expect(second).ToHaveTitleAsync("(1) 案件流程监控");
        await second.ReloadAsync();
        await Expect(second).ToHaveTitleAsync("(1) 案件流程监控");
        await second.GetByRole(AriaRole.Button, new() { Name = "全部已读" }).ClickAsync();
        await Expect(second).ToHaveTitleAsync("案件流程监控");
        await Expect(page).ToHaveTitleAsync("案件流程监控");
    });

    [BrowserFact]
    public Task The_desk_is_worked_with_single_keys() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand own = await office.Accept(department: "yi");
        await office.Interrogate(own);
        await page.LogIn("handler-yi");
        ILocator notice = page.Locator(".desk-notices li").Filter(new() { HasText = own.Name });
        await Expect(notice).ToHaveCountAsync(1);

        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("下一条");
        await page.Keyboard.PressAsync("Escape");
        await page.DialogIsGone();
        // The newest comes first.
        await page.Keyboard.PressAsync("j");
        await Expect(notice).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("a");
        await Expect(page.GetByText("签收（1 条）")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "撤销" }).ClickAsync();
        await notice.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/cases/"));
    });

    [BrowserFact]
    public Task The_calendar_shows_a_limit_on_its_day_and_gives_an_address_for_the_phone_that_can_be_revoked() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand own = await office.Accept(department: "yi");
        await page.LogIn("handler-yi");
        // The rights notice of a case of the 11th is due on Monday.
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^2026-03-16，") }).ClickAsync();
        await Expect(page.Locator(".month-due").GetByText(own.Name)).ToHaveCountAsync(1);

        await page.GetByRole(AriaRole.Button, new() { Name = "手机日历" }).ClickAsync();
        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("链接$") }).First.ClickAsync();
        string address = await dialog.GetByLabel("日历链接").InputValueAsync();
        using var phone = new HttpClient();
        string calendar = await phone.GetStringAsync(address);
        Assert.Contains("DTSTART;VALUE=DATE:20260316", calendar, StringComparison.Ordinal);
        Assert.Contains(own.Id, calendar.Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain(own.Name, calendar, StringComparison.Ordinal);

        await dialog.GetByRole(AriaRole.Button, new() { Name = "撤销链接" }).ClickAsync();
        await Expect(dialog.GetByText("尚未创建链接")).ToBeVisibleAsync();
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await phone.GetAsync(address)).StatusCode);
    });

    [BrowserFact]
    public Task On_a_telephone_nothing_scrolls_sideways() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand own = await office.Accept(department: "yi");
        await office.Interrogate(own);
        await page.LogIn("handler-yi");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = own.Name })).ToHaveCountAsync(1);
        await page.Locator(".desk-notices li").First.GetByRole(AriaRole.Button, new() { Name = "签收" }).ClickAsync();
        Assert.Equal(390, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        await page.GetByRole(AriaRole.Button, new() { Name = "撤销" }).ClickAsync();
    }, width: 390, height: 844);
}

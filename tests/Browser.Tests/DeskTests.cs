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
}

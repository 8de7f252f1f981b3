using Cluster.Serving;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cluster.Browser.Tests;

[Collection(OtherBrowsers.Name)]
public sealed class OperationsTests(Browsing browsing, Office office)
{
    [BrowserFact]
    public Task An_administrator_sees_how_the_system_is_doing_and_nothing_of_cases() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand one = await office.Accept();
        await page.LogIn("admin", ServerProcess.AdminPassword);
        await Expect(page).ToHaveURLAsync(new Regex("/wall$"));
        await page.GotoAsync("/cases");
        await page.GetByRole(AriaRole.Link, new() { Name = "系统运行" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex("/ops$"));
        ILocator node = page.Locator(".ops-nodes tr.ant-table-row");
        await Expect(node).ToHaveCountAsync(1);
        await Expect(node).ToContainTextAsync("单机");
        await Expect(node).ToContainTextAsync("运行");
        await Expect(page.Locator(".ops-counts").First).ToContainTextAsync("案件");
        await Expect(page.Locator(".ops-counts").Nth(1)).ToContainTextAsync("等待落盘的提交");
        await Expect(page.Locator(".ops-chart canvas")).ToHaveCountAsync(3);
        await Expect(page.Locator(".page-head")).ToContainTextAsync("前更新");
        await Expect(page.Locator(".shell-content")).Not.ToContainTextAsync(one.Name);
        await Expect(page.Locator(".shell-content")).Not.ToContainTextAsync(one.Id);
    });

    [BrowserFact]
    public Task What_is_no_longer_current_says_so() => browsing.Visit(
        office.Address,
        async page =>
        {
            await page.LogIn("admin", ServerProcess.AdminPassword);
            await Expect(page).ToHaveURLAsync(new Regex("/wall$"));
            await page.GotoAsync("/ops");
            await Expect(page.Locator(".ops-nodes tr.ant-table-row")).ToHaveCountAsync(1);
            await page.RouteAsync("**/api/ops/status", route => route.FulfillAsync(new() { Status = 503, ContentType = "application/problem+json", Body = """{"title":"Service Unavailable","status":503,"detail":"The store is away."}""" }));

            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The store is away.");
            await Expect(page.Locator(".page-head")).ToContainTextAsync("不是最新情况");
            await Expect(page.Locator(".ops-nodes tr.ant-table-row")).ToHaveCountAsync(1);

            await page.UnrouteAsync("**/api/ops/status");
            await Expect(page.Locator(".page-head")).ToContainTextAsync("前更新");
            await Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        },
        expected: ["503"]);

    [BrowserFact]
    public Task Nobody_else_is_offered_it() => browsing.Visit(office.Address, async page =>
    {
        await page.Enter();
        await page.GotoAsync("/rules");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "案件", Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "系统运行" })).ToHaveCountAsync(0);
        await page.GotoAsync("/ops");
        await Expect(page.GetByText("无权查看此范围")).ToBeVisibleAsync();
    });
}

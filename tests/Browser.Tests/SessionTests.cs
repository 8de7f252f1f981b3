using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cluster.Browser.Tests;

/// <summary>A session that ends while somebody works.</summary>
[Collection(OtherBrowsers.Name)]
public sealed class SessionTests(Browsing browsing, Office office)
{
    // As another place would: the page is not asked.
    private const string EndSession = """
        async () => {
          const { csrf } = await (await fetch('/api/me')).json()
          await fetch('/api/logout', { method: 'POST', headers: { 'X-CSRF-Token': csrf, 'Content-Type': 'application/json' }, body: '{}' })
        }
        """;

    private static readonly string[] Refused = ["401 (Unauthorized)", "WebSocket connection to"];

    [BrowserFact]
    public Task What_was_typed_stays_and_the_act_is_done_after_the_login() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand one = await office.Accept(daysAgo: 5);
        await page.Enter();
        await page.GotoAsync($"/cases/{Uri.EscapeDataString(one.Id)}");
        await page.GetByRole(AriaRole.Button).Filter(new() { HasText = "误" }).First.ClickAsync();
        ILocator text = page.Locator(".ant-modal").GetByRole(AriaRole.Textbox);
        await text.FillAsync("已当面告知，笔录在卷。");
        await page.Remember();

        await page.EvaluateAsync($$"""
            async () => {
              await ({{EndSession}})()
              document.querySelector('.ant-modal .ant-btn-primary').click()
            }
            """);
        ILocator again = page.GetByRole(AriaRole.Dialog, new() { Name = "登录已失效" });
        await Expect(again).ToBeVisibleAsync();
        await again.GetByLabel("密码").FillAsync("not-the-password");
        await again.GetByLabel("密码").PressAsync("Enter");
        await Expect(again.GetByRole(AriaRole.Alert)).ToHaveTextAsync("用户名或密码不正确");
        await Expect(text).ToHaveValueAsync("已当面告知，笔录在卷。");
        await again.GetByLabel("密码").FillAsync(Office.Password);
        await again.GetByLabel("密码").PressAsync("Enter");

        await Expect(again).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(page.Locator(".case-history")).ToContainTextAsync("流程监控认定误报");
        Assert.Contains("已当面告知，笔录在卷。", System.Text.RegularExpressions.Regex.Unescape((await office.Admin.Get($"/api/cases/{Uri.EscapeDataString(one.Id)}")).ToJsonString()));
        await page.WasNotReloaded();
    }, expected: Refused);

    [BrowserFact]
    public Task Other_tabs_go_on_with_the_login_of_one_and_leave_with_its_logout() => browsing.Visit(office.Address, async page =>
    {
        await page.Enter();
        await page.GotoAsync("/cases?open=true");
        IPage other = await page.Context.NewPageAsync();
        await other.GotoAsync("/wall");
        await Expect(other.Locator(".wall-link[data-connected]")).ToBeVisibleAsync();
        await other.Remember();
        await Expect(page.Locator(".find-box")).ToBeVisibleAsync();

        await page.EvaluateAsync(EndSession);
        ILocator here = page.GetByRole(AriaRole.Dialog, new() { Name = "登录已失效" }), there = other.GetByRole(AriaRole.Dialog, new() { Name = "登录已失效" });
        await Expect(here).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(there).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await there.GetByLabel("密码").FillAsync(Office.Password);
        await there.GetByRole(AriaRole.Button, new() { Name = "继续" }).ClickAsync();

        await Expect(there).ToHaveCountAsync(0);
        await Expect(here).ToHaveCountAsync(0);
        await Expect(other.Locator(".wall-link[data-connected]")).ToBeVisibleAsync();
        await other.WasNotReloaded();
        await Expect(page).ToHaveURLAsync(new Regex(@"/cases\?open=true$"));

        await page.GetByRole(AriaRole.Button, new() { Name = "退出登录" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/login"));
        await Expect(other).ToHaveURLAsync(new Regex("/login"));
    }, expected: Refused);
}

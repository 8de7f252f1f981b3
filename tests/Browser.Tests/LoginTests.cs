using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cluster.Browser.Tests;

[Collection(Browsers.Name)]
public sealed class LoginTests(Browsing browsing, Office office)
{
    [BrowserFact]
    public Task A_person_logs_in_and_sees_the_wall() => browsing.Visit(office.Address, async page =>
    {
        await page.SignIn("monitor");

        await Expect(page).ToHaveURLAsync(new Regex("/wall$"));
        await Expect(page.Locator(".wall h1")).ToContainTextAsync("咸丰县人民检察院");
        await Expect(page.Locator(".lights .light")).ToHaveCountAsync(9);
        await Expect(page.Locator(".wall-link")).ToHaveTextAsync("已连接");
        await Expect(page.Locator(".wall-clock")).ToContainTextAsync("2026-03-11 周三");
    });

    [BrowserFact]
    public Task A_wrong_password_is_told_plainly() => browsing.Visit(office.Address, async page =>
    {
        await page.SignIn("monitor", "not-the-password");

        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("用户名或密码不正确");
        await Expect(page).ToHaveURLAsync(new Regex("/login"));
    }, expected: ["401 (Unauthorized) /api/login"]);

    [BrowserFact]
    public Task A_page_asked_for_without_a_session_comes_after_the_login() => browsing.Visit(office.Address, async page =>
    {
        await page.GotoAsync("/alerts?open=true");
        await Expect(page).ToHaveURLAsync(new Regex("/login"));
        await page.GetByLabel("用户名").FillAsync("monitor");
        await page.GetByLabel("密码", new() { Exact = true }).FillAsync(Office.Password);
        await page.GetByLabel("密码", new() { Exact = true }).PressAsync("Enter");

        await Expect(page).ToHaveURLAsync(new Regex(@"/alerts\?open=true$"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "预警" })).ToBeVisibleAsync();
    });
}

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cluster.Browser.Tests;

[Collection(Browsers.Name)]
public sealed class RuleDraftTests(Browsing browsing, Office office)
{
    // The browser itself reports every answer of 422.
    private static readonly string[] Refused = ["422 (Unprocessable Entity) /api/rules/validate"];

    [BrowserFact]
    public Task A_draft_with_an_error_shows_its_line_and_reason_and_cannot_be_saved() => browsing.Visit(office.Address, async page =>
    {
        await New(page);
        await Expect(Save(page)).ToBeEnabledAsync();

        ILocator line = page.Locator(".cm-line").Filter(new() { HasText = "level: L1" }).First;
        await line.ClickAsync();
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.PressAsync("Backspace");
        await page.Keyboard.TypeAsync("9");

        ILocator verdict = page.Locator(".draft-verdict");
        await Expect(verdict).ToContainTextAsync("第 6 行");
        await Expect(verdict).ToContainTextAsync("level");
        await Expect(page.Locator(".cm-lint-marker-error")).ToBeVisibleAsync();
        await Expect(Save(page)).ToBeDisabledAsync();

        await page.Keyboard.PressAsync("Backspace");
        await page.Keyboard.TypeAsync("1");
        await Expect(verdict).ToContainTextAsync("BY-001");
        await Expect(Save(page)).ToBeEnabledAsync();
    }, expected: Refused);

    [BrowserFact]
    public Task A_saved_draft_can_be_tested_by_its_editor_who_is_told_why_it_cannot_be_published() => browsing.Visit(office.Address, async page =>
    {
        await New(page);
        await page.GetByLabel("说明").FillAsync("试用");
        await Save(page).ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex("/rules/drafts/(?!new)[^/]+$"));
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "发布" })).ToBeDisabledAsync();
        await Expect(page.GetByText("发布和回滚需要院领导角色")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "开始回测" }).ClickAsync();
        await Expect(page.GetByText(new Regex("^试算 [0-9,]+ 案"))).ToBeVisibleAsync();
        await Expect(page.GetByText(new Regex("^有变化的预警"))).ToBeVisibleAsync();
    });

    [BrowserFact]
    public Task A_rule_of_the_catalogue_becomes_a_draft_with_its_own_text() => browsing.Visit(office.Address, async page =>
    {
        await page.OpenWall();
        await page.GotoAsync("/rules?rule=QX-008");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "以此规则新建草案" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex("from=QX-008"));
        await Expect(page.Locator(".cm-content")).ToContainTextAsync("id: QX-008");
        await Expect(page.Locator(".draft-verdict")).ToContainTextAsync("检查通过");
    });

    [BrowserFact]
    public Task A_handler_reads_the_catalogue_and_is_told_that_drafting_takes_another_role() => browsing.Visit(office.Address, async page =>
    {
        await page.LogIn("handler-yi");
        await Expect(page).ToHaveURLAsync(new Regex("/desk$"));
        await page.GotoAsync("/rules/drafts");

        await Expect(page.GetByText("此账户不能查看规则草案")).ToBeVisibleAsync();
    });

    private static async Task New(IPage page)
    {
        await page.OpenWall();
        await page.GotoAsync("/rules/drafts/new");
        await Expect(page.Locator(".draft-verdict")).ToContainTextAsync("BY-001");
    }

    private static ILocator Save(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "保存" });
}

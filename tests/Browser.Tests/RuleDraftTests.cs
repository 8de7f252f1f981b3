using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cluster.Browser.Tests;

[Collection(OtherBrowsers.Name)]
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
        await page.Enter();
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

    [BrowserFact]
    public Task Another_leader_puts_a_draft_in_force_and_takes_it_back_with_a_reason() => browsing.Visit(office.Address, async page =>
    {
        await New(page);
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "BY-100.yaml", MimeType = "application/yaml", Buffer = Encoding.UTF8.GetBytes(Rule) });
        await Expect(page.Locator(".draft-verdict")).ToContainTextAsync("BY-100");
        await Save(page).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/rules/drafts/(?!new)[^/]+$"));
        string draft = page.Url;

        // The tour has a test of its own.
        await page.EvaluateAsync("localStorage.setItem('tour-seen', JSON.stringify(['monitor', 'leader']))");
        await page.SignOut();
        await page.Enter("leader");
        await page.GotoAsync(draft);
        await page.GetByRole(AriaRole.Button, new() { Name = "发布" }).ClickAsync();
        await page.GetByRole(AriaRole.Tooltip).GetByRole(AriaRole.Button, new() { Name = "确定" }).ClickAsync();

        await Expect(page.GetByText("2026-03-11 起施行，leader 发布")).ToBeVisibleAsync();
        await page.GotoAsync("/rules?rule=BY-100");
        ILocator rule = page.GetByRole(AriaRole.Dialog);
        await Expect(rule).ToContainTextAsync("leader 于 2026-03-11 发布");
        await Expect(rule.Locator(".rule-words")).ToContainTextAsync("提起公诉");

        await page.GotoAsync(draft);
        await page.GetByRole(AriaRole.Button, new() { Name = "回滚" }).ClickAsync();
        ILocator asked = page.GetByRole(AriaRole.Dialog);
        await Expect(asked.GetByRole(AriaRole.Button, new() { Name = "回滚" })).ToBeDisabledAsync();
        await asked.GetByLabel("回滚原因").FillAsync("误报过多");
        await asked.GetByRole(AriaRole.Button, new() { Name = "回滚" }).ClickAsync();

        await Expect(page.GetByText("已回滚").First).ToBeVisibleAsync();
        await page.GotoAsync("/rules?q=BY-100");
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = " 条" })).ToContainTextAsync("0 / ");
    });

    private const string Rule = """
        - id: BY-100
          name: {zh: 提起公诉前未听取意见, en: Prosecuted unheard}
          category: 程序
          level: L1
          basis: CPL 173
          source: memory
          caseTypes: [PRO, PRO-M]
          precedence:
            acts: {on: decision.made, when: {field: kind, is: prosecute}}
            needs: [opinion.heard]
          fires:
            - title: nobody heard
              given: pro-arrested
              then: [[2026-03-05, decision.made, {kind: prosecute}]]
              at: 2026-03-06
              level: L1
          silent:
            - {title: nothing decided, given: pro-arrested, at: 2026-03-06}
        """;

    private static async Task New(IPage page)
    {
        await page.Enter();
        await page.GotoAsync("/rules/drafts/new");
        await Expect(page.Locator(".draft-verdict")).ToContainTextAsync("BY-001");
    }

    private static ILocator Save(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "保存" });
}

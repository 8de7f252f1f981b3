using System.Globalization;
using System.Text.Json.Nodes;
using Cluster.Serving;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cluster.Browser.Tests;

[Collection(OtherBrowsers.Name)]
public sealed class RulePageTests(Browsing browsing, Office office)
{
    [BrowserFact]
    public Task The_catalogue_lists_every_rule_and_is_searched_by_id_name_and_article() => browsing.Visit(office.Address, async page =>
    {
        int all = (await office.Admin.Get("/api/rules"))["items"]!.AsArray().Count;
        await Open(page);
        await Expect(Count(page)).ToHaveTextAsync($"{all} / {all} 条");

        foreach (string query in (string[])["QX-008", "审查起诉一个月届满", "qx-008 cpl 172"])
        {
            await Search(page).FillAsync(query);
            await Expect(Count(page)).ToHaveTextAsync($"1 / {all} 条");
            await Expect(Row(page, "QX-008")).ToContainTextAsync("CPL 172");
        }

        await Search(page).FillAsync("no such rule");
        await Expect(Count(page)).ToHaveTextAsync($"0 / {all} 条");
    });

    [BrowserFact]
    public Task A_rule_tells_what_it_looks_for_by_which_article_and_shows_examples_of_both_kinds() => browsing.Visit(office.Address, async page =>
    {
        await Open(page);
        await Search(page).FillAsync("SQ-003");
        await Row(page, "SQ-003").ClickAsync();

        ILocator drawer = page.GetByRole(AriaRole.Dialog);
        await Expect(page).ToHaveURLAsync(new Regex("rule=SQ-003"));
        await Expect(drawer).ToContainTextAsync("依据");
        await Expect(drawer.Locator(".rule-words")).ToContainTextAsync("讯问");
        await Expect(drawer.Locator(".rule-words")).ToContainTextAsync("权利告知（对象为认罪认罚）");
        await Expect(drawer.Locator(".rule-examples li")).Not.ToHaveCountAsync(0);
        await Expect(drawer).ToContainTextAsync("应当触发");
        await Expect(drawer).ToContainTextAsync("不得触发");
        await Expect(drawer).ToContainTextAsync("内置");
    });

    [BrowserFact]
    public Task The_number_of_a_rules_alerts_leads_to_these_alerts() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand one = await office.Accept(daysAgo: 5);
        // Only the account that sees everything is told at once; for others the counts may be half a minute old.
        await page.LogIn("admin", ServerProcess.AdminPassword);
        await Expect(page).ToHaveURLAsync(new Regex("/wall$"));
        await page.GotoAsync("/rules?q=SQ-001");

        await Row(page, "SQ-001").GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^[0-9,]+$") }).First.ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex(@"/alerts\?rule=SQ-001$"));
        // Only the rows in sight are on the page; the table says how many there are, its head included.
        IReadOnlyList<JsonNode> alerts = await office.Admin.List("/api/alerts?rule=SQ-001");
        Assert.Contains(alerts, a => (string)a["case"]! == one.Id);
        await Expect(page.GetByRole(AriaRole.Table)).ToHaveAttributeAsync("aria-rowcount", (alerts.Count + 1).ToString(CultureInfo.InvariantCulture));
        ILocator rows = page.Locator(".grid-body [role=row]");
        await Expect(rows.First).ToContainTextAsync("三日内告知犯罪嫌疑人");
        await Expect(rows.Filter(new() { HasNotText = "三日内告知犯罪嫌疑人" })).ToHaveCountAsync(0);
    });

    [BrowserFact]
    public Task Every_limit_is_listed_and_opens_its_article() => browsing.Visit(office.Address, async page =>
    {
        int all = (await office.Admin.Get("/api/limits"))["items"]!.AsArray().Count;
        await Open(page);
        await page.Locator(".rules-tabs").GetByText("期限").ClickAsync();
        await Expect(Count(page)).ToHaveTextAsync($"{all} / {all} 条");

        await page.GetByLabel("编号、名称、条文、起算").FillAsync("T-B05");
        await Row(page, "T-B05").ClickAsync();

        await Expect(page.Locator(".limit-article")).ToContainTextAsync("一个月以内作出决定");
    });

    private static async Task Open(IPage page)
    {
        await page.Enter();
        await page.GotoAsync("/rules");
    }

    private static ILocator Search(IPage page) => page.GetByLabel("编号、名称、条文、类别");

    private static ILocator Count(IPage page) => page.GetByRole(AriaRole.Status).Filter(new() { HasText = " 条" });

    private static ILocator Row(IPage page, string id) => page.Locator("tr.ant-table-row").Filter(new() { Has = page.GetByText(id, new() { Exact = true }) });
}

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cluster.Browser.Tests;

/// <summary>Giving cases to other prosecutors from the page of a department.</summary>
[Collection(OtherBrowsers.Name)]
public sealed class RebalancingTests(Browsing browsing, Office office)
{
    [BrowserFact]
    public Task What_is_proposed_for_one_who_leaves_is_accepted_and_the_case_tells_why() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand one = await office.Accept();
        string from = (string)(await office.Admin.Get($"/api/cases/{Uri.EscapeDataString(one.Id)}"))["prosecutor"]!;
        int person = from[^1] - '1';
        string name = ((string[])["王秀兰", "刘建华", "陈志刚", "杨晓燕", "赵德胜"])[person];
        await page.Enter("leader");
        await page.GotoAsync("/departments/san");

        await page.GetByLabel("调离（可试算）").ClickAsync();
        await page.Locator(".ant-select-item-option").GetByText(name, new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "提出方案" }).ClickAsync();
        await Expect(page.Locator(".rebalancing").GetByText(one.Id)).ToBeVisibleAsync();
        await page.GetByLabel("理由").FillAsync("调离");
        await page.GetByLabel("批准人").FillAsync("检察长");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^采纳所选") }).ClickAsync();
        await Expect(page.GetByText(new Regex("已移交 \\d+ 件"))).ToBeVisibleAsync();

        Assert.NotEqual(from, (string)(await office.Admin.Get($"/api/cases/{Uri.EscapeDataString(one.Id)}"))["prosecutor"]!);
        await page.GotoAsync($"/cases/{Uri.EscapeDataString(one.Id)}");
        await Expect(page.GetByText("理由：调离（批准：检察长）")).ToBeVisibleAsync();
        await Expect(page.GetByText("抽中概率")).ToBeVisibleAsync();
    });
}

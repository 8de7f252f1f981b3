using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cluster.Browser.Tests;

/// <summary>What the page of a department shows of assignment: who waits and why, what is wrong, how fair it was, what if people leave.</summary>
[Collection(OtherBrowsers.Name)]
public sealed class AssignmentRecordTests(Browsing browsing, Office office)
{
    [BrowserFact]
    public Task Who_waits_what_is_wrong_and_the_cases_behind_a_number_are_on_the_page_of_the_department() => browsing.Visit(office.Address, async page =>
    {
        await office.Admin.Put("/api/departments/si", new { name = "第四检察部", procuratorate = Office.Procuratorate, caseTypes = Array.Empty<string>() });
        await office.Admin.Put("/api/prosecutors/si-1", new { name = "周敏", department = "si", onDuty = false });
        await office.Admin.Put("/api/prosecutors/si-2", new { name = "吴涛", department = "si", absences = new[] { new { from = "2026-03-01", until = "2026-04-30", reason = "产假" } } });
        var designated = new List<CaseAtHand>();
        for (int i = 0; i < 21; i++)
        {
            CaseAtHand one = await office.Accept(department: "si");
            await office.Send(one, "case.assigned", new { prosecutor = "si-1", mode = "designated", reason = "重大", approvedBy = "检察长" });
            designated.Add(one);
        }
        CaseAtHand waiting = await office.Accept(department: "si");

        await page.Enter("leader");
        await page.GotoAsync("/departments/si");
        ILocator queue = page.Locator(".ant-card", new() { HasText = "待分案队列" });
        await Expect(queue.GetByText(waiting.Id)).ToBeVisibleAsync();
        await Expect(queue.GetByText("不在岗")).ToBeVisibleAsync();
        await Expect(queue.GetByText("请假期间")).ToBeVisibleAsync();
        ILocator finding = page.Locator("[data-rule='FA-002']");
        await Expect(finding.GetByText("30 日内分案 21 件，其中指定 21 件")).ToBeVisibleAsync();
        await finding.GetByText("涉及案件 21 件").ClickAsync();
        await Expect(finding.GetByText(designated[0].Id)).ToBeVisibleAsync();

        ILocator fairness = page.Locator(".fairness");
        await Expect(fairness.Locator("canvas")).ToHaveCountAsync(4);
        await fairness.GetByRole(AriaRole.Button, new() { Name = "21 件" }).Last.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).GetByText(designated[0].Id)).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");

        // Whoever comes takes what waits, and the queue says so by itself.
        await office.Admin.Put("/api/prosecutors/si-3", new { name = "郑洁", department = "si" });
        await Expect(queue.GetByText("没有等待分案的案件")).ToBeVisibleAsync();

        await page.GotoAsync("/alerts");
        await Expect(page.Locator(".department-alerts").GetByText("指定分案比例异常")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(page.Locator(".department-alerts").GetByRole(AriaRole.Link, new() { Name = "第四检察部" }).First).ToBeVisibleAsync();
    });

    [BrowserFact]
    public Task What_if_somebody_leaves_on_a_later_day_is_told_in_a_sentence_and_cannot_be_accepted_today() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand one = await office.Accept();
        string from = (string)(await office.Admin.Get($"/api/cases/{Uri.EscapeDataString(one.Id)}"))["prosecutor"]!;
        string name = ((string[])["王秀兰", "刘建华", "陈志刚", "杨晓燕", "赵德胜"])[from[^1] - '1'];
        await page.Enter("leader");
        await page.GotoAsync("/departments/san");
        await page.GetByLabel("调离（可试算）").ClickAsync();
        await page.Locator(".ant-select-item-option").GetByText(name, new() { Exact = true }).ClickAsync();
        await page.GetByLabel("自何日起（留空为现在）").FillAsync("2026-05-04");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "提出方案" }).ClickAsync();
        await Expect(page.GetByText(new Regex($"如果 {name} 自 2026-05-04 起调离：需移交 \\d+ 件"))).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^采纳所选") })).ToHaveCountAsync(0);
        Assert.Equal(from, (string)(await office.Admin.Get($"/api/cases/{Uri.EscapeDataString(one.Id)}"))["prosecutor"]!);
    });
}

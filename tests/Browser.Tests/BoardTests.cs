using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cluster.Browser.Tests;

/// <summary>The board of a procuratorate: every number is the length of the list it leads to.</summary>
[Collection(Browsers.Name)]
public sealed class BoardTests(Browsing browsing, Office office)
{
    [BrowserFact]
    public Task Every_number_leads_to_a_list_of_that_length() => browsing.Visit(office.Address, async page =>
    {
        await office.Accept(daysAgo: 5);
        await office.Accept();
        await page.Enter();
        await page.GotoAsync("/calculator");
        await page.GetByRole(AriaRole.Link, new() { Name = "本院及下级" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "咸丰县人民检察院" })).ToBeVisibleAsync();
        await Expect(page.Locator(".board-total[data-name=收案] a")).ToBeVisibleAsync();

        // Counts may still be on their way after an event: all are read at once, until every one agrees.
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(Browsing.Patience), TimeProvider.System);
        while (true)
        {
            string[][] numbers = await page.Locator(".board a[href*='open=true'], .board a[href*='From=']").EvaluateAllAsync<string[][]>("links => links.map(a => [a.getAttribute('href'), a.textContent])");
            var wrong = new List<string>();
            foreach (string[] number in numbers)
            {
                int listed = (await office.Admin.Get($"/api{number[0]}&limit=500"))["items"]!.AsArray().Count;
                if (number[1] != listed.ToString(CultureInfo.InvariantCulture)) wrong.Add($"{number[0]}: {number[1]} shown, {listed} listed");
            }
            if (wrong.Count == 0 && numbers.Length > 6) return;
            if (!patience.IsCancellationRequested) continue;
            Assert.Empty(wrong);
            Assert.True(numbers.Length > 6);
        }
    });

    [BrowserFact]
    public Task A_handler_has_no_board_and_a_monitor_none_of_another_office() => browsing.Visit(office.Address, async page =>
    {
        await page.LogIn("handler-yi");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "期限计算" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "本院及下级" })).ToHaveCountAsync(0);
        await page.GotoAsync($"/procuratorates/{Office.Procuratorate}");
        await Expect(page.GetByText("此账号无权查看该院")).ToBeVisibleAsync();

        await page.SignOut();
        await page.Enter();
        await page.GotoAsync("/procuratorates/422827");
        await Expect(page.GetByText("此账号无权查看该院")).ToBeVisibleAsync();
    });

    [BrowserFact]
    public Task On_paper_there_is_no_navigation_and_the_number_of_the_case_can_be_read() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand one = await office.Accept(daysAgo: 5);
        await page.OpenCase(one);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(page.Locator(".shell-header")).ToBeHiddenAsync();
        await Expect(page.Locator(".rewind")).ToBeHiddenAsync();
        await Expect(page.Locator(".case-number")).ToBeVisibleAsync();
        await Expect(page.Locator(".fishbone-sheet")).ToBeVisibleAsync();
    });
}

using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cluster.Browser.Tests;

[Collection(Browsers.Name)]
public sealed class ProofTests(Browsing browsing, Office office)
{
    [BrowserFact]
    public Task The_days_of_a_proof_add_up_from_the_start_to_the_due_date() => browsing.Visit(office.Address, async page =>
    {
        // Received on Wednesday: three days end on a Saturday, so the limit ends on Monday.
        CaseAtHand one = await office.Accept();
        await page.OpenCase(one);
        await page.Deadline("T-B01").ClickAsync();

        ILocator proof = page.Locator(".proof");
        IReadOnlyList<string> days = await proof.Locator(".proof-step td:nth-child(4)").AllInnerTextsAsync();
        int[] steps = [.. days.Where(d => d.Trim().Length > 0).Select(d => int.Parse(d.Replace("+", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture))];
        Assert.Equal([3, 2], steps);
        await Expect(proof.Locator(".proof-total td:nth-child(4)")).ToHaveTextAsync("5");
        await Expect(proof.Locator(".proof-total")).ToContainTextAsync("2026-03-11 + (3 + 2 = 5 天) = 2026-03-16");
        await Expect(proof.Locator("[data-kind=roll]")).ToContainTextAsync("休息日");
        await Expect(proof).ToContainTextAsync("CPL 34; R 40");
        await Expect(proof).ToContainTextAsync("节假日日历");
        await Expect(proof.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
    });

    [BrowserFact]
    public Task The_event_that_started_a_limit_leads_to_its_row_of_the_history() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand one = await office.Accept();
        await page.OpenCase(one);
        await page.Deadline("T-B05").ClickAsync();
        await Expect(page.Locator(".history-marked")).ToHaveCountAsync(0);

        await page.Locator(".proof-ground").First.ClickAsync();

        await Expect(page.Locator(".history-marked")).ToContainTextAsync("受理");
    });
}

/// <summary>The page of a case, as tests of it walk there.</summary>
internal static class CasePage
{
    public static async Task OpenCase(this IPage page, CaseAtHand one)
    {
        await page.Enter();
        await page.GotoAsync($"/cases/{Uri.EscapeDataString(one.Id)}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = one.Name })).ToBeVisibleAsync();
    }

    /// <summary>The row of a limit among the deadlines of the case.</summary>
    public static ILocator Deadline(this IPage page, string limit) =>
        page.Locator("tr.ant-table-row").Filter(new() { HasText = $"{limit} ·" }).First;
}

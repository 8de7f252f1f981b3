using System.Text.Json;
using Cluster.Serving;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cluster.Browser.Tests;

/// <summary>WCAG 2.2 AA as far as a program can tell: axe-core finds nothing serious or critical on any page.</summary>
[Collection(OtherBrowsers.Name)]
public sealed class AccessibilityTests(Browsing browsing, Office office)
{
    private static readonly string Axe = Path.Combine(Repository.Root, "dashboard", "node_modules", "axe-core", "axe.min.js");

    private const string Findings = """
        async () => {
          const { violations } = await axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }, resultTypes: ['violations'] })
          return violations
            .filter(({ impact }) => impact === 'serious' || impact === 'critical')
            .flatMap(({ id, nodes }) => nodes.slice(0, 5).map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary.replace(/\s+/g, ' ').slice(0, 260)}`))
        }
        """;

    [BrowserTheory]
    [InlineData("light", "zh")]
    [InlineData("light", "en")]
    [InlineData("dark", "zh")]
    [InlineData("dark", "en")]
    public Task No_page_has_a_serious_finding(string theme, string language) => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand one = await office.Accept(daysAgo: 5, department: "yi");
        await office.Interrogate(one);
        await page.Context.AddInitScriptAsync($"if (location.protocol.startsWith('http')) {{ localStorage.setItem('theme', '{theme}'); localStorage.setItem('language', '{language}') }}");
        var found = new List<string>();
        await page.GotoAsync("/login");
        await Look("login", "form");
        await page.Enter("admin", ServerProcess.AdminPassword);
        foreach ((string path, string shown) in ((string, string)[])
        [
            ("/wall", ".wall-row"), ("/wall?scene=deadlines", ".wall-link[data-connected]"), ("/wall?scene=workload", ".wall-link[data-connected]"), ("/wall?scene=units", ".wall-link[data-connected]"),
            ("/cases", "tr.ant-table-row"), ("/cases?dueBefore=2001-01-01", ".ant-empty"), ($"/cases/{Uri.EscapeDataString(one.Id)}", ".case-history"),
            ("/alerts?open=true", ".grid-body [role=row]"), ("/departments/yi", "tr.ant-table-row"), ($"/procuratorates/{Office.Procuratorate}", ".board-due"), ("/calculator?limit=T-B05&start=2026-02-09&custody=true&extensions=15d", ".calculator-answer"), ("/rules", "tr.ant-table-row"), ("/rules?rule=SQ-001", ".rule-words"),
            ("/rules/limits", "tr.ant-table-row"), ("/rules/steps", "tr.ant-table-row"), ("/rules/drafts", ".rules-tabs"), ("/rules/drafts/new", ".cm-content"),
            ("/ops", ".shell-content"), ("/there-is-no-such-page", ".app-message"),
        ])
        {
            await page.GotoAsync(path);
            await Look(path, shown);
        }
        await page.Keyboard.PressAsync("Control+k");
        await Look("search", ".find-list li");
        await page.Keyboard.PressAsync("Escape");
        await page.DialogIsGone();
        await page.Keyboard.PressAsync("?");
        await Look("keys", ".keys dl");

        await page.SignOut();
        await page.Enter("handler-yi");
        await page.GotoAsync("/desk");
        await Look("/desk", ".desk-notices li");
        ILocator wishes = page.Locator(".desk-notices li").First.Locator(".desk-acts button");
        for (int wish = 1; wish < await wishes.CountAsync(); wish++)
        {
            await wishes.Nth(wish).ClickAsync();
            await Look($"/desk, wish {wish}", ".ant-modal textarea");
            await page.Keyboard.PressAsync("Escape");
            await Expect(page.Locator(".ant-modal")).ToHaveCountAsync(0);
        }
        Assert.True(found.Count == 0, string.Join('\n', found));

        async Task Look(string where, string shown)
        {
            await Expect(page.Locator(shown).First).ToBeVisibleAsync();
            await Expect(page.Locator(".ant-spin-spinning")).ToHaveCountAsync(0);
            await page.AddScriptTagAsync(new() { Path = Axe });
            JsonElement findings = (await page.EvaluateAsync<JsonElement?>(Findings))!.Value;
            found.AddRange(findings.EnumerateArray().Select(f => $"{where}: {f.GetString()}"));
        }
    }, bypassPolicy: true, name: $"{nameof(No_page_has_a_serious_finding)}-{theme}-{language}");
}

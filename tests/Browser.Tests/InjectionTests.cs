using System.Collections.Concurrent;
using Cluster.Serving;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cluster.Browser.Tests;

/// <summary>What others write stays text, and no page asks anybody but its own server. Has an office of its own, because it names everything in it badly.</summary>
[Collection(OtherBrowsers.Name)]
public sealed class InjectionTests(Browsing browsing) : IAsyncLifetime
{
    private const string Image = "<img src=x onerror=\"injected=1;alert(1)\">", Script = "\"><script>injected=1;alert(1)</script>", Address = "javascript:alert(1)";

    private const string Everything = $"{Image}{Script}{Address}";

    // Short enough for the names of people.
    private const string Short = "<svg onload=alert(1)>";

    private readonly Office office = new();

    public Task InitializeAsync() => office.InitializeAsync();

    public Task DisposeAsync() => office.DisposeAsync();

    [BrowserFact]
    public async Task Text_of_events_units_notes_and_rules_is_shown_as_it_was_written()
    {
        if (BrowserNeeded.Reason is not null) return;
        string id = await Poison();
        // Without the policy, so that it is the pages themselves that let nothing run.
        await browsing.Visit(office.Address, async page =>
        {
            var dialogs = new ConcurrentQueue<string>();
            page.Dialog += (_, dialog) =>
            {
                dialogs.Enqueue(dialog.Message);
                _ = dialog.DismissAsync();
            };
            await Walk(page, id, async path =>
            {
                Assert.Equal("{}", await page.EvaluateAsync<string>("""
                    () => {
                      const found = {}
                      if (window.injected !== undefined) found.ran = true
                      const planted = document.querySelectorAll('img[src="x"], svg[onload], [onerror], body script:not([src]), [href^="javascript:" i], [src^="javascript:" i]').length
                      if (planted > 0) found.planted = planted
                      return JSON.stringify(found)
                    }
                    """));
                if (path.StartsWith("/cases/", StringComparison.Ordinal) || path is "/cases" or "/wall")
                    await Expect(page.GetByText(Image).First).ToBeVisibleAsync();
                if (path.StartsWith("/departments", StringComparison.Ordinal)) await Expect(page.GetByText(Short).First).ToBeVisibleAsync();
            });
            await page.Keyboard.PressAsync("Control+k");
            await page.GetByRole(AriaRole.Combobox, new() { Name = "案号、案名" }).FillAsync("<img");
            await Expect(page.GetByRole(AriaRole.Option).Filter(new() { HasText = Image }).First).ToBeVisibleAsync();
            Assert.Empty(dialogs);
        }, bypassPolicy: true, expected: ["404 (Not Found)"]);
    }

    [BrowserFact]
    public Task Every_page_forbids_inline_scripts_and_asks_nobody_but_its_server() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand one = await office.Accept(daysAgo: 5);
        var elsewhere = new ConcurrentQueue<string>();
        var policies = new ConcurrentQueue<string>();
        string home = office.Address.GetLeftPart(UriPartial.Authority);
        page.Context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith($"{home}/", StringComparison.Ordinal)) elsewhere.Enqueue(request.Url);
        };
        page.WebSocket += (_, socket) =>
        {
            if (new Uri(socket.Url).Authority != office.Address.Authority) elsewhere.Enqueue(socket.Url);
        };
        page.Response += (_, response) =>
        {
            if (response.Request.ResourceType == "document") policies.Enqueue(response.Headers.GetValueOrDefault("content-security-policy", ""));
        };
        await Walk(page, one.Id, _ => Task.CompletedTask);

        Assert.Empty(elsewhere);
        Assert.True(policies.Count > 10);
        foreach (string policy in policies)
        {
            Assert.Contains("default-src 'self'", policy);
            Assert.Contains("object-src 'none'", policy);
            Assert.Contains("base-uri 'none'", policy);
            Assert.Contains("frame-ancestors 'none'", policy);
            string scripts = policy.Split(';').Select(d => d.Trim()).Single(d => d.StartsWith("script-src ", StringComparison.Ordinal));
            Assert.Equal("script-src 'self'", scripts);
            Assert.DoesNotContain("unsafe-eval", policy);
        }
    });

    private static async Task Walk(IPage page, string id, Func<string, Task> look)
    {
        await page.GotoAsync("/login");
        await page.Enter("admin", ServerProcess.AdminPassword);
        foreach (string path in (string[])
        [
            "/wall", "/wall?scene=deadlines", "/wall?scene=workload", "/wall?scene=units", "/cases", $"/cases/{Uri.EscapeDataString(id)}", "/alerts", "/departments/yi",
            "/rules", "/rules?rule=SQ-001", "/rules/limits", "/rules/steps", "/rules/drafts", "/rules/drafts/new", "/ops", $"/cases?open=true&prosecutor={Uri.EscapeDataString(Everything)}",
        ])
        {
            await page.GotoAsync(path);
            await Expect(page.Locator(path.StartsWith("/wall", StringComparison.Ordinal) ? ".wall-link[data-connected]" : ".shell-content > *").First).ToBeVisibleAsync();
            await Expect(page.Locator(".ant-spin-spinning")).ToHaveCountAsync(0);
            await look(path);
        }
    }

    /// <summary>Writes markup wherever somebody may write.</summary>
    /// <returns>The case that has it all.</returns>
    private async Task<string> Poison()
    {
        await office.Admin.Put($"/api/procuratorates/{Office.Procuratorate}", new { name = Short, level = "county" });
        await office.Admin.Put("/api/departments/yi", new { name = Short, procuratorate = Office.Procuratorate, caseTypes = Array.Empty<string>() });
        await office.Admin.Put("/api/prosecutors/yi-1", new { name = Short, department = "yi" });
        const string Id = "咸检起诉受[2026]42282699999号";
        string day = Office.Now.AddDays(-5).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await Send("case.accepted", new
        {
            caseType = "PRO",
            procuratorate = Office.Procuratorate,
            department = "yi",
            name = Everything,
            receivedOn = day,
            registeredOn = day,
            suspects = new[] { new { suspect = "1", name = Everything, charges = new[] { Everything } } },
        });
        await Send("measure.taken", new { suspect = "1", kind = "bail", from = day, organ = Everything, place = Everything });
        await Send("suspect.interrogated", new { suspect = "1", staff = 2, place = Everything });
        await Send("defender.registered", new { suspect = "1", name = Everything, kind = "retained" });
        await Send("step.recorded", new { step = "OTHER", note = Everything, text = Everything });
        foreach (var alert in (await office.Admin.List($"/api/alerts?open=true&case={Uri.EscapeDataString(Id)}")).Take(1))
        {
            string path = $"/api/alerts/{Uri.EscapeDataString((string)alert["id"]!)}/notice";
            await office.Admin.Call(HttpMethod.Post, path, System.Net.Http.Json.JsonContent.Create(new { kind = "written", text = Everything }));
        }
        return Id;

        async Task Send(string type, object data)
        {
            try
            {
                await office.Admin.Send(new CloudEvent(Guid.NewGuid().ToString(), $"/{Office.Procuratorate}/tyyw", type, Id, Office.Now.AddDays(type == "case.accepted" ? -5 : -1), data));
            }
            catch (HttpRequestException) when (type is not "case.accepted")
            {
                // A field that the contract does not have, or an odd value that it refuses, cannot be shown either.
            }
        }
    }
}

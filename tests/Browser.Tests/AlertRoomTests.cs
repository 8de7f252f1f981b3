using System.Globalization;
using Cluster.Serving;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace Cluster.Browser.Tests;

/// <summary>The monitor's room: many alerts, views of them, and acts that can be taken back.</summary>
[Collection(Browsers.Name)]
public sealed class AlertRoomTests(Browsing browsing, Office office)
{
    [BrowserFact]
    public Task What_was_decided_can_be_taken_back_before_it_is_sent_and_leaves_no_trace() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand one = await Interrogated();
        await Open(page, one);
        await Close(page);
        ILocator held = page.GetByRole(AriaRole.Status).Filter(new() { HasText = "尚未发出" });
        await Expect(held).ToContainTextAsync("办结（1 条）");
        await held.GetByRole(AriaRole.Button, new() { Name = "撤销" }).ClickAsync();
        await Expect(held).ToHaveCountAsync(0);

        // Longer than it would have waited.
        await page.WaitForTimeoutAsync(6_000);
        Assert.Equal("open", await Status(one));
    });

    [BrowserFact]
    public Task A_page_that_is_closed_sends_what_waits_once() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand one = await Interrogated();
        await Open(page, one);
        await Close(page);
        await Expect(page.GetByText("尚未发出")).ToBeVisibleAsync();

        await page.GotoAsync("about:blank");

        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(Browsing.Patience), TimeProvider.System);
        while (await Status(one) != "closed") patience.Token.ThrowIfCancellationRequested();
        await page.WaitForTimeoutAsync(6_000);
        Assert.Single(Assert.Single(await office.Admin.List($"/api/alerts?case={Uri.EscapeDataString(one.Id)}&rule=SQ-003"))["acts"]!.AsArray());
    });

    [BrowserFact]
    public Task Rows_stand_still_while_one_is_chosen_and_come_afterwards() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand one = await Interrogated();
        await page.LogIn("monitor");
        await Expect(page).ToHaveURLAsync(new Regex("/wall"));
        await page.GotoAsync("/alerts?open=true&rule=SQ-003");
        await Row(page, one).GetByRole(AriaRole.Checkbox).CheckAsync();

        CaseAtHand next = await Interrogated();
        await Expect(page.GetByText("另有 1 条新到")).ToBeVisibleAsync();
        await Expect(Row(page, next)).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "取消选择" }).ClickAsync();
        await Expect(Row(page, next)).ToHaveCountAsync(1);
    });

    [BrowserFact]
    public Task A_view_is_kept_by_the_server_and_leads_back_to_its_filter() => browsing.Visit(office.Address, async page =>
    {
        await Interrogated();
        await page.LogIn("leader");
        await Expect(page).ToHaveURLAsync(new Regex("/wall"));
        await page.GotoAsync("/alerts?open=true&rule=SQ-003&group=case");
        await page.GetByRole(AriaRole.Button, new() { Name = "保存为视图" }).ClickAsync();
        await page.GetByLabel("视图名称").FillAsync("认罪认罚<b>");
        await page.GetByLabel("视图名称").PressAsync("Enter");
        ILocator tab = page.GetByRole(AriaRole.Button, new() { Name = "认罪认罚<b>", Exact = true });
        await Expect(tab).ToHaveAttributeAsync("aria-current", "true");

        await page.GotoAsync("/alerts");
        await Expect(page).ToHaveURLAsync(new Regex("open=true$"));
        await tab.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("group=case"));
        await Expect(page.Locator(".grid-group").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "删除视图“认罪认罚<b>”" }).ClickAsync();
        await Expect(tab).ToHaveCountAsync(0);
    });

    [BrowserFact]
    public Task The_drawer_tells_who_did_what_and_takes_a_note() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand one = await Interrogated();
        await Open(page, one);
        await Row(page, one).GetByRole(AriaRole.Button).First.ClickAsync();
        ILocator drawer = page.GetByRole(AriaRole.Dialog);
        await drawer.GetByLabel("备注，记入案件历程").FillAsync("已电话核实");
        await drawer.GetByRole(AriaRole.Button, new() { Name = "添加备注" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "立即发出" }).ClickAsync();
        await Expect(drawer.GetByRole(AriaRole.Region, new() { Name = "处理经过" })).ToContainTextAsync("已电话核实");
        await Expect(drawer.GetByRole(AriaRole.Region, new() { Name = "处理经过" })).ToContainTextAsync("monitor");
    });

    [BrowserFact]
    public Task The_rows_of_the_filter_come_as_a_file() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand one = await Interrogated();
        await Open(page, one);
        await page.GetByRole(AriaRole.Button, new() { Name = "导出" }).HoverAsync();
        IDownload file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Menuitem).Filter(new() { HasText = "CSV" }).GetByRole(AriaRole.Link).ClickAsync());
        Assert.EndsWith(".csv", file.SuggestedFilename, StringComparison.Ordinal);
        string[] lines = (await File.ReadAllTextAsync((await file.PathAsync())!)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Contains(one.Id, lines[1], StringComparison.Ordinal);
    });

    private async Task<CaseAtHand> Interrogated()
    {
        CaseAtHand one = await office.Accept();
        await office.Interrogate(one);
        return one;
    }

    private static async Task Open(IPage page, CaseAtHand one)
    {
        await page.LogIn("monitor");
        await Expect(page).ToHaveURLAsync(new Regex("/wall"));
        await page.GotoAsync($"/alerts?open=true&rule=SQ-003&case={Uri.EscapeDataString(one.Id)}");
    }

    private static async Task Close(IPage page)
    {
        await page.GetByRole(AriaRole.Checkbox).First.CheckAsync();
        await page.GetByRole(AriaRole.Toolbar).GetByRole(AriaRole.Button, new() { Name = "办结" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).Locator(".ant-btn-primary").ClickAsync();
    }

    private static ILocator Row(IPage page, CaseAtHand one) => page.GetByRole(AriaRole.Row).Filter(new() { HasText = one.Name });

    private async Task<string?> Status(CaseAtHand one) =>
        (string?)Assert.Single(await office.Admin.List($"/api/alerts?case={Uri.EscapeDataString(one.Id)}&rule=SQ-003"))["status"];
}

/// <summary>Ten thousand open alerts.</summary>
[Collection(Browsers.Name)]
public sealed class ManyAlertsTests(Browsing browsing, ITestOutputHelper output) : IAsyncLifetime
{
    private const int Cases = 10_000, Batch = 500;

    private readonly string data = Directory.CreateTempSubdirectory("cluster-many-").FullName;
    private ServerProcess? server;

    public async Task InitializeAsync()
    {
        if (BrowserNeeded.Reason is not null) return;
        string clock = Office.Now.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
        server = await ServerProcess.Start(data, ServerProcess.FreePort(), "--clock", clock, "--speed", "1");
        using ApiClient admin = await ApiClient.LogIn(server.Address, "admin", ServerProcess.AdminPassword);
        await admin.Put($"/api/procuratorates/{Office.Procuratorate}", new { name = "咸丰县人民检察院", level = "county" });
        await admin.Put("/api/users/monitor", new { password = Office.Password, mustChangePassword = false, roles = new[] { "monitor" }, procuratorate = Office.Procuratorate });
        for (int first = 0; first < Cases; first += Batch)
        {
            await admin.Send([.. Enumerable.Range(first, Batch).Select(i => new CloudEvent($"a-{i}", "/many", "case.accepted", $"案[2026]{i:00000}号", Office.Now.AddDays(-5), new
            {
                caseType = "PRO", procuratorate = Office.Procuratorate, name = $"王某{i}盗窃案", receivedOn = "2026-03-06", registeredOn = "2026-03-06", suspects = new[] { new { suspect = "1" } },
            }))]);
        }
    }

    public Task DisposeAsync()
    {
        server?.Dispose();
        Directory.Delete(data, recursive: true);
        return Task.CompletedTask;
    }

    [BrowserFact]
    public Task Ten_thousand_are_scrolled_grouped_and_chosen_without_standing_still() => browsing.Visit(server!.Address, async page =>
    {
        await page.LogIn("monitor");
        await Expect(page).ToHaveURLAsync(new Regex("/wall"));
        await page.GotoAsync("/alerts?open=true&rule=SQ-001");
        await Expect(page.GetByText("10000 条", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Table)).ToHaveAttributeAsync("aria-rowcount", "10001");
        Assert.InRange(await page.GetByRole(AriaRole.Row).CountAsync(), 10, 60);

        // Ten rows a frame, faster than anybody reads; then from end to end.
        double[] tasks = await MainThread.Tasks(page, () => page.EvaluateAsync("""
            async () => {
              const grid = document.querySelector('.grid')
              const frame = () => new Promise((done) => requestAnimationFrame(done))
              for (let i = 0; i < 240; i++) { grid.scrollTop += 10 * 56; await frame() }
              for (const to of [grid.scrollHeight, 0, grid.scrollHeight / 2]) { grid.scrollTop = to; await frame(); await frame() }
            }
            """));
        output.WriteLine($"10,000 rows, 246 frames: {tasks.Sum() / 246:0.0} ms of the processor a frame, longest task {tasks.Max():0.0} ms, {tasks.Count(t => t > 50)} longer than 50 ms");
        Assert.True(tasks.Max() <= 50, $"A task took {tasks.Max():0} ms of the processor");

        await page.GetByRole(AriaRole.Button, new() { Name = "全选" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Toolbar)).ToContainTextAsync("已选 5000 条");
        await page.GetByRole(AriaRole.Button, new() { Name = "取消选择" }).ClickAsync();
        await page.GotoAsync("/alerts?open=true&rule=SQ-001&group=level&sort=case");
        await Expect(page.Locator(".grid-group")).ToContainTextAsync("10000 条");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "王某0盗窃案" })).ToHaveCountAsync(1);
    });
}

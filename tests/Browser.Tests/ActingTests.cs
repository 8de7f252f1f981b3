using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cluster.Browser.Tests;

/// <summary>People act on alerts where they see them.</summary>
[Collection(Browsers.Name)]
public sealed class ActingTests(Browsing browsing, Office office)
{
    [BrowserFact]
    public Task A_handler_acknowledges_at_the_desk_and_replies_once_there_is_a_notice() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand own = await office.Accept(department: "yi");
        await office.Interrogate(own);
        await page.LogIn("handler-yi");
        ILocator notice = page.Locator(".desk-notices li").Filter(new() { HasText = own.Name });

        await notice.GetByRole(AriaRole.Button, new() { Name = "签收" }).ClickAsync();
        await Expect(notice.GetByText("待发出")).ToBeVisibleAsync();
        await Expect(notice.GetByRole(AriaRole.Button, new() { Name = "签收" })).ToHaveCountAsync(0);
        await Expect(notice.GetByText("已知悉")).ToBeVisibleAsync();

        string id = (string)Assert.Single(await office.Admin.List($"/api/alerts?open=true&case={Uri.EscapeDataString(own.Id)}"))["id"]!;
        Assert.Equal("acknowledged", (string?)Assert.Single(await office.Admin.List($"/api/alerts?case={Uri.EscapeDataString(own.Id)}"))["status"]);
        await office.Admin.Call(HttpMethod.Post, $"/api/alerts/{Uri.EscapeDataString(id)}/notice", System.Net.Http.Json.JsonContent.Create(new { kind = "written", text = "请补正" }));

        await Expect(notice.GetByText("请补正")).ToBeVisibleAsync();
        await notice.GetByRole(AriaRole.Button, new() { Name = "回复" }).ClickAsync();
        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("办理情况").FillAsync("已补告知");
        await dialog.GetByLabel("佐证").First.ClickAsync();
        await page.Locator(".ant-select-item-option").Filter(new() { HasText = "讯问" }).First.ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        await Confirm(dialog, "回");
        await page.GetByRole(AriaRole.Button, new() { Name = "立即发出" }).ClickAsync();
        await Expect(page.GetByText("回复：1 条已记录")).ToBeVisibleAsync();
        var acts = Assert.Single(await office.Admin.List($"/api/alerts?case={Uri.EscapeDataString(own.Id)}"))["acts"]!.AsArray();
        Assert.Equal("suspect.interrogated", await TypeOf(own, (string)acts[^1]!["evidence"]![0]!["id"]!));
    });

    [BrowserFact]
    public Task A_monitor_settles_many_at_once_and_they_are_gone_from_every_list_of_open_ones() => browsing.Visit(office.Address, async page =>
    {
        CaseAtHand[] cases = [await office.Accept(department: "yi"), await office.Accept(department: "yi"), await office.Accept(department: "yi")];
        foreach (CaseAtHand one in cases) await office.Interrogate(one);
        await page.LogIn("monitor");
        await Expect(page).ToHaveURLAsync(new Regex("/wall"));
        await page.GotoAsync("/alerts?open=true&rule=SQ-003&department=yi");
        foreach (CaseAtHand one in cases[..2]) await page.GetByRole(AriaRole.Row).Filter(new() { HasText = one.Name }).GetByRole(AriaRole.Checkbox).CheckAsync();

        await page.GetByRole(AriaRole.Toolbar).GetByRole(AriaRole.Button).Filter(new() { HasText = "误" }).ClickAsync();
        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        await Confirm(dialog, "误");
        await Expect(dialog.GetByText("请填写")).ToBeVisibleAsync();
        await dialog.GetByLabel("理由").FillAsync("已在笔录中告知");
        await Confirm(dialog, "误");

        foreach (CaseAtHand one in cases[..2]) await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = one.Name })).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = cases[2].Name })).ToHaveCountAsync(1);
        await Expect(page.GetByRole(AriaRole.Toolbar)).ToHaveCountAsync(0);
    });

    private async Task<string?> TypeOf(CaseAtHand one, string id) =>
        (string?)(await office.Admin.Get($"/api/cases/{Uri.EscapeDataString(one.Id)}"))["history"]!.AsArray().Single(e => (string?)e!["id"] == id)!["type"];

    // The library puts a blank between two characters of a button's name.
    private static Task Confirm(ILocator dialog, string begins) => dialog.Locator(".ant-btn-primary").Filter(new() { HasText = begins }).ClickAsync();
}

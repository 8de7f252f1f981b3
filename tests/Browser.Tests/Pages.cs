using System.Globalization;
using Cluster.Serving;
using Microsoft.Playwright;

namespace Cluster.Browser.Tests;

/// <summary>What the pages are made of, as a person would name it.</summary>
internal static class Pages
{
    /// <summary>Has a session without having been at the login page.</summary>
    public static async Task Enter(this IPage page, string user = "monitor", string password = Office.Password)
    {
        IAPIResponse answer = await page.Context.APIRequest.PostAsync("/api/login", new() { DataObject = new { user, password } });
        Assert.True(answer.Ok, $"{user}: {answer.Status}");
    }

    /// <summary>Opens the office; where one comes out depends on the account.</summary>
    public static async Task LogIn(this IPage page, string user, string password = Office.Password)
    {
        await page.Enter(user, password);
        await page.GotoAsync("/");
    }

    /// <summary>Signs in at the login page.</summary>
    public static async Task SignIn(this IPage page, string user, string password = Office.Password)
    {
        await page.GotoAsync("/");
        await page.GetByLabel("用户名").FillAsync(user);
        await page.GetByLabel("密码", new() { Exact = true }).FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "登录" }).ClickAsync();
    }

    /// <summary>Leaves the page before the session, so that nothing on it misses the session.</summary>
    public static async Task SignOut(this IPage page)
    {
        await page.GotoAsync("about:blank");
        await page.Context.ClearCookiesAsync();
    }

    /// <summary>Signs in and waits until the wall is connected and shows its lights.</summary>
    public static async Task OpenWall(this IPage page, string user = "monitor", string password = Office.Password)
    {
        await page.LogIn(user, password);
        await Assertions.Expect(page.Locator(".lights")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".wall-link[data-connected]")).ToBeVisibleAsync();
    }

    /// <summary>Rows of the wall's list that tell of this case.</summary>
    public static ILocator WallRows(this IPage page, CaseAtHand one) => page.Locator(".wall-row").Filter(new() { Has = page.GetByText(one.Name, new() { Exact = true }) });

    /// <summary>The lamp of a level.</summary>
    public static ILocator Light(this IPage page, string level) =>
        page.Locator(".light").Filter(new() { Has = page.Locator(".light-name b").GetByText(level, new() { Exact = true }) });

    /// <summary>The freshness line names the last item of the office's feed; counts and loads may still be on their way after an event, so both are read until they agree.</summary>
    public static async Task ShowsLastSequence(this IPage page, Office office)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(Browsing.Patience), TimeProvider.System);
        while (true)
        {
            string shown = await page.Locator(".wall-freshness").GetByText("序号").InnerTextAsync();
            long last = await FeedProbe.Sequence(office.Address, office.Admin.Token, $"procuratorate:{Office.Procuratorate}");
            string expected = $"序号 {last.ToString("N0", CultureInfo.InvariantCulture)}";
            if (shown == expected) return;
            if (patience.IsCancellationRequested) Assert.Equal(expected, shown);
        }
    }

    /// <summary>Until then keys are the dialog's, also while it is on its way out.</summary>
    public static Task DialogIsGone(this IPage page) => page.WaitForFunctionAsync("() => ![...document.querySelectorAll('[role=dialog], dialog[open]')].some(dialog => dialog.getClientRects().length > 0)");

    /// <summary>Marks the document, so that a later <see cref="WasNotReloaded"/> can tell whether it is still the same.</summary>
    public static Task Remember(this IPage page) => page.EvaluateAsync("() => { window.remembered = true }");

    public static async Task WasNotReloaded(this IPage page) => Assert.True(await page.EvaluateAsync<bool>("() => window.remembered === true"));
}

using System.Collections.Concurrent;
using Cluster.Serving;
using Microsoft.Playwright;

namespace Cluster.Load;

/// <summary>
/// From just before an event is posted to its alert's row being in the document of an open wall. Each event interrogates
/// a suspect whom nobody told about pleas, which raises one alert (SQ-003) and clears none. Client, server and browser are on this machine,
/// so both clocks are the machine's; how far the page's clock may be off is measured and printed.
/// </summary>
internal static class Screen
{
    private const int WarmUp = 20;

    // A MutationObserver is called before the browser paints, in the task that changed the document.
    private const string Observe = """
        () => new MutationObserver((changes) => {
          const at = performance.timeOrigin + performance.now()
          for (const { addedNodes } of changes)
            for (const node of addedNodes)
              for (const name of node.textContent.matchAll(/测速\d+案/g)) rowArrived(name[0], at)
        }).observe(document.body, { childList: true, subtree: true })
        """;

    /// <param name="events">Events measured, one after another.</param>
    /// <param name="pause">Milliseconds between a row and the next event: 0 measures a burst, in which rows wait for the wall's next frame.</param>
    public static async Task Measure(int events, int pause)
    {
        using LoadedOffice office = await LoadedOffice.Open();
        await office.Admin.Send([.. Enumerable.Range(0, events + WarmUp).Chunk(1000).First().Select(number => LoadedOffice.Accepted("测速", number))]);
        foreach (int[] more in Enumerable.Range(0, events + WarmUp).Chunk(1000).Skip(1)) await office.Admin.Send([.. more.Select(number => LoadedOffice.Accepted("测速", number))]);

        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await Chromium.Launch(playwright);
        await using IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = office.Address.AbsoluteUri,
            ViewportSize = new ViewportSize { Width = 1920, Height = 1080 },
        });
        await context.APIRequest.PostAsync("/api/login", new APIRequestContextOptions { DataObject = new { user = "monitor", password = LoadedOffice.Password } });
        IPage page = await context.NewPageAsync();
        var arrivals = new ConcurrentDictionary<string, TaskCompletionSource<double>>();
        await page.ExposeFunctionAsync("rowArrived", (string name, double at) => arrivals.GetOrAdd(name, New).TrySetResult(at));
        await page.GotoAsync("/wall");
        await page.Locator(".wall-link[data-connected]").WaitForAsync();
        await page.Locator(".lights").WaitForAsync();
        await page.EvaluateAsync(Observe);
        await office.Quiet();

        double off = await ClockOffset(page);
        var milliseconds = new List<double>();
        for (int i = 0; i < events + WarmUp; i++)
        {
            CloudEvent interrogation = LoadedOffice.Event("测速", i, "suspect.interrogated", new { suspect = "1", staff = 2, place = "看守所" });
            Task<double> arrival = arrivals.GetOrAdd($"测速{i}案", New).Task;
            double before = EpochMilliseconds();
            await office.Admin.Send(interrogation);
            double at = await arrival.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
            if (i >= WarmUp) milliseconds.Add(at - before);
            if (pause > 0) await Task.Delay(TimeSpan.FromMilliseconds(pause), TimeProvider.System);
        }
        Console.WriteLine($"screen: {events} events one after another, {pause} ms between them, POST to the row in the document: {new Quantiles(milliseconds).Describe("ms")} "
            + FormattableString.Invariant($"(the page's clock is within {off:0.0} ms of the client's)"));
    }

    private static TaskCompletionSource<double> New(string name) => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static double EpochMilliseconds() => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;

    /// <summary>The most, in milliseconds, by which the page's clock can differ from ours: the offset seen in the quickest of many readings, and half its round trip.</summary>
    private static async Task<double> ClockOffset(IPage page)
    {
        double most = double.PositiveInfinity, quickest = double.PositiveInfinity;
        for (int i = 0; i < 200; i++)
        {
            double sent = EpochMilliseconds(), there = await page.EvaluateAsync<double>("() => performance.timeOrigin + performance.now()"), received = EpochMilliseconds();
            if (received - sent >= quickest) continue;
            quickest = received - sent;
            most = Math.Abs(there - (sent + received) / 2) + quickest / 2;
        }
        return most;
    }
}

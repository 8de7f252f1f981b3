using System.Diagnostics;
using Cluster.Serving;
using Microsoft.Playwright;

namespace Cluster.Load;

/// <summary>What the wall's browser does: how soon a cold load shows an alert, and whether it keeps up with alerts that pour in.</summary>
internal static class WallRun
{
    private const int Loads = 5;

    private const int BatchesPerSecond = 10;

    // The frame after the one that the row came in has been painted when the second callback runs.
    private const string WatchPaint = """
        new MutationObserver((_, observer) => {
          if (document.querySelector('.wall-row') === null) return
          observer.disconnect()
          requestAnimationFrame(() => requestAnimationFrame(() => { window.painted = performance.now() }))
        }).observe(document, { childList: true, subtree: true })
        """;

    private const string WatchTasks = """
        () => {
          window.longTasks = []
          window.frames = 0
          new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) longTasks.push(duration) }).observe({ type: 'longtask' })
          const count = () => { frames++; requestAnimationFrame(count) }
          requestAnimationFrame(count)
        }
        """;

    /// <param name="seconds">How long alerts pour in.</param>
    /// <param name="rate">Alerts a second.</param>
    public static async Task Measure(int seconds, int rate)
    {
        using LoadedOffice office = await LoadedOffice.Open();
        int cases = seconds * rate + 40;
        foreach (int[] some in Enumerable.Range(0, cases).Chunk(1000)) await office.Admin.Send([.. some.Select(number => LoadedOffice.Accepted("涌入", number))]);
        await office.Admin.Send([.. Enumerable.Range(0, 40).Select(Interrogated)]);
        await office.Quiet();
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await Chromium.Launch(playwright);

        var painted = new List<double>();
        for (int i = 0; i < Loads; i++)
        {
            (IBrowserContext context, IPage page) = await Open(browser, office);
            await using (context)
            {
                await page.WaitForFunctionAsync("() => window.painted !== undefined");
                painted.Add(await page.EvaluateAsync<double>("() => window.painted"));
            }
        }
        Console.WriteLine(FormattableString.Invariant($"wall: {Loads} cold loads until the first alert is painted: {new Quantiles(painted).Describe("ms")}; load average {LoadAverage()}"));

        (IBrowserContext last, IPage wall) = await Open(browser, office);
        await using (last)
        {
            await wall.Locator(".wall-link[data-connected]").WaitForAsync();
            await office.Quiet();
            await wall.EvaluateAsync(WatchTasks);
            long begun = Stopwatch.GetTimestamp();
            int sent = 40;
            using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / BatchesPerSecond), TimeProvider.System);
            while (sent < cases && await beat.WaitForNextTickAsync())
            {
                await office.Admin.Send([.. Enumerable.Range(sent, Math.Min(rate / BatchesPerSecond, cases - sent)).Select(Interrogated)]);
                sent += rate / BatchesPerSecond;
            }
            TimeSpan took = Stopwatch.GetElapsedTime(begun);
            double[] tasks = await wall.EvaluateAsync<double[]>("() => longTasks");
            int frames = await wall.EvaluateAsync<int>("() => frames");
            Console.WriteLine(FormattableString.Invariant(
                $"wall: {cases - 40} alerts in {took.TotalSeconds:0.0} s ({(cases - 40) / took.TotalSeconds:0} a second): {frames / took.TotalSeconds:0} frames a second, {tasks.Length} tasks longer than 50 ms, the longest {tasks.DefaultIfEmpty().Max():0} ms; load average {LoadAverage()}"));
        }
    }

    private static string LoadAverage() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static async Task<(IBrowserContext Context, IPage Page)> Open(IBrowser browser, LoadedOffice office)
    {
        IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = office.Address.AbsoluteUri,
            ViewportSize = new ViewportSize { Width = 1920, Height = 1080 },
        });
        await context.APIRequest.PostAsync("/api/login", new APIRequestContextOptions { DataObject = new { user = "monitor", password = LoadedOffice.Password } });
        await context.AddInitScriptAsync(WatchPaint);
        IPage page = await context.NewPageAsync();
        await page.GotoAsync("/wall");
        return (context, page);
    }

    private static CloudEvent Interrogated(int number) => LoadedOffice.Event("涌入", number, "suspect.interrogated", new { suspect = "1", staff = 2, place = "看守所" });
}

using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;

namespace Cluster.Browser.Tests;

/// <summary>What pages make the main thread of the browser do, by its own trace.</summary>
internal static class MainThread
{
    private const string Run = "ThreadControllerImpl::RunTask";

    /// <summary>Milliseconds of processor time of each task while something happens on the page: what other programs take meanwhile does not count.</summary>
    public static async Task<double[]> Tasks(IPage page, Func<Task> happens)
    {
        ICDPSession session = await page.Context.Browser!.NewBrowserCDPSessionAsync();
        var events = new ConcurrentQueue<JsonElement>();
        var complete = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        session.Event("Tracing.dataCollected").OnEvent += (_, data) =>
        {
            foreach (JsonElement one in data!.Value.GetProperty("value").EnumerateArray()) events.Enqueue(one.Clone());
        };
        session.Event("Tracing.tracingComplete").OnEvent += (_, _) => complete.TrySetResult();
        await session.SendAsync("Tracing.start", new Dictionary<string, object> { ["categories"] = "toplevel,__metadata", ["transferMode"] = "ReportEvents" });
        await happens();
        await session.SendAsync("Tracing.end");
        await complete.Task;

        HashSet<(int, int)> mains = [.. events.Where(e => Name(e) == "thread_name" && e.GetProperty("args").GetProperty("name").GetString() == "CrRendererMain").Select(Thread)];
        double[] tasks = [.. events.Where(e => Name(e) == Run && mains.Contains(Thread(e)) && e.TryGetProperty("tdur", out _)).Select(e => e.GetProperty("tdur").GetDouble() / 1000)];
        Assert.NotEmpty(tasks);
        return tasks;
    }

    private static string? Name(JsonElement one) => one.GetProperty("name").GetString();

    private static (int, int) Thread(JsonElement one) => (one.GetProperty("pid").GetInt32(), one.GetProperty("tid").GetInt32());
}

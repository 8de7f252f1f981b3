using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Cluster.Fuzz.Episodes;
using Cluster.Fuzz.Oracles;
using Cluster.Fuzz.Serving;

namespace Cluster.Fuzz;

/// <summary>What a campaign is asked for.</summary>
/// <param name="Seed">The same seed makes the same inputs.</param>
/// <param name="Inputs">How many, at least.</param>
/// <param name="Workers">Episodes at a time.</param>
/// <param name="InputsOfAWorld">After so many the system is stopped, started on what it stored, compared, and thrown away.</param>
/// <param name="Only">A kind of episode; null: all.</param>
/// <param name="First">The first episode.</param>
/// <param name="Corpus">Where what was found is written; null: nowhere.</param>
internal sealed record CampaignOptions(ulong Seed, long Inputs, int Workers = 4, long InputsOfAWorld = 60_000, string? Only = null, long First = 0, string? Corpus = null);

/// <summary>Many episodes on one world after another.</summary>
internal sealed partial class Campaign(CampaignOptions options, TextWriter told)
{
    private readonly TextWriter output = TextWriter.Synchronized(told);

    private const int MostShrunk = 25;
    // Each try at what hangs takes as long as the patience.
    private static readonly TimeSpan LongestShrinking = TimeSpan.FromSeconds(60);

    private const int ComparedAfterRestart = 300;

    // What the heap may hold after a collection, whatever was sent: the caches of the store and the cases in memory.
    private const long LargestHeap = 1L << 30;

    private readonly ConcurrentDictionary<string, int> statuses = new();
    private readonly ConcurrentDictionary<string, long> inputsOf = new();
    private readonly ConcurrentBag<(Episode Episode, Fault Fault)> found = [];
    private readonly ConcurrentDictionary<string, byte> signatures = new();
    private readonly ConcurrentDictionary<long, byte> running = new();
    private readonly ConcurrentDictionary<long, byte> suspects = new();
    private long next = options.First;
    private long inputs;
    private long sent;
    private TimeSpan slowest;
    private long slowestEpisode;

    /// <summary>Runs it, and says on the output what it did.</summary>
    /// <returns>What was found, each kind once, shrunk.</returns>
    public async Task<IReadOnlyList<(Episode Episode, Fault Fault)>> Run()
    {
        long started = Stopwatch.GetTimestamp();
        int worlds = 0;
        while (Interlocked.Read(ref inputs) < options.Inputs)
        {
            await RunWorld(Math.Min(options.Inputs, Interlocked.Read(ref inputs) + options.InputsOfAWorld));
            TimeSpan took = Stopwatch.GetElapsedTime(started);
            await output.WriteLineAsync(FormattableString.Invariant(
                $"world {++worlds}: {inputs} inputs in {sent} requests and messages, {next - options.First} episodes, {inputs / took.TotalSeconds:0} inputs/s, heap {GC.GetTotalMemory(false) >> 20} MiB, process {Environment.WorkingSet >> 20} MiB, slowest {slowest.TotalSeconds:0.00} s (episode {slowestEpisode}), found {found.Count}"));
        }
        await output.WriteLineAsync("inputs: " + string.Join(", ", inputsOf.OrderBy(k => k.Key).Select(k => $"{k.Key} {k.Value}")));
        await output.WriteLineAsync("answers: " + string.Join(", ", statuses.OrderBy(k => k.Key).Select(k => $"{k.Key} {k.Value}")));
        return await ShrinkAll();
    }

    /// <summary>Tries one episode alone in a world, logs included.</summary>
    public static async Task<Fault?> Alone(World world, Episode episode)
    {
        world.Logs.Faults.Clear();
        Fault? fault = await new Trial(world, episode).Run();
        return fault ?? (world.Logs.Faults.TryPeek(out (string Fault, string Line) logged) ? new Fault(logged.Fault, logged.Line) : null);
    }

    private async Task RunWorld(long until)
    {
        await using World world = await World.Start();
        var cases = new ConcurrentQueue<string>();
        await Task.WhenAll(Enumerable.Range(0, options.Workers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Read(ref inputs) < until) await RunOne(world, cases);
        })));
        while (world.Logs.Faults.TryDequeue(out (string Fault, string Line) fault) && found.Count < 200)
            found.Add((new Episode("log", Episode.MarkOf(0), []), new Fault(fault.Fault, fault.Line)));
        await CompareAfterRestart(world, [.. cases.TakeLast(ComparedAfterRestart)]);
        GC.Collect();
        long heap = GC.GetTotalMemory(true);
        if (heap > LargestHeap) found.Add((new Episode("heap", Episode.MarkOf(0), []), new Fault("memory", $"{heap >> 20} MiB")));
    }

    private async Task RunOne(World world, ConcurrentQueue<string> cases)
    {
        long number = Interlocked.Increment(ref next) - 1;
        running[number] = 0;
        Episode episode = AllEpisodes.Of(options.Seed, number, options.Only);
        var trial = new Trial(world, episode);
        Fault? fault = await trial.Run();
        // One that only was slow beside the others is no hang.
        if (fault is { Kind: "hang" or "hub-hang" }) suspects[number] = 0;
        else if (fault is not null)
        {
            found.Add((episode, fault));
            if (signatures.TryAdd(Signature(fault), 0)) await output.WriteLineAsync($"seed {options.Seed}, episode {number}, {episode.Kind}: {fault}");
        }
        // A line in the log names no episode: whatever ran then is tried again alone.
        if (!world.Logs.Faults.IsEmpty && suspects.Count < 100)
        {
            foreach (long suspect in running.Keys) suspects[suspect] = 0;
        }
        running.TryRemove(number, out _);
        foreach (string id in trial.Cases) cases.Enqueue(id);
        foreach ((int status, int times) in trial.Statuses) statuses.AddOrUpdate(status.ToString(System.Globalization.CultureInfo.InvariantCulture), times, (_, before) => before + times);
        // Every event of a request is made, broken and answered by itself: it is an input like the request that is none.
        int requests = episode.Inputs, count = Math.Max(requests, requests + trial.Events - episode.Steps.Count(s => s.IsEvents));
        inputsOf.AddOrUpdate(episode.Kind, count, (_, before) => before + count);
        Interlocked.Add(ref inputs, count);
        Interlocked.Add(ref sent, requests);
        if (trial.Slowest > slowest) (slowest, slowestEpisode) = (trial.Slowest, number);
    }

    private async Task CompareAfterRestart(World world, string[] cases)
    {
        Step[] reads = [.. cases.Select(id => new Step { Target = $"/api/cases/{Uri.EscapeDataString(id)}?asOf=2026-03-20T12:00:00%2B08:00" })];
        var before = new List<Answer>();
        foreach (Step read in reads) before.Add(await world.Send(read, Trial.Patience));
        await world.StartAgain();
        for (int i = 0; i < reads.Length; i++)
        {
            Answer after = await world.Send(reads[i], Trial.Patience);
            if (after.Status != before[i].Status || !after.Body.AsSpan().SequenceEqual(before[i].Body))
                found.Add((new Episode("restart", Episode.MarkOf(0), [reads[i]]), new Fault("restart", $"{before[i].Text} became {after.Text}")));
        }
    }

    private async Task<IReadOnlyList<(Episode, Fault)>> ShrinkAll()
    {
        List<(Episode Episode, Fault Fault)> all = [.. found];
        if (!suspects.IsEmpty) all.AddRange(await FindSuspects());
        var shrunk = new List<(Episode, Fault)>();
        foreach (IGrouping<string, (Episode Episode, Fault Fault)> same in all.GroupBy(f => Signature(f.Fault)).OrderByDescending(g => g.Count()).Take(MostShrunk))
        {
            (Episode episode, Fault fault) = same.MinBy(f => f.Episode.Steps.Sum(s => s.Body.Length + 100));
            await output.WriteLineAsync($"{same.Count()} times: seed {options.Seed}, episode {Number(episode)}, {episode.Kind}: {fault}");
            if (episode.Steps.Count > 0) episode = await Shrink(episode, fault);
            shrunk.Add((episode, fault));
            if (options.Corpus is { } corpus && episode.Steps.Count > 0)
            {
                Directory.CreateDirectory(corpus);
                string file = Path.Combine(corpus, $"{fault.Kind}-{options.Seed}-{Number(episode)}.json");
                await File.WriteAllTextAsync(file, (episode with { Found = fault.ToString() }).Write() + "\n");
                await output.WriteLineAsync("  " + file);
            }
        }
        return shrunk;
    }

    private static long Number(Episode episode) => Convert.ToInt64(episode.Mark[2..], 16);

    private async Task<Episode> Shrink(Episode episode, Fault fault)
    {
        await using World world = await World.Start();
        long marks = 0xF000000, started = Stopwatch.GetTimestamp();
        return await new Shrinker(async e => Stopwatch.GetElapsedTime(started) < LongestShrinking
            && await Alone(world, e.Marked(Episode.MarkOf(marks++))) is { } again && Signature(again) == Signature(fault)).Shrink(episode);
    }

    private async Task<List<(Episode, Fault)>> FindSuspects()
    {
        var guilty = new List<(Episode, Fault)>();
        await using World world = await World.Start();
        foreach (long suspect in suspects.Keys)
        {
            Episode episode = AllEpisodes.Of(options.Seed, suspect, options.Only);
            if (await Alone(world, episode) is { } fault) guilty.Add((episode, fault));
        }
        return guilty;
    }

    /// <summary>What makes two faults the same mistake: all but names, numbers and texts of one case.</summary>
    internal static string Signature(Fault fault)
    {
        string detail = fault.Kind is "history" or "differential" or "differential-now" or "hang" or "restart" or "lost" ? "" : fault.Detail;
        detail = Varying().Replace(detail, "#");
        return fault.Kind + " " + (detail.Length > 120 ? detail[..120] : detail);
    }

    [GeneratedRegex(@"zq[0-9a-f]{7}\w*|\d+|""[^""]*""")]
    private static partial Regex Varying();
}

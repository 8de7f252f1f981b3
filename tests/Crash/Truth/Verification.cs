using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Cluster.Crash.Load;

namespace Cluster.Crash.Truth;

/// <summary>Looks at everything from outside, through HTTP and the hub, while nobody sends.</summary>
internal sealed class Verification(Office office, Ledger ledger, Watcher watcher, People people)
{
    private const int AtOnce = 4;

    /// <summary>Wakes, deliveries and screens may need so long after a start; machines that run tests are busy.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>Some cases and everything that counts all cases.</summary>
    public async Task Some(IReadOnlyCollection<string> cases)
    {
        await Each(cases, async id =>
        {
            await OneCase.Check(office, ledger, id);
            await Claim.Comes(Patience, async () => AlertsAreListed(await office.Case(id), await office.List($"/api/alerts?case={Uri.EscapeDataString(id)}")));
        });
        await Sums();
        Sound();
    }

    /// <summary>Every case, every alert, every draw.</summary>
    public async Task Whole()
    {
        var draws = new ConcurrentDictionary<string, List<(string, string)>>(StringComparer.Ordinal);
        var versions = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        List<string> known = [.. (await office.List("/api/cases")).Select(Lists.Id)];
        Claim.Holds(known.All(ledger.Cases.Contains), () => "nobody has cases that nobody sent");
        foreach (string id in ledger.Cases) Claim.Holds(known.Contains(id) || ledger.Of(id).All(s => !s.Acknowledged), () => $"{id} is there");
        await Claim.Comes(Patience, async () =>
        {
            ILookup<string, JsonNode> alerts = (await office.List("/api/alerts")).ToLookup(a => (string)a["case"]!);
            Claim.Holds(alerts.SelectMany(a => a).DistinctBy(Lists.Id).Count() == alerts.Sum(a => a.Count()), () => "no alert is there twice");
            await Each(known, async id =>
            {
                JsonNode shown = await OneCase.Check(office, ledger, id);
                AlertsAreListed(shown, [.. alerts[id]]);
                draws[id] = [.. OneCase.Draws(shown)];
                versions[id] = (long)shown["version"]!;
            });
        });
        foreach (JsonNode row in await office.List("/api/cases"))
            Claim.Holds((long)row["version"]! == versions[Lists.Id(row)], () => $"the versions of {Lists.Id(row)} are contiguous: {row["version"]} for {versions[Lists.Id(row)]} events");
        await Draws.Check(office, ledger, draws);
        await Sums();
        Sound();
    }

    private Task Sums() => Claim.Comes(Patience, async () =>
    {
        Sound();
        Lists lists = await Lists.Read(office);
        lists.AreSound();
        await lists.MatchWorkloads(office, people.Possible);
        (long sequence, JsonNode snapshot) = await Watcher.Snapshot(office.Address, office.Token);
        lists.MatchCounters(snapshot["counters"]!, "the counters of the wall");
        Claim.Holds(watcher.Sequence >= sequence, () => $"the watcher is at {watcher.Sequence}, the feed at {sequence}");
        lists.MatchFollowed(watcher);
    });

    private void Sound() => watcher.MustBeSound();

    private static void AlertsAreListed(JsonNode shown, List<JsonNode> listed)
    {
        string[] found = [.. shown["alerts"]!.AsArray().Select(a => Text(a!)).Order(StringComparer.Ordinal)];
        string[] stored = [.. listed.Select(Text).Order(StringComparer.Ordinal)];
        Claim.Holds(
            found.SequenceEqual(stored),
            () => $"alerts of {Lists.Id(shown)} at {shown["asOf"]}: missing {string.Join(' ', found.Except(stored).Take(5))}, too many {string.Join(' ', stored.Except(found).Take(5))}, twice {stored.Length - stored.Distinct().Count()}");

        static string Text(JsonNode a) => $"{a["id"]}:{a["level"]}:{a["clearedAt"]}";
    }

    private static Task Each(IEnumerable<string> ids, Func<string, Task> check) =>
        Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (id, _) => await check(id));
}

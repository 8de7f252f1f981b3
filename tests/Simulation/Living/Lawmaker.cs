using Cluster.Contracts;
using Cluster.Law;
using Orleans;
using Simulation.Running;

namespace Simulation.Living;

/// <summary>Writes rules of the office's own, has them tried, puts them in force and takes them back.</summary>
internal sealed class Lawmaker(Dice dice)
{
    private const string Alone = """
        - id: XF-001
          name: {zh: 一人讯问, en: Interrogated by one}
          category: 程序
          level: LEVEL
          basis: CPL 118
          condition: {on: suspect.interrogated, when: {field: staff, lessThan: 2}}
          fires:
            - {title: one, given: pro-arrested, then: [[2026-02-12, suspect.interrogated, {suspect: "1", staff: 1}]], at: 2026-02-13}
          silent:
            - {title: two, given: pro-arrested, then: [[2026-02-12, suspect.interrogated, {suspect: "1", staff: 2}]], at: 2026-02-13}
        """;

    private const string Soon = """
        - id: XF-002
          name: {zh: 受理后应及时讯问, en: Interrogate soon}
          category: 期限
          level: LEVEL
          basis: 本院流程监控细则 第八条
          response: {start: case.accepted, stop: [suspect.interrogated], within: DAYSd}
          fires:
            - {title: never, given: pro-arrested, at: 2026-03-28, level: LEVEL}
          silent:
            - {title: at once, given: pro-arrested, then: [[2026-02-09T15:00, suspect.interrogated, {suspect: "1", staff: 2}]], at: 2026-03-28}
        """;

    public (string What, Func<IGrainFactory, Task> Act) Change(DateTimeOffset now)
    {
        var yaml = dice.One(Alone, Soon).Replace("LEVEL", dice.One("L1", "L2", "L3"), StringComparison.Ordinal).Replace("DAYS", dice.One("3", "5", "9"), StringComparison.Ordinal);
        var where = dice.One<string?>(null, Staff.County, Staff.City);
        var from = LegalTime.DateOf(now).AddDays(dice.One(0, 0, 1, 3));
        return dice.Below(4) switch
        {
            0 => ("take rules back", TakeBack),
            1 => ("try rules", grains => Draft(grains, yaml, where, (catalogue, draft) => catalogue.Try(draft, true, "monitor"))),
            _ => ($"publish rules for {where ?? "all"} from {from:MM-dd}", grains => Draft(grains, yaml, where, async (catalogue, draft) =>
            {
                // Whoever asks again after midnight is refused, and leaves it at that.
                await catalogue.Publish(draft, from, "leader");
            })),
        };
    }

    private static async Task Draft(IGrainFactory grains, string yaml, string? where, Func<ICatalogueGrain, string, Task> then)
    {
        var catalogue = grains.GetGrain<ICatalogueGrain>(ICatalogueGrain.Key);
        var outcome = await catalogue.Draft(new DraftText(yaml, null, where, "monitor"));
        if (outcome.Refusal is not null) throw new InvalidOperationException($"Rules were refused: {outcome.Detail} {string.Join(' ', outcome.Errors.Select(e => $"{e.Line}: {e.Reason}"))}");
        await then(catalogue, outcome.Draft!.Id);
    }

    private static async Task TakeBack(IGrainFactory grains)
    {
        var catalogue = grains.GetGrain<ICatalogueGrain>(ICatalogueGrain.Key);
        if ((await catalogue.Drafts()).FirstOrDefault(d => d.State == "published") is { } published) await catalogue.RollBack(published.Id, "cries wolf", "leader");
    }
}

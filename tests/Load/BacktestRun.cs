using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cluster.Serving;

namespace Cluster.Load;

/// <summary>
/// Cases a second that a backtest gets through: a rule that looks at acts, one that follows a limit, and a new one of an office, each over everything
/// stored. Half the cores work on it, at the lowest priority, so the machine should have nothing else to do.
/// </summary>
internal static class BacktestRun
{
    private const int Batch = 1000;

    private const string New = """
        - id: XF-001
          name: {zh: 讯问未签名, en: Interrogation unsigned}
          category: 程序
          level: L1
          basis: R 188
          condition: {on: suspect.interrogated, when: {field: signed, is: "true"}}
          fires:
            - {title: signed, given: pro-arrested, then: [[2026-02-12, suspect.interrogated, {suspect: "1", staff: 2, signed: true}]], at: 2026-02-13}
          silent:
            - {title: not signed, given: pro-arrested, then: [[2026-02-12, suspect.interrogated, {suspect: "1", staff: 2}]], at: 2026-02-13}
        """;

    public static async Task Measure(int cases)
    {
        using LoadedOffice office = await LoadedOffice.Open();
        foreach (CloudEvent[] batch in new Caseload(TimeProvider.System.GetUtcNow(), "批").Events(cases).Chunk(Batch)) await office.Admin.Send(batch);
        await office.Quiet();
        foreach (string rule in (string[])["SQ-003", "QX-008"]) await Run(office, rule, (string)(await office.Admin.Get("/api/rules/" + rule))["yaml"]!);
        await Run(office, "XF-001", New);
    }

    private static async Task Run(LoadedOffice office, string rule, string yaml)
    {
        JsonNode draft = await office.Admin.Call(HttpMethod.Post, "/api/rules/drafts", JsonContent.Create(new { yaml }));
        string path = $"/api/rules/drafts/{draft["id"]}/backtest";
        await office.Admin.Call(HttpMethod.Post, path, null);
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        JsonNode report;
        while ((string)(report = await office.Admin.Get(path))["state"]! == "running") await beat.WaitForNextTickAsync();
        Console.WriteLine(FormattableString.Invariant(
            $"backtest: {rule} over {report["done"]} of {report["total"]} cases of {Caseload.EventsOfCase} events: {report["state"]}, {(double)report["casesPerSecond"]!:0} cases/s; ")
            + $"{report["rules"]![0]!["live"]!["alerts"]} findings in force, {report["rules"]![0]!["draft"]!["alerts"]} of the draft, {report["casesTotal"]} differ");
    }
}

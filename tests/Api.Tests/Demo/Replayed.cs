using System.Globalization;
using System.Text.Json.Nodes;
using Cluster.Api.Demo;

namespace Cluster.Api.Tests.Demo;

/// <summary>The shipped replay, written once for all tests, and readings of its events.</summary>
internal static class Replayed
{
    private static readonly Lazy<DemoReplay> TheReplay = new(() => new DemoReplay());
    private static readonly Lazy<IReadOnlyList<DemoEvent>> TheEvents = new(() => [.. TheReplay.Value.Events()]);
    private static readonly Lazy<IReadOnlyList<ReplayedCase>> TheCases = new(() => [.. TheEvents.Value.GroupBy(e => e.Subject).Select(g => new ReplayedCase(g.Key, [.. g]))]);

    public static DemoReplay Replay => TheReplay.Value;
    public static IReadOnlyList<DemoEvent> Events => TheEvents.Value;
    public static IReadOnlyList<ReplayedCase> Cases => TheCases.Value;
    public static IReadOnlyList<ReplayedCase> Reviews { get; } = [.. Cases.Where(c => c.CaseType is "PRO" or "PRO-M")];
    public static IReadOnlyList<ReplayedCase> Arrests { get; } = [.. Cases.Where(c => c.CaseType.StartsWith("ARR", StringComparison.Ordinal))];

    public static string? Text(this DemoEvent e, string field) => (string?)e.Data[field];

    public static DateOnly Day(this DemoEvent e) => DateOnly.FromDateTime(e.Time.DateTime);

    public static DateOnly Date(this JsonNode? node) => DateOnly.Parse((string)node!, CultureInfo.InvariantCulture);
}

/// <summary>One case of the replay.</summary>
internal sealed record ReplayedCase(string Subject, IReadOnlyList<DemoEvent> Events)
{
    public DemoEvent Accepted { get; } = Events.Single(e => e.Type == "case.accepted");
    public string CaseType => Accepted.Text("caseType")!;
    public string Timeline => Accepted.Text("timeline")!;
    public DateOnly Received => Accepted.Data["receivedOn"].Date();
    public IReadOnlyList<JsonNode> Suspects => [.. Accepted.Data["suspects"]!.AsArray().Select(s => s!)];
    public DateOnly Decided => First("decision.made").Day();

    /// <summary>End of the first round of review.</summary>
    public DateOnly FirstRoundEnd => Events.First(e => e.Type is "supplement.returned" or "decision.made").Day();

    public IEnumerable<DemoEvent> All(string type) => Events.Where(e => e.Type == type);

    public DemoEvent First(string type) => Events.First(e => e.Type == type);

    public bool Has(string type, string suspect) => Events.Any(e => e.Type == type && e.Text("suspect") == suspect);
}

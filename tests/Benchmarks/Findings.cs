using System.Text.Json;
using Cluster.Api.Demo;
using Cluster.Cases.Assessment;
using Cluster.Cases.Events;

namespace Benchmarks;

/// <summary>What the catalogue finds in the real timelines of the demo: every case stepped through every instant at which its assessment changes.</summary>
internal static class Findings
{
    public static void Count(int examples, string? only)
    {
        var cases = new DemoReplay().Events().GroupBy(e => e.Subject).ToDictionary(g => g.Key, g => g.Select(Restore).ToList());
        Link(cases);
        DateTimeOffset end = cases.Values.Max(c => c.Max(e => e.Time)).AddDays(1);
        var found = new Dictionary<(string Rule, string Level), Tally>();
        long assessments = 0;
        foreach ((string id, List<CaseEvent> events) in cases)
        {
            CaseHistory history = CaseHistory.Of(events);
            var seen = new Dictionary<(string, string, string), FindingView>();
            for (DateTimeOffset? at = history.All[0].Time; at <= end; assessments++)
            {
                CaseAssessment assessment = Assessor.Default.Assess(history, at.Value);
                foreach (FindingView view in assessment.Views) seen[(view.Rule, view.Subject, view.Instance)] = view;
                at = assessment.NextChange;
            }
            foreach (FindingView view in seen.Values)
            {
                if (!found.TryGetValue((view.Rule, view.Level), out Tally? tally)) found[(view.Rule, view.Level)] = tally = new();
                tally.Add(id, view);
            }
        }

        Console.WriteLine($"{cases.Count} cases, {assessments} assessments");
        foreach (((string rule, string level), Tally tally) in found.OrderByDescending(f => f.Value.Count))
        {
            if (only is not null && rule != only) continue;
            Console.WriteLine($"{rule,-8} {level,-3} {tally.Count,6} findings in {tally.Cases.Count,5} cases, {tally.Open,5} open at the end");
            foreach (string example in tally.Examples.Take(examples)) Console.WriteLine($"         {example}");
        }
    }

    // What the system itself writes: a case is drawn for at once, and the case it continues is told that its suspects were transferred.
    private static void Link(Dictionary<string, List<CaseEvent>> cases)
    {
        foreach ((string id, List<CaseEvent> events) in cases)
        {
            CaseEvent accepted = events.First(e => e.Type == "case.accepted");
            events.Add(EventReader.Restore(CaseOwnership.DrawSource, $"{accepted.Data["department"].Text}/2018-01-01/1", "case.assigned", accepted.Time, null, """{"prosecutor":"p1","mode":"random","draw":1}"""u8.ToArray()));
            if (accepted.Data["previousCase"].Text is not { } previous || !cases.TryGetValue(previous, out List<CaseEvent>? before)) continue;
            byte[] data = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["step"] = "transferred-for-prosecution", ["by"] = id });
            before.Add(EventReader.Restore(CaseOwnership.LinkSource, $"transferred-for-prosecution/{id}", "step.recorded", accepted.Time, null, data));
        }
    }

    private static CaseEvent Restore(DemoEvent e) => EventReader.Restore(e.Source, e.Id, e.Type, e.Time, null, JsonSerializer.SerializeToUtf8Bytes(e.Data));

    private sealed class Tally
    {
        public int Count { get; private set; }
        public int Open { get; private set; }
        public HashSet<string> Cases { get; } = [];
        public List<string> Examples { get; } = [];

        public void Add(string id, FindingView view)
        {
            Count++;
            if (view.ClearedAt is null) Open++;
            if (Cases.Add(id)) Examples.Add($"{id} {view.Subject} {view.Instance} {view.RaisedAt:yyyy-MM-dd HH:mm} to {view.ClearedAt:yyyy-MM-dd HH:mm}");
        }
    }
}

using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Cluster.Api.Demo;
using Cluster.Cases.Assessment;
using Cluster.Cases.Events;

namespace Benchmarks;

/// <summary>One assessment with the whole catalogue, on cases of the demo.</summary>
[MemoryDiagnoser]
public class AssessBenchmark
{
    private CaseHistory _fifty = CaseHistory.Empty;
    private CaseHistory _largest = CaseHistory.Empty;
    private DateTimeOffset _now;

    [GlobalSetup]
    public void Load()
    {
        var cases = new DemoReplay().Events().GroupBy(e => e.Subject).Select(g => g.ToList()).ToList();
        _fifty = History(cases.First(c => c.Count == 50 && c[0].Data["caseType"]?.ToString() == "PRO"));
        _largest = History(cases.MaxBy(c => c.Count)!);
        _now = _fifty.All[^1].Time.AddDays(1) > _largest.All[^1].Time ? _fifty.All[^1].Time.AddDays(1) : _largest.All[^1].Time.AddDays(1);
        Console.WriteLine($"// the largest case of the demo has {_largest.All.Count} events");
    }

    [Benchmark(Description = "Assess, 50 events")]
    public CaseAssessment Fifty() => Assessor.Default.Assess(_fifty, _now);

    [Benchmark(Description = "Assess, 50 events, one of them new: folded and its cards walked anew")]
    public CaseAssessment Fresh() => Assessor.Default.Assess(CaseHistory.Of(_fifty.All), _now);

    [Benchmark(Description = "Assess, the demo's largest case")]
    public CaseAssessment Largest() => Assessor.Default.Assess(_largest, _now);

    [Benchmark(Description = "Case as JSON with proofs, 50 events")]
    public byte[] Json() => CaseJson.Case("c", _fifty, Assessor.Default.Assess(_fifty, _now), static (_, _) => Handling.None);

    private static CaseHistory History(IEnumerable<DemoEvent> events) => CaseHistory.Of(events.Select(e =>
        EventReader.Restore(e.Source, e.Id, e.Type, e.Time, null, JsonSerializer.SerializeToUtf8Bytes(e.Data))));
}

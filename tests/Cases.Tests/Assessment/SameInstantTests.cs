using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Law;

namespace Cases.Tests.Assessment;

/// <summary>Senders that know only the day give many events one instant.</summary>
public sealed class SameInstantTests
{
    private static readonly DateTimeOffset Returned = new(2026, 2, 20, 10, 0, 0, LegalTime.Offset);

    [Fact]
    public void Two_returns_at_one_instant_are_judged_once_each()
    {
        var history = CaseHistory.Of(
        [
            Event("accepted", "case.accepted", Returned.AddDays(-9), """{"caseType":"PRO","procuratorate":"422826","receivedOn":"2026-02-11","suspects":[{"suspect":"1"}]}"""),
            Event("a", "supplement.returned", Returned, """{"to":"police"}"""),
            Event("b", "supplement.returned", Returned, """{"to":"police"}"""),
        ]);

        var findings = Assessor.Default.Assess(history, Returned.AddDays(1)).Findings.Where(f => f.Rule.Id == "WS-002");
        Assert.Equal(["1", "2"], findings.Select(f => f.Instance));
    }

    private static CaseEvent Event(string id, string type, DateTimeOffset time, string data) =>
        EventReader.Restore("/test", id, type, time, null, System.Text.Encoding.UTF8.GetBytes(data));
}

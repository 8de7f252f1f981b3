using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Cases.Assessment;
using Cluster.Cases.Assignment.Calibration;
using Cluster.Cases.Events;

namespace Cluster.Cases.Tests.Assignment.Calibration;

public sealed class HandlingEffortTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8));

    private readonly List<CaseEvent> _events = [];

    [Fact]
    public void Effort_runs_from_the_assignment_to_the_decision()
    {
        Accepted();
        Happens(2, "case.assigned", """{"prosecutor":"p","mode":"random"}""");
        Happens(10, "case.reassigned", """{"prosecutor":"q","reason":"调离"}""");
        Happens(32, "decision.made", """{"kind":"prosecute"}""");
        Happens(90, "decision.made", """{"kind":"protest"}""");

        var effort = Effort()!;
        Assert.Equal((30.0, "PRO", 2.0), (effort.Days, effort.Input.CaseType, effort.Input.Volumes));
    }

    [Fact]
    public void Days_at_the_police_at_an_appraisal_and_suspended_do_not_count_and_none_twice()
    {
        Accepted();
        Happens(10, "supplement.returned", """{"to":"police"}""");
        Happens(40, "supplement.resubmitted", """{"receivedOn":"2026-04-11"}""");
        Happens(35, "appraisal.started", """{"suspect":"1"}""");
        Happens(45, "appraisal.ended", """{"suspect":"1"}""");
        Happens(50, "step.recorded", """{"step":"review-suspended"}""");
        Happens(55, "step.recorded", """{"step":"review-resumed"}""");
        Happens(60, "decision.made", """{"kind":"prosecute"}""");

        Assert.Equal(20, Effort()!.Days); // 60 less 10 to 45 and 50 to 55
        Assert.Equal(1, Effort()!.Input.Returns);
    }

    [Fact]
    public void A_return_that_never_ended_counts_till_the_end()
    {
        Accepted();
        Happens(10, "supplement.returned", """{"to":"police"}""");
        Happens(60, "case.closed", "{}");

        Assert.Equal(10, Effort()!.Days);
    }

    [Fact]
    public void A_case_decided_on_the_spot_takes_some_hours()
    {
        Accepted();
        Happens(0.01, "decision.made", """{"kind":"prosecute"}""");

        Assert.Equal(0.25, Effort()!.Days);
    }

    [Fact]
    public void What_is_not_handled_to_an_end_or_makes_no_sense_tells_nothing()
    {
        Accepted();
        Assert.Null(Effort());
        Happens(400, "decision.made", """{"kind":"prosecute"}""");
        Assert.Null(Effort()); // not yet
        Happens(-3, "decision.made", """{"kind":"prosecute"}""");
        Assert.Null(Effort());
        _events.RemoveAt(0);
        Assert.Null(Effort());
    }

    private void Accepted() => Happens(0, "case.accepted", """{"caseType":"PRO","procuratorate":"422826","receivedOn":"2026-03-02","suspects":[{"suspect":"1"}],"volumes":2}""");

    private void Happens(double days, string type, string data) =>
        _events.Add(EventReader.Restore("/test", $"e{_events.Count}", type, Start.AddDays(days), null, JsonSerializer.SerializeToUtf8Bytes(JsonNode.Parse(data))));

    private EffortSample? Effort() => HandlingEffort.Of("c", CaseHistory.Of(_events), Start.AddDays(365));
}

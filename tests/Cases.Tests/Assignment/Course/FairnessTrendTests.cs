using Cluster.Cases.Assignment.Course;
using static Cases.Tests.Assignment.Course.Courses;

namespace Cases.Tests.Assignment.Course;

public sealed class FairnessTrendTests
{
    [Fact]
    public void A_point_tells_the_loads_at_the_end_of_its_last_day_and_what_was_given_on_its_days()
    {
        List<CaseCourse> cases =
        [
            Case("a", 1, "p1"), Case("b", 1, "p2", until: 4), Case("c", 2, "p1", "designated", waits: 30),
            Case("d", 3, "p2") with { Assignments = [new(Day(3), "p2", "random"), new(Day(5), "p1", CourseAssignment.Reassigned)] },
        ];
        var points = FairnessTrend.Of(cases, Roster(cases, Entry("p1"), Entry("p2")), Date(1), Date(6), 1, Day(5, 12), FairnessTable.Default);
        Assert.Equal(Enumerable.Range(1, 5).Select(Date), points.Select(p => p.Until));
        Assert.Equal([0, 1, 0, 0, 0], points.Select(p => p.Waiting));
        Assert.Equal([2, 0, 2, 0, 0], points.Select(p => p.Given.Assigned));
        Assert.Equal([0, 0, 1, 0, 0], points.Select(p => p.Given.Designated));
        Assert.Equal([0, 0, 0, 0, 1], points.Select(p => p.Given.Reassigned));
        Assert.Equal([0, null, 0, null, null], points.Select(p => p.Given.MedianWait));
        Assert.Equal([0, null, 30, null, null], points.Select(p => p.Given.P90Wait));
        // p1 4 and p2 4 on the third day; without b p2 has 2 on the fourth.
        Assert.Equal([0, 0, 0, 0.3333, 0.3333], points.Select(p => p.Cv));
        Assert.All(points, p => Assert.Null(p.Given.DesignatedShare));

        var week = Assert.Single(FairnessTrend.Of(cases, Roster(cases, Entry("p1"), Entry("p2")), Date(1), Date(6), 7, Day(5, 12), FairnessTable.Default));
        Assert.Equal((Date(1), Date(5), 4, 1, 1, 0.3333), (week.From, week.Until, week.Given.Assigned, week.Given.Designated, week.Given.Reassigned, week.Cv));
    }

    [Fact]
    public void Whatever_was_given_before_the_period_weighs_in_it()
    {
        List<CaseCourse> cases = [Case("a", 1, "p1"), Case("b", 2, "p2", until: 30)];
        var points = FairnessTrend.Of(cases, Roster(cases, Entry("p1"), Entry("p2")), Date(20), Date(31), 1, Day(60), FairnessTable.Default);
        Assert.Equal((0, 1), (points[0].Cv, points[^1].Cv));
        Assert.All(points, p => Assert.Equal(0, p.Given.Assigned));
    }

    [Fact]
    public void Who_carried_a_case_before_the_roster_first_tells_of_them_counts_from_that_day_on_and_nobody_else_does()
    {
        List<CaseCourse> cases = [Case("a", 1, "p1"), Case("b", 3, "p2")];
        var roster = Roster(cases, Entry("p1", 10), Entry("p2", 10), Entry("p3", 10));
        Assert.Equal(["p1", "p1", "p1 p2", "p1 p2"], new[] { 1, 2, 3, 9 }.Select(d => string.Join(' ', roster.OnDuty(Date(d)).Select(p => p.Prosecutor))));
        Assert.Equal("p1 p2 p3", string.Join(' ', roster.OnDuty(Date(10)).Select(p => p.Prosecutor)));
        Assert.Empty(roster.OnDuty(Date(0)));
    }

    [Fact]
    public void Shares_are_told_of_thirty_cases_or_more()
    {
        var cases = Enumerable.Range(0, 30).Select(i => Case($"c{i}", 1, "p1", i < 6 ? "designated" : "random")).ToList();
        var (from, until) = (Day(1, 0), Day(2, 0));
        Assert.Equal(0.2, GivenCases.Of(cases, from, until, FairnessTable.Default).DesignatedShare);
        Assert.Null(GivenCases.Of(cases.Skip(1), from, until, FairnessTable.Default).DesignatedShare);
    }
}

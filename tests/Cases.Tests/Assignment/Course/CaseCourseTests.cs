using Cases.Tests.Assessment;
using Cluster.Cases.Assessment;
using Cluster.Cases.Assignment.Course;
using Cluster.Cases.Events;
using Cluster.Law;

namespace Cases.Tests.Assignment.Course;

public sealed class CaseCourseTests
{
    [Fact]
    public void At_every_event_a_course_says_what_the_assessment_of_that_instant_says()
    {
        var compared = 0;
        for (ulong seed = 1; seed <= 300; seed++)
        {
            var made = new Histories(seed);
            var events = made.Make(4 + made.Below(40)).Where(e => e.Type is not ("event.corrected" or "event.voided")).ToList();
            var history = CaseHistory.Of(events);
            var now = Histories.Start.AddDays(200);
            if (CaseCourse.Of("c", history, now, HolidayCalendar.Default) is not { } course) continue;
            foreach (var at in events.Select(e => e.Time).Where(t => t >= course.AcceptedAt).Distinct())
            {
                var assessed = Assessor.Default.Assess(history, at);
                var step = course.Steps.Last(s => s.At <= at);
                Assert.True((assessed.Prosecutor, assessed.Weight.Value, assessed.Open) == (step.Prosecutor, step.Weight, step.Open), $"seed {seed} at {at:O}: {step} but {assessed.Prosecutor} {assessed.Weight.Value} {assessed.Open}");
                compared++;
            }
        }

        Assert.True(compared > 3000, $"only {compared} instants compared");
    }

    [Fact]
    public void Corrections_and_voids_count_for_the_past_too()
    {
        for (ulong seed = 1; seed <= 200; seed++)
        {
            var made = new Histories(seed);
            var history = CaseHistory.Of(made.Make(4 + made.Below(40)));
            var now = Histories.Start.AddDays(200);
            var assessed = Assessor.Default.Assess(history, now);
            var course = CaseCourse.Of("c", history, now, HolidayCalendar.Default);
            Assert.Equal(assessed.CaseType.Length > 0, course is not null);
            if (course is not null) Assert.Equal((assessed.Prosecutor, assessed.Weight.Value, assessed.Open), (course.Steps[^1].Prosecutor, course.Steps[^1].Weight, course.Steps[^1].Open));
        }
    }

    [Fact]
    public void A_draw_gives_way_to_what_the_office_reported_and_a_case_given_back_and_forth_was_reassigned_each_time()
    {
        var course = Of(
            Event("a", "case.accepted", 0, """{"caseType":"PRO","procuratorate":"422826","receivedOn":"2026-03-02","suspects":[{"suspect":"1","defender":{"name":"李律师","kind":"lawyer"}}],"sentBy":{"name":"咸丰县公安局","kind":"police"}}"""),
            Event("draw", "case.assigned", 0, """{"prosecutor":"p1","mode":"random"}""", CaseOwnership.DrawSource),
            Event("b", "case.assigned", 2, """{"prosecutor":"p2","mode":"designated"}"""),
            Event("c", "case.reassigned", 3, """{"prosecutor":"p2","reason":"x"}"""),
            Event("d", "case.reassigned", 4, """{"prosecutor":"p3","reason":"x"}"""),
            Event("e", "case.reassigned", 5, """{"prosecutor":"p2","reason":"x"}"""),
            Event("f", "defender.registered", 6, """{"suspect":"1","name":"值班王律师","kind":"duty","papers":[]}"""),
            Event("g", "defender.registered", 6, """{"suspect":"1","name":"赵律师","kind":"legal-aid","papers":[]}"""));

        Assert.Equal(["designated p2", "reassigned p3", "reassigned p2"], course.Assignments.Select(a => $"{a.Mode} {a.Prosecutor}"));
        Assert.Equal(("咸丰县公安局", "李律师 赵律师"), (course.PoliceUnit, string.Join(' ', course.Lawyers)));
    }

    [Fact]
    public void A_case_of_thousands_of_events_is_read_in_a_few_hundred_places_and_ends_where_it_is()
    {
        var events = new List<CaseEvent> { Event("a", "case.accepted", 0, """{"caseType":"PRO","procuratorate":"422826","receivedOn":"2026-03-02","suspects":[{"suspect":"1"}]}""") };
        for (var i = 0; i < 6000; i++) events.Add(Event($"f{i}", "files.requested", i, """{"by":{"name":"李律师","kind":"lawyer"}}"""));
        events.Add(Event("z", "case.reassigned", 7000, """{"prosecutor":"p9","reason":"x"}"""));
        events.Add(Event("end", "case.closed", 7001, "{}"));
        var course = Of([.. events]);
        Assert.Equal(("p9", false), (course.Steps[^1].Prosecutor, course.Steps[^1].Open));
        Assert.True(course.Steps.Length <= 410);
    }

    private static CaseCourse Of(params CaseEvent[] events) => CaseCourse.Of("c", CaseHistory.Of(events), Courses.Day(3000), HolidayCalendar.Default)!;

    private static CaseEvent Event(string id, string type, int hours, string data, string source = "/test") =>
        EventReader.Restore(source, id, type, Courses.Day(1).AddHours(hours), null, System.Text.Encoding.UTF8.GetBytes(data));
}

using System.Text.Json;
using Cluster.Api.Tests.World;

namespace Cluster.Api.Tests;

/// <summary>The states that a case has gone through, over the real engine and store.</summary>
public sealed class CourseTests : IAsyncLifetime
{
    private RealServer server = null!;

    public async Task InitializeAsync()
    {
        server = await RealServer.Start(new DateTimeOffset(2026, 5, 20, 9, 0, 0, TimeSpan.FromHours(8)));
        await server.DefineOffice();
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Each_state_comes_with_the_event_that_led_to_it_and_time_alone_leads_on_too()
    {
        await server.Send(
            At("a", "2026-02-09T09:30:00+08:00", "case.accepted", """{"caseType":"PRO","procuratorate":"422826","department":"422826-1","receivedOn":"2026-02-09","registeredOn":"2026-02-09","suspects":[{"suspect":"1"}]}"""),
            At("b", "2026-02-20T10:00:00+08:00", "opinion.heard", """{"who":"suspect","suspect":"1"}"""),
            At("c", "2026-03-02T10:00:00+08:00", "supplement.returned", """{"to":"police","outline":true}"""));

        JsonElement course = await server.Get("/api/cases/c/course");
        // A month for the return: its last day is 2 April.
        Assert.Equal(
            [("UNDER_REVIEW", "2026-02-09T09:30:00+08:00", "a"), ("RETURNED_1", "2026-03-02T10:00:00+08:00", "c"), ("RETURN_OVERDUE", "2026-04-03T00:00:00+08:00", null)],
            Told(course));
        Assert.False(course.GetProperty("more").GetBoolean());
        Assert.Equal((await server.Case("c")).GetProperty("stage").GetString(), Told(course)[^1].Stage);
    }

    [Fact]
    public async Task As_of_an_instant_it_ends_there()
    {
        await server.Send(
            At("a", "2026-02-09T09:30:00+08:00", "case.accepted", """{"caseType":"PRO","procuratorate":"422826","department":"422826-1","receivedOn":"2026-02-09","registeredOn":"2026-02-09","suspects":[{"suspect":"1"}]}"""),
            At("c", "2026-03-02T10:00:00+08:00", "supplement.returned", """{"to":"police","outline":true}"""));
        Assert.Equal(["UNDER_REVIEW"], Told(await server.Get("/api/cases/c/course?asOf=2026-03-02T09:59:59%2B08:00")).Select(s => s.Stage));
        Assert.Equal(["UNDER_REVIEW", "RETURNED_1"], Told(await server.Get("/api/cases/c/course?asOf=2026-03-02T10:00:00%2B08:00")).Select(s => s.Stage));
    }

    [Fact]
    public async Task There_is_no_course_of_a_case_that_does_not_exist() => await (await server.Admin.GetAsync("/api/cases/none/course")).Problem(404);

    private static (string Stage, string At, string? By)[] Told(JsonElement course) =>
        [.. course.GetProperty("stages").EnumerateArray().Select(s => (
            s.GetProperty("stage").GetString()!, s.GetProperty("at").GetDateTimeOffset().ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-ddTHH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture),
            s.GetProperty("event") is { ValueKind: JsonValueKind.Object } by ? by.GetProperty("id").GetString() : null))];

    private static string At(string id, string time, string type, string data) =>
        $$"""{"specversion":"1.0","id":"{{id}}","source":"/test","type":"{{type}}","subject":"c","time":"{{time}}","datacontenttype":"application/json","data":{{data}}}""";
}

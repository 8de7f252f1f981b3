using System.Text.Json;
using Cluster.Api.Tests.World;

namespace Cluster.Api.Tests;

/// <summary>What senders and those who write rules may look up.</summary>
public sealed class VocabularyTests : IAsyncLifetime
{
    private ApiServer server = null!;
    private HttpClient sender = null!;

    public async Task InitializeAsync()
    {
        server = await ApiServer.Start();
        sender = await server.User("sender", ["sender"], "422826");
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Every_event_type_is_listed_with_its_fields()
    {
        var types = (await Items("/api/event-types")).ToDictionary(t => t.GetProperty("type").GetString()!);
        Assert.Equal(Cluster.Cases.Events.EventTypes.All, types.Keys);

        JsonElement accepted = types["case.accepted"];
        Assert.False(accepted.GetProperty("canBeSwitchedOff").GetBoolean());
        Assert.True(types["card.filled"].GetProperty("canBeSwitchedOff").GetBoolean());
        var fields = accepted.GetProperty("fields").EnumerateArray().ToDictionary(f => f.GetProperty("name").GetString()!);
        (string?, bool) Shape(string name) => (fields[name].GetProperty("type").GetString(), fields[name].GetProperty("required").GetBoolean());
        Assert.Equal(("choice", true), Shape("caseType"));
        Assert.Contains("PILA", fields["caseType"].GetProperty("values").EnumerateArray().Select(v => v.GetString()));
        Assert.Equal(("date", true), Shape("receivedOn"));
        Assert.Equal(("when", false), Shape("registeredOn"));
        Assert.Equal(("object", false), Shape("sentBy"));
        Assert.Equal(("choice", false), Shape("sentBy.kind"));
        Assert.Equal(("list", true), Shape("suspects"));
        Assert.Equal(("text", true), Shape("suspects.suspect"));
        Assert.Equal(("choice", false), Shape("suspects.measure.kind"));
        Assert.Equal(("number", false), Shape("returnsSoFar"));
        Assert.Equal(("tally", false), Shape("victims"));
        Assert.Equal(JsonValueKind.Null, fields["receivedOn"].GetProperty("values").ValueKind);
    }

    [Fact]
    public async Task Every_step_is_listed_with_the_rules_that_need_it()
    {
        var steps = (await Items("/api/steps")).ToDictionary(s => s.GetProperty("code").GetString()!);
        Assert.Equal(Cluster.Cases.Rules.StepCodes.All.Keys, steps.Keys);
        Assert.Equal("书面通知解除查封扣押冻结", steps["property-release-told"].GetProperty("name").GetProperty("zh").GetString());
        Assert.Equal(["CW-007", "CW-008", "CW-015"], Rules("property-release-told"));
        Assert.Equal(["CW-012"], Rules("property-victims"));
        Assert.DoesNotContain("CW-012", Rules("property-release-told"));

        IEnumerable<string> Rules(string step) => steps[step].GetProperty("rules").EnumerateArray().Select(r => r.GetString()!);
    }

    [Fact]
    public async Task Every_state_is_listed_under_its_case_types()
    {
        JsonElement own = (await Items("/api/stages")).Single(c => c.GetProperty("caseTypes").EnumerateArray().Any(t => t.GetString() == "OWN"));
        var states = own.GetProperty("states").EnumerateArray().ToDictionary(s => s.GetProperty("code").GetString()!, s => s.GetProperty("open").GetBoolean());
        Assert.True(states["FILED"]);
        Assert.False(states["DROPPED"]);
        Assert.False(states["ARCHIVE"]);
        Assert.Equal("已立案", own.GetProperty("states").EnumerateArray().Single(s => s.GetProperty("code").GetString() == "FILED").GetProperty("name").GetProperty("zh").GetString());
    }

    private async Task<JsonElement[]> Items(string path) => [.. (await (await sender.GetAsync(path)).Json()).GetProperty("items").EnumerateArray()];
}

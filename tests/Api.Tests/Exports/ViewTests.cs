using System.Text.Json;
using Cluster.Api.Tests.World;

namespace Cluster.Api.Tests.Exports;

/// <summary>Saved views.</summary>
public sealed class ViewTests : IAsyncLifetime
{
    private ApiServer server = null!;

    public async Task InitializeAsync() => server = await ApiServer.Start();

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Each_account_has_its_own_in_its_order()
    {
        using HttpClient one = await server.User("a", ["monitor"], "422826"), other = await server.User("b", ["monitor"], "422826");
        Assert.Empty(Views(await (await one.GetAsync("/api/me/views")).Json()));
        (string, string)[] views = [("乙", "level=L3&group=case"), ("甲", "")];
        Assert.Equal(views, Views(await (await Put(one, views)).Json()));
        Assert.Equal(views, Views(await (await one.GetAsync("/api/me/views")).Json()));
        Assert.Empty(Views(await (await other.GetAsync("/api/me/views")).Json()));
    }

    [Fact]
    public async Task What_is_beyond_the_limits_is_pointed_at_and_changes_nothing()
    {
        using HttpClient user = await server.User("a", ["handler"]);
        await (await Put(user, [("好", "x=1")])).Json();
        (string Pointer, (string, string)[] Views)[] wrong =
        [
            ("/views", [.. Enumerable.Range(0, 21).Select(i => ($"v{i}", "x"))]), ("/views/1/name", [("a", ""), ("a", "")]), ("/views/0/name", [(" ", "")]), ("/views/0/name", [(new string('名', 41), "")]),
            ("/views/0/query", [("a", new string('x', 1_001))]), ("/views/0/query", [("a", "x\n")]),
        ];
        foreach ((string pointer, (string, string)[] views) in wrong)
            Assert.Equal(pointer, (await (await Put(user, views)).Problem(422)).GetProperty("pointer").GetString());
        Assert.Equal([("好", "x=1")], Views(await (await user.GetAsync("/api/me/views")).Json()));
    }

    private static Task<HttpResponseMessage> Put(HttpClient client, (string Name, string Query)[] views) =>
        client.PutAsJsonAsync("/api/me/views", new { views = views.Select(v => new { name = v.Name, query = v.Query }) });

    private static (string, string)[] Views(JsonElement body) =>
        [.. body.GetProperty("views").EnumerateArray().Select(v => (v.GetProperty("name").GetString()!, v.GetProperty("query").GetString()!))];
}

using System.Text.Json;
using Cluster.Api.Tests.World;

namespace Cluster.Api.Tests;

/// <summary>The filter <c>under</c>: a procuratorate with those below it, within what an account sees anyway.</summary>
public sealed class UnderTests : IAsyncLifetime
{
    private ApiServer server = null!;

    public async Task InitializeAsync()
    {
        server = await ApiServer.Start();
        await server.DefineOffice();
        await server.Accept("a", "422826", "422826-1", "422826-p1");
        await server.Accept("b", "422827", "422827-1", "422827-p1");
    }

    public Task DisposeAsync() => server.DisposeAsync().AsTask();

    [Theory]
    [InlineData("4228", "a b")]
    [InlineData("422826", "a")]
    [InlineData("422827", "b")]
    [InlineData("none-such", "")]
    public async Task Whoever_sees_everything_sees_what_lies_there(string under, string expected)
    {
        using HttpClient admin = await server.Admin();
        Assert.Equal(expected, await Listed(admin, under));
    }

    [Theory]
    [InlineData("superior", "4228", "4228", "a b")]
    [InlineData("superior", "4228", "422827", "b")]
    [InlineData("monitor", "422826", "4228", "a")]
    [InlineData("monitor", "422826", "422827", "")]
    public async Task Nobody_sees_more_by_it(string role, string office, string under, string expected)
    {
        using HttpClient person = await server.User("person", [role], office);
        Assert.Equal(expected, await Listed(person, under));
    }

    [Theory]
    [InlineData("4228", "a")]
    [InlineData("422826", "a")]
    [InlineData("422827", "")]
    public async Task A_prosecutor_has_own_cases_there_or_none(string under, string expected)
    {
        using HttpClient handler = await server.User("handler", ["handler"], "422826", "422826-1", "422826-p1");
        Assert.Equal(expected, await Listed(handler, under));
    }

    private static async Task<string> Listed(HttpClient client, string under)
    {
        string[] ids = [.. (await (await client.GetAsync($"/api/cases?under={under}")).Json()).GetProperty("items").EnumerateArray().Select(c => c.GetProperty("id").GetString()!).Order(StringComparer.Ordinal)];
        JsonElement alerts = (await (await client.GetAsync($"/api/alerts?under={under}")).Json()).GetProperty("items");
        Assert.All(alerts.EnumerateArray(), alert => Assert.Contains(alert.GetProperty("case").GetString(), ids));
        JsonElement upcoming = await (await client.GetAsync($"/api/wall/deadlines?under={under}")).Content.ReadFromJsonAsync<JsonElement>();
        if (upcoming.TryGetProperty("items", out JsonElement next)) Assert.All(next.EnumerateArray(), item => Assert.Contains(item.GetProperty("case").GetString(), ids));
        return string.Join(' ', ids);
    }
}

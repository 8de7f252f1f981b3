using System.Text.Json;
using Cluster.Api.Tests.World;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Tests.Packed;

/// <summary>A screen that speaks MessagePack sees exactly what one that speaks JSON sees.</summary>
public sealed class BothProtocolsTests : IAsyncLifetime
{
    private ApiServer server = null!;
    private string admin = null!;

    public async Task InitializeAsync()
    {
        server = await ApiServer.Start();
        await server.DefineOffice();
        admin = await server.Token("admin", ApiServer.AdminPassword);
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task The_server_says_that_it_speaks_both()
    {
        using HttpClient client = server.With(admin);
        JsonElement me = await (await client.GetAsync("/api/me")).Json();
        Assert.Equal(["json", "messagepack"], me.GetProperty("hubProtocols").EnumerateArray().Select(p => p.GetString()));
    }

    [Fact]
    public async Task Items_of_every_kind_are_the_same_sent_and_missed()
    {
        await Both(admin, async (json, packed) =>
        {
            await json.Watch("all");
            await packed.Watch("all");
            foreach ((string kind, string payload) in Recorded.Items) server.Store.Feed(kind, payload, "all");
            Same(await json.Feed(1_000), await packed.Feed(1_000));
        });
        await Both(admin, async (json, packed) => Same([await json.Watch("all", 700)], [await packed.Watch("all", 700)]));
        await Both(admin, async (json, packed) => Same([await json.Watch("all", 1_000)], [await packed.Watch("all", 1_000)]));
    }

    [Theory]
    [InlineData("all")]
    [InlineData("procuratorate:422826")]
    [InlineData("department:422826-1")]
    [InlineData("prosecutor:422826-p1")]
    [InlineData("case:one")]
    public async Task Snapshots_of_every_kind_are_the_same(string scope)
    {
        await server.Accept("one", "422826", "422826-1", "422826-p1");
        foreach ((string kind, string payload) in Recorded.Items.Where(i => i.Kind is "alert" or "assignment").Take(50)) server.Store.Feed(kind, payload, scope);
        foreach ((int number, string alert) in Recorded.Items.Where(i => i.Kind == "alert").Take(20).Select((i, n) => (n, i.Payload)))
        {
            server.Store.Put(new AlertRow(
                "a" + number, "one", "QX-001", "case", "1", "W1", "期限", "open", TestClock.Start, null, null, null, TestClock.Start, "422826", "422826-1", "422826-p1",
                System.Text.Encoding.UTF8.GetBytes(alert)));
        }
        await Both(admin, async (json, packed) => Same([await json.Watch(scope)], [await packed.Watch(scope)]));
    }

    [Fact]
    public async Task What_is_withheld_is_withheld_in_both()
    {
        await server.AddUser("above", ["superior"], "4228");
        await Both(await server.Token("above"), async (json, packed) =>
        {
            await json.Watch("all");
            await packed.Watch("all");
            server.Store.Feed("alert", """{"id":"a","procuratorate":"422826"}""", "all");
            server.Store.Feed("alert", """{"id":"secret","procuratorate":"999999"}""", "all");
            server.Store.Feed("workload", """{"department":"422827-1"}""", "all");
            List<JsonElement> items = await packed.Feed(3);
            Same(await json.Feed(3), items);
            Assert.Equal(JsonValueKind.Null, items[1].GetProperty("payload").ValueKind);
            Assert.Equal("case", items[1].GetProperty("kind").GetString());
        });
    }

    [Theory]
    [InlineData("Watch", "everything", null)]
    [InlineData("Watch", "case:", null)]
    [InlineData("Watch", null, null)]
    [InlineData("Watch", "procuratorate:422827", null)]
    [InlineData("Watch", "all", "5")]
    [InlineData("Watch", "all", 1.5)]
    [InlineData("Watch", 5, null)]
    [InlineData("Watch", "all", true)]
    [InlineData("Nothing", "all", null)]
    public async Task Refusals_and_mistakes_are_answered_in_the_same_words(string target, object? scope, object? from)
    {
        await server.AddUser("m", ["monitor"], "422826");
        await Both(await server.Token("m"), async (json, packed) => Assert.Equal(
            (await Assert.ThrowsAsync<HubError>(() => json.Invoke(target, scope, from))).Message,
            (await Assert.ThrowsAsync<HubError>(() => packed.Invoke(target, scope, from))).Message));
    }

    [Fact]
    public async Task What_is_larger_than_a_call_may_be_ends_the_connection_in_both()
    {
        foreach (string protocol in (string[])["json", "messagepack"])
        {
            await using HubClient client = await HubClient.Connect(server.Address, admin, protocol: protocol);
            await Assert.ThrowsAsync<InvalidOperationException>(() => client.Invoke("Watch", "case:" + new string('x', 40_000), null));
        }
    }

    private async Task Both(string token, Func<HubClient, HubClient, Task> compare)
    {
        await using HubClient json = await HubClient.Connect(server.Address, token);
        await using HubClient packed = await HubClient.Connect(server.Address, token, protocol: "messagepack");
        await compare(json, packed);
    }

    private static void Same(IReadOnlyList<JsonElement> json, IReadOnlyList<JsonElement> packed)
    {
        Assert.Equal(json.Count, packed.Count);
        foreach ((JsonElement one, JsonElement other) in json.Zip(packed))
            Assert.True(JsonElement.DeepEquals(one, other), $"{one.GetRawText()}\nis not\n{other.GetRawText()}");
    }
}

using System.Text;
using System.Text.Json;
using Cluster.Api.Tests.World;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Tests.Acting;

/// <summary>Acts on alerts of many cases, one of which cannot be written.</summary>
public sealed class FailingCaseTests : IAsyncLifetime
{
    private ApiServer server = null!;

    public async Task InitializeAsync() => server = await ApiServer.Start();

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_case_that_fails_fails_its_own_rows_only()
    {
        for (int i = 0; i < 40; i++)
        {
            server.Store.Put(new AlertRow(
                "a" + i, "c" + i % 4, "QX-001", "case", i.ToString(), "W1", "期限", "open", TestClock.Start, null, null, null, TestClock.Start, "422826", null, null, Encoding.UTF8.GetBytes("{}")));
        }
        server.Grains.BeforeRecord = id => id == "c2" ? Task.FromException(new StoreUnavailableException(new IOException("away"))) : Task.CompletedTask;
        using HttpClient monitor = await server.User("m", ["monitor"], "422826");
        JsonElement answer = await (await monitor.PostAsJsonAsync("/api/alerts/acts", new { act = "acknowledge", ids = Enumerable.Range(0, 40).Select(i => "a" + i) })).Json();
        var rows = answer.GetProperty("results").EnumerateArray().ToList();
        for (int i = 0; i < 40; i++)
        {
            Assert.Equal("a" + i, rows[i].GetProperty("id").GetString());
            Assert.Equal(i % 4 == 2 ? "rejected" : "acknowledged", rows[i].GetProperty("status").GetString());
            if (i % 4 == 2) Assert.Equal("store-unavailable", rows[i].GetProperty("error").GetProperty("code").GetString());
        }
        await (await monitor.PostAsJsonAsync("/api/alerts/a2/acknowledge", new { })).Problem(503, "store-unavailable");
    }
}

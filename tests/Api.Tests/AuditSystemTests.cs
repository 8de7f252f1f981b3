using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cluster.Api.Tests.World;
using Microsoft.Data.Sqlite;

namespace Cluster.Api.Tests;

/// <summary>The audit log of the whole system, as an auditor finds it.</summary>
public sealed class AuditSystemTests : IAsyncLifetime
{
    private const string Case = "咸检起诉受[2026]1号";

    private RealServer server = null!;

    public async Task InitializeAsync()
    {
        server = await RealServer.Start();
        await server.DefineOffice();
        await server.Send(Events.Accepted("e-1", Case, "422826", "422826-1"));
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_hundred_parallel_reads_give_a_chain_that_anybody_can_check_without_the_server()
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => server.Case(Case)));
        JsonElement check = await server.Get("/api/audit/verify");
        Assert.True(check.GetProperty("ok").GetBoolean());
        Assert.Equal(JsonValueKind.Null, check.GetProperty("brokenAt").ValueKind);

        List<JsonElement> lines = await Lines("/api/audit");
        Assert.Equal(100, lines.Count(l => l.GetProperty("action").GetString() == "case.read" && l.GetProperty("target").GetString() == "case:" + Case));
        Assert.Equal(Enumerable.Range(1, lines.Count).Select(n => (long)n), lines.Select(l => l.GetProperty("number").GetInt64()));
        string previous = new('0', 64);
        foreach (JsonElement line in lines)
        {
            Assert.Equal(previous, line.GetProperty("previous").GetString());
            previous = Hash(line);
            Assert.Equal(previous, line.GetProperty("hash").GetString());
        }
        Assert.Equal(check.GetProperty("head").GetString(), lines[check.GetProperty("entries").GetInt32() - 1].GetProperty("hash").GetString());
        Assert.Equal("audit.verified", lines[^2].GetProperty("action").GetString());
        Assert.Equal("audit.read", lines[^1].GetProperty("action").GetString());
    }

    [Fact]
    public async Task Lines_go_on_after_a_number_and_can_be_filtered_and_limited()
    {
        for (int i = 0; i < 3; i++) await server.Case(Case);
        List<JsonElement> all = await Lines("/api/audit");

        Assert.Equal(all.Skip(2).Take(4).Select(Number), (await Lines("/api/audit?after=2&limit=4")).Select(Number));
        Assert.Equal(
            all.Where(l => l.GetProperty("action").GetString() == "case.read").Select(Number),
            (await Lines("/api/audit?action=case.read")).Select(Number));
        Assert.Empty(await Lines("/api/audit?after=100000"));
        await (await Ask("/api/audit?cursor=x")).Problem(422);
    }

    [Fact]
    public async Task The_chain_goes_on_after_a_restart()
    {
        await server.Case(Case);
        await server.StartAgain();
        await server.Case(Case);

        Assert.True((await server.Get("/api/audit/verify")).GetProperty("ok").GetBoolean());
    }

    [Theory]
    [InlineData("UPDATE audit SET actor = 'nobody' WHERE number = 3", 3, "changed")]
    [InlineData("DELETE FROM audit WHERE number = 3", 3, "missing")]
    public async Task What_was_changed_behind_the_servers_back_is_told_to_the_auditor(string sql, int brokenAt, string problem)
    {
        Tamper(sql);

        JsonElement check = await server.Get("/api/audit/verify");
        Assert.Equal((false, brokenAt, problem), (check.GetProperty("ok").GetBoolean(), check.GetProperty("brokenAt").GetInt32(), check.GetProperty("problem").GetString()));
        JsonElement itself = (await server.Get("/api/audit?action=audit.verified")).GetProperty("items")[0];
        Assert.Equal($$"""{"brokenAt":"{{brokenAt}}","ok":"false"}""", itself.GetProperty("detail").GetRawText());
    }

    [Fact]
    public async Task A_log_that_was_cut_and_mended_does_not_fit_the_end_that_an_auditor_noted()
    {
        JsonElement then = await server.Get("/api/audit/verify");
        string noted = $"{then.GetProperty("entries").GetInt64()}:{then.GetProperty("head").GetString()}";
        Tamper("DELETE FROM audit WHERE number > 4; UPDATE audit_head SET number = 4, hash = (SELECT hash FROM audit WHERE number = 4)");
        await server.StartAgain();

        Assert.True((await server.Get("/api/audit/verify")).GetProperty("ok").GetBoolean());
        JsonElement check = await server.Get("/api/audit/verify?noted=" + noted);
        Assert.False(check.GetProperty("ok").GetBoolean());
        Assert.InRange(check.GetProperty("brokenAt").GetInt64(), 5, then.GetProperty("entries").GetInt64());
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_stops_every_read()
    {
        using (var behind = Behind())
            Execute(behind, "CREATE TRIGGER no_audit BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no'); END");
        await (await server.Admin.GetAsync("/api/cases/" + Uri.EscapeDataString(Case))).Problem(503);
        using (var behind = Behind())
            Execute(behind, "DROP TRIGGER no_audit");

        await server.Case(Case);
        Assert.True((await server.Get("/api/audit/verify")).GetProperty("ok").GetBoolean());
    }

    // By what the API's description says, and nothing of the server's.
    private static string Hash(JsonElement line)
    {
        var bytes = new List<byte>();
        void Put(string? text)
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(text ?? "");
            bytes.AddRange(text is null ? "-"u8.ToArray() : [.. Encoding.UTF8.GetBytes($"{utf8.Length}:"), .. utf8, (byte)',']);
        }
        void PutField(string name) => Put(line.GetProperty(name).GetString());

        Put("cluster-audit-1");
        Put(line.GetProperty("number").GetRawText());
        PutField("at");
        PutField("actor");
        Put($"{line.GetProperty("roles").GetArrayLength()}");
        foreach (JsonElement role in line.GetProperty("roles").EnumerateArray()) Put(role.GetString());
        foreach (string name in (string[])["action", "target", "procuratorate", "outcome", "address", "request"]) PutField(name);
        JsonProperty[] detail = [.. line.GetProperty("detail").EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal)];
        Put($"{detail.Length}");
        foreach (JsonProperty property in detail)
        {
            Put(property.Name);
            Put(property.Value.GetString());
        }
        PutField("previous");
        return Convert.ToHexStringLower(SHA256.HashData([.. bytes]));
    }

    private static long Number(JsonElement line) => line.GetProperty("number").GetInt64();

    private async Task<HttpResponseMessage> Ask(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/x-ndjson"));
        return await server.Admin.SendAsync(request);
    }

    private async Task<List<JsonElement>> Lines(string path)
    {
        HttpResponseMessage response = await Ask(path);
        response.EnsureSuccessStatusCode();
        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType?.MediaType);
        return [.. (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];
    }

    private SqliteConnection Behind()
    {
        var connection = new SqliteConnection($"Data Source={server.StoreFile};Pooling=False");
        connection.Open();
        return connection;
    }

    private void Tamper(string sql)
    {
        using SqliteConnection behind = Behind();
        Execute(behind, "DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete; DROP TRIGGER audit_no_replace");
        Execute(behind, sql);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

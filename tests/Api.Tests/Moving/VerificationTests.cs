using Cluster.Law;
using Cluster.Silo.Verifying;
using Cluster.Storage;
using Cluster.Storage.Moving;
using Microsoft.Data.Sqlite;

namespace Cluster.Api.Tests.Moving;

/// <summary>A store in which one thing is made untrue is found out.</summary>
public sealed class VerificationTests(TransferTests.Worked site) : IClassFixture<TransferTests.Worked>, IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("verify").FullName;

    public void Dispose() => Directory.Delete(directory, true);

    [Fact]
    public void A_store_at_work_is_true()
    {
        VerificationReport found = After("SELECT 1");
        Assert.True(found.Faults == 0, string.Join('\n', found.Examples));
        Assert.True(found is { Cases: > 50, Draws: > 10, Alerts: > 100, Feeds: > 50 }, found.ToString());
    }

    [Theory]
    [InlineData("DELETE FROM event WHERE position = (SELECT max(position) FROM event e JOIN stream s ON s.id = e.stream_id WHERE s.name LIKE 'case:%')", "not at the version of its stream")]
    [InlineData("DELETE FROM event WHERE position = (SELECT min(position) FROM event e JOIN stream s ON s.id = e.stream_id WHERE s.name LIKE 'case:%')", "gap in its versions")]
    [InlineData("DELETE FROM source WHERE id = 1", "stream or a source that does not exist")]
    [InlineData("UPDATE event SET data = CAST(replace(CAST(data AS TEXT), '\"receivedOn\":\"201', '\"receivedOn\":\"200') AS BLOB) WHERE type = 'case.accepted'", "not as its events say")]
    [InlineData("UPDATE case_row SET stage = 'ARCHIVED' WHERE id = (SELECT min(id) FROM case_row)", "its stage")]
    [InlineData("UPDATE case_row SET weight = weight + 1 WHERE id = (SELECT min(id) FROM case_row)", "its weight")]
    [InlineData("DELETE FROM alert WHERE number = (SELECT min(number) FROM alert WHERE state = 0)", "not as its events say: alert")]
    [InlineData("UPDATE alert SET level = 'L3', state = state WHERE number = (SELECT min(number) FROM alert WHERE level <> 'L3' AND state <> 2)", "not as its events say: alert")]
    [InlineData("UPDATE alert SET id = 'x' || id WHERE number = (SELECT min(number) FROM alert WHERE state = 0)", "which it does not find")]
    [InlineData("DELETE FROM due WHERE case_id = (SELECT min(case_id) FROM due)", "its wake, which is missing")]
    [InlineData("UPDATE due SET at = at + 8640000000000 WHERE case_id = (SELECT min(case_id) FROM due)", "its wake, which is too late")]
    [InlineData("INSERT INTO undelivered(case_id, revision) VALUES('nobody', 1)", "owed to others")]
    [InlineData("DELETE FROM feed WHERE scope_id = 1 AND sequence = 2", "The feed of")]
    [InlineData("UPDATE feed_scope SET last = last - 1 WHERE id = 1", "The feed of")]
    [InlineData("UPDATE event SET data = CAST(replace(CAST(data AS TEXT), '\"secret\":\"', '\"secret\":\"00') AS BLOB) WHERE type = 'day.opened'", "cannot be recomputed")]
    [InlineData("UPDATE event SET data = CAST(replace(CAST(data AS TEXT), '\"u\":0.', '\"u\":0.0') AS BLOB) WHERE type = 'case.drawn'", "cannot be recomputed")]
    public void What_is_not_true_is_found(string harm, string fault)
    {
        VerificationReport found = After(harm);
        Assert.True(found.Examples.Any(f => f.Contains(fault, StringComparison.Ordinal)), string.Join('\n', found.Examples));
    }

    private VerificationReport After(string harm)
    {
        var store = new StorageOptions { Directory = Path.Combine(directory, "data") };
        StoreTransfer.Import(store, site.Exported);
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(store.Directory, "cluster.db")};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = harm;
            command.ExecuteNonQuery();
        }
        return StoreVerification.Run(store, HolidayCalendar.Default);
    }
}

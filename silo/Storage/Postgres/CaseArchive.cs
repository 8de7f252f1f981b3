using Cluster.Cases.Events;
using Cluster.Contracts.Storage;
using Npgsql;

namespace Cluster.Storage.Postgres;

/// <summary>
/// Whole histories on PostgreSQL, stream after stream. The rows of a stretch come as they are taken, so that only one case is in memory; each stretch is a
/// read of its own, so that the server may tidy up in between.
/// </summary>
internal sealed class CaseArchive(PostgresStore store) : ICaseArchive
{
    private const string Prefix = "case:";

    private const string Histories = """
        SELECT e.stream_id, s.name, e.source_id, e.id, e.type, e.time, e.time_offset, e.recorded_time, e.recorded_time_offset, e.data
        FROM event e JOIN stream s ON s.id = e.stream_id
        WHERE e.stream_id > $1 AND e.stream_id <= $2
        ORDER BY e.stream_id, e.version
        """;

    public Task<long> Count(IReadOnlyCollection<string>? procuratorates, CancellationToken cancellation = default) => store.One(
        procuratorates is null
            ? new Statement("SELECT count(*) FROM case_row")
            : new Statement("SELECT count(*) FROM case_row WHERE procuratorate = ANY($1)").Set(procuratorates),
        row => row.Long(0),
        cancellation);

    public long? Read(long from, int length, Action<string, List<CaseEvent>> see, CancellationToken cancellation = default)
    {
        try
        {
            using var connection = store.OpenReader();
            // One state of the database for all that is read of it.
            using var transaction = connection.BeginTransaction(System.Data.IsolationLevel.RepeatableRead);
            return Read(connection, from, length, see, cancellation);
        }
        catch (NpgsqlException failure)
        {
            throw new StoreUnavailableException(failure);
        }
    }

    private static long? Read(NpgsqlConnection connection, long from, int length, Action<string, List<CaseEvent>> see, CancellationToken cancellation)
    {
        var last = new Statement("SELECT max(id) FROM stream").All(connection, row => row.OptionalLong(0))[0];
        if (!(last > from)) return null;
        var until = Math.Min(last.Value, from + length);
        var sources = new Statement("SELECT id, name FROM source").All(connection, row => KeyValuePair.Create(row.Long(0), row.Text(1))).ToDictionary();
        using var batch = new NpgsqlBatch(connection) { BatchCommands = { new Statement(Histories).Set(from).Set(until).Command } };
        using var rows = batch.ExecuteReader();
        var events = new List<CaseEvent>();
        var name = "";
        long current = 0;
        while (rows.Read())
        {
            var stream = rows.Long(0);
            if (stream != current)
            {
                Pass();
                cancellation.ThrowIfCancellationRequested();
                current = stream;
                name = rows.Text(1);
            }

            if (!name.StartsWith(Prefix, StringComparison.Ordinal)) continue;
            events.Add(EventReader.RestoreLater(
                sources[rows.Int(2)], rows.Text(3), string.Intern(rows.Text(4)), Instants.FromTicks(rows.Long(5), rows.GetInt16(6)),
                rows.IsNull(7) ? null : Instants.FromTicks(rows.Long(7), rows.GetInt16(8)), rows.Blob(9)));
        }

        Pass();
        return until < last ? until : null;

        void Pass()
        {
            if (events.Count > 0) see(name[Prefix.Length..], events);
            events.Clear();
        }
    }
}

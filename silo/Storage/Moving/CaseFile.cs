using Cluster.Cases.Events;
using Cluster.Contracts;
using Cluster.Contracts.Storage;

namespace Cluster.Storage.Moving;

/// <summary>Everything that a store holds of one case.</summary>
/// <param name="AssessedBy">Revision of the catalogue by which it was last assessed; 0 by the rules that ship.</param>
public sealed record CaseFile(CaseRow Row, IReadOnlyList<CaseEvent> Events, IReadOnlyList<AlertRow> Alerts, DateTimeOffset? Due, long AssessedBy);

/// <summary>Reads cases and streams from one state of a store.</summary>
public static class CaseFiles
{
    private const int Batch = 200;

    private const string CaseColumns = """
        id, case_type, name, stage, procuratorate, department, prosecutor, accepted_on, weight, custody, state, version, revision,
        next_limit, next_due_on, next_due_at, light, updated_at, closed_on
        """;

    private const string AlertColumns = """
        id, case_id, rule, subject, instance, level, category, status, raised_at, cleared_at, retracted_at, due_at, detected_at,
        procuratorate, department, prosecutor, json
        """;

    private const string Events = """
        SELECT t.name, s.name, e.id, e.type, e.time, e.time_offset, e.recorded_time, e.recorded_time_offset, e.data
        FROM stream t JOIN event e ON e.stream_id = t.id JOIN source s ON s.id = e.source_id
        """;

    /// <summary>Gives all cases in the order of their ids, some hundreds at a time.</summary>
    public static void EachBatch(this IStoreReading store, Action<IReadOnlyList<CaseFile>> see, CancellationToken cancellation = default)
    {
        var last = "";
        while (true)
        {
            var rows = new List<CaseRow>(Batch);
            store.Each($"SELECT {CaseColumns} FROM case_row WHERE id > {store.Literal(last)} ORDER BY id LIMIT {Batch}", r => rows.Add(Case(r)), cancellation);
            if (rows.Count == 0) return;
            last = rows[^1].Id;
            var ids = store.List(rows.Select(r => r.Id));
            var events = rows.ToDictionary(r => r.Id, _ => new List<CaseEvent>(), StringComparer.Ordinal);
            store.Each(
                $"{Events} WHERE t.name IN {store.List(rows.Select(r => "case:" + r.Id))} ORDER BY t.name, e.version",
                r =>
                {
                    var e = Event(r);
                    events[((string)r[0]!)["case:".Length..]].Add(EventReader.RestoreLater(e.Source, e.Id, e.Type, e.Time, e.RecordedTime, e.Data));
                },
                cancellation);
            var alerts = new List<AlertRow>();
            store.Each($"SELECT {AlertColumns} FROM alert WHERE case_id IN {ids}", r => alerts.Add(Alert(r)), cancellation);
            var due = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
            store.Each($"SELECT case_id, at FROM due WHERE case_id IN {ids}", r => due.Add((string)r[0]!, Instants.FromTicks((long)r[1]!)), cancellation);
            var assessed = new Dictionary<string, long>(StringComparer.Ordinal);
            store.Each($"SELECT case_id, revision FROM assessed WHERE case_id IN {ids}", r => assessed.Add((string)r[0]!, (long)r[1]!), cancellation);
            var alertsOf = alerts.ToLookup(a => a.Case, StringComparer.Ordinal);
            see([.. rows.Select(row => new CaseFile(
                row, events[row.Id], [.. alertsOf[row.Id]], due.TryGetValue(row.Id, out var at) ? at : null, assessed.GetValueOrDefault(row.Id)))]);
        }
    }

    /// <summary>Names of the streams of a kind, without the kind: of departments, their ids.</summary>
    public static IReadOnlyList<string> Streams(this IStoreReading store, string kind)
    {
        var names = new List<string>();
        store.Each($"SELECT name FROM stream WHERE name >= '{kind}:' AND name < '{kind};' ORDER BY name", r => names.Add(((string)r[0]!)[(kind.Length + 1)..]));
        return names;
    }

    /// <summary>The events of one stream in order.</summary>
    public static IReadOnlyList<EventMessage> Stream(this IStoreReading store, string name)
    {
        var events = new List<EventMessage>();
        store.Each($"{Events} WHERE t.name = {store.Literal(name)} ORDER BY e.version", r => events.Add(Event(r)));
        return events;
    }

    private static EventMessage Event(object?[] r) => new(
        (string)r[1]!, (string)r[2]!, string.Intern((string)r[3]!), Instants.FromTicks((long)r[4]!, (int)(long)r[5]!),
        r[6] is long at ? Instants.FromTicks(at, (int)(long)r[7]!) : null, (byte[])r[8]!);

    private static CaseRow Case(object?[] r) => new(
        (string)r[0]!, (string)r[1]!, (string?)r[2], (string)r[3]!, (string?)r[4], (string?)r[5], (string?)r[6],
        r[7] is long day ? DateOnly.FromDayNumber((int)day) : null, (double)r[8]!, (long)r[9]! != 0, (long)r[10]! != 0, (long)r[11]!, (long)r[12]!,
        (string?)r[13], (string?)r[14], Instants.FromTicks((long?)r[15]), (string?)r[16], Instants.FromTicks((long)r[17]!),
        r[18] is long closed ? DateOnly.FromDayNumber((int)closed) : null);

    private static AlertRow Alert(object?[] r) => new(
        (string)r[0]!, (string)r[1]!, (string)r[2]!, (string)r[3]!, (string)r[4]!, (string)r[5]!, (string)r[6]!, (string)r[7]!,
        Instants.FromTicks((long)r[8]!), Instants.FromTicks((long?)r[9]), Instants.FromTicks((long?)r[10]), Instants.FromTicks((long?)r[11]), Instants.FromTicks((long)r[12]!),
        (string?)r[13], (string?)r[14], (string?)r[15], (byte[])r[16]!);
}

using static Cluster.Storage.Moving.MovedKind;

namespace Cluster.Storage.Moving;

/// <summary>
/// What an export holds: everything that is true. Rows that could be derived again are moved too where deriving them later would tell another
/// story: an alert says when it was detected, a feed what its readers have seen. Not moved: sessions, whose holders log in again, and
/// snapshots, which are caches of the journal.
/// </summary>
internal static class MovedTables
{
    public static readonly IReadOnlyList<MovedTable> All =
    [
        Table("setting", "name", ("name", Text), ("value", Text)),
        Table(
            "account", "name", ("name", Text), ("password_hash", Text), ("must_change_password", Integer), ("roles", Text),
            ("procuratorate", Text), ("department", Text), ("prosecutor", Text)),
        Table("unit", "kind, id", ("kind", Text), ("id", Text), ("parent", Text), ("name", Text), ("json", Json)),
        Table("source", "id", ("id", Integer), ("name", Text)),
        Table("stream", "id", ("id", Integer), ("name", Text)),
        Table(
            "event", "position", ("stream_id", Integer), ("version", Integer), ("source_id", Integer), ("id", Text), ("type", Text),
            ("time", Instant), ("time_offset", Integer), ("recorded_time", Instant), ("recorded_time_offset", Integer),
            ("recorded_at", Instant), ("recorded_at_offset", Integer), ("data", Json)),
        Table(
            "case_row", "id", ("id", Text), ("case_type", Text), ("name", Text), ("stage", Text), ("procuratorate", Text), ("department", Text),
            ("prosecutor", Text), ("accepted_on", Date), ("weight", Real), ("custody", Integer), ("state", Integer), ("version", Integer), ("revision", Integer),
            ("next_limit", Text), ("next_due_on", Text), ("next_due_at", Instant), ("light", Text), ("updated_at", Instant), ("sort_key", Integer), ("closed_on", Date)),
        Table(
            "alert", "number", ("id", Text), ("case_id", Text), ("rule", Text), ("subject", Text), ("instance", Text), ("level", Text),
            ("category", Text), ("status", Text), ("raised_at", Instant), ("cleared_at", Instant), ("retracted_at", Instant), ("due_at", Instant),
            ("detected_at", Instant), ("procuratorate", Text), ("department", Text), ("prosecutor", Text), ("json", Json), ("state", Integer), ("sort_key", Integer)),
        Table("due", "case_id", ("case_id", Text), ("at", Instant)),
        Table("undelivered", "case_id", ("case_id", Text), ("revision", Integer)),
        Table("assessed", "case_id", ("case_id", Text), ("revision", Integer)),
        Table("trial_finding", "case_id, run, rule, subject, instance", ("case_id", Text), ("run", Text), ("rule", Text), ("subject", Text), ("instance", Text)),
        Table("feed_scope", "id", ("id", Integer), ("name", Text), ("last", Integer)),
        Table("feed_item", "id", ("id", Integer), ("kind", Text), ("at", Instant), ("payload", Json), ("stored_at", Instant)),
        Table("feed", "scope_id, sequence", ("scope_id", Integer), ("sequence", Integer), ("item_id", Integer)),
        Table(
            "audit", "number", ("number", Integer), ("at", Integer), ("actor", Text), ("roles", Text), ("action", Text), ("target", Text), ("procuratorate", Text),
            ("outcome", Text), ("address", Text), ("request", Text), ("detail", Text), ("previous", Bytes), ("hash", Bytes)),
        Table("audit_head", "id", ("id", Integer), ("number", Integer), ("hash", Bytes)) with { IsOneRow = true },
    ];

    /// <summary>Tables of a store that stay where they are.</summary>
    public static readonly IReadOnlyList<string> NotMoved = ["session", "snapshot"];

    /// <summary>The table beside all others: the version of the schema, and instants that the store saw.</summary>
    public const string Meta = "meta";

    private static MovedTable Table(string name, string key, params (string Name, MovedKind Kind)[] columns) =>
        new(name, key, name switch { "event" => "recorded_at, stream_id, version", "alert" => "id", _ => key }, [.. columns.Select(c => new MovedColumn(c.Name, c.Kind))]);
}

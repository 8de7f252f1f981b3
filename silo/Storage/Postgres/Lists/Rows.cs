using Cluster.Contracts.Storage;
using Npgsql;

namespace Cluster.Storage.Postgres.Lists;

/// <summary>Reads rows of the lists back.</summary>
internal static class Rows
{
    public const string CaseColumns = """
        t.id, t.case_type, t.name, t.stage, t.procuratorate, t.department, t.prosecutor, t.accepted_on, t.weight, t.custody, t.state,
        t.version, t.revision, t.next_limit, t.next_due_on, t.next_due_at, t.light, t.updated_at, t.closed_on
        """;

    public const string AlertColumns = """
        t.id, t.case_id, t.rule, t.subject, t.instance, t.level, t.category, t.status, t.raised_at, t.cleared_at, t.retracted_at,
        t.due_at, t.detected_at, t.procuratorate, t.department, t.prosecutor, t.json
        """;

    public static CaseRow Case(NpgsqlDataReader row) => new(
        row.Text(0), row.Text(1), row.OptionalText(2), row.Text(3), row.OptionalText(4), row.OptionalText(5), row.OptionalText(6),
        row.IsNull(7) ? null : DateOnly.FromDayNumber(row.Int(7)), row.GetDouble(8), row.GetBoolean(9), row.Int(10) == 1, row.Long(11), row.Long(12),
        row.OptionalText(13), row.OptionalText(14), row.OptionalInstant(15), row.OptionalText(16), row.Instant(17),
        row.IsNull(18) ? null : DateOnly.FromDayNumber(row.Int(18)));

    public static AlertRow Alert(NpgsqlDataReader row) => new(
        row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Text(5), row.Text(6), row.Text(7),
        row.Instant(8), row.OptionalInstant(9), row.OptionalInstant(10), row.OptionalInstant(11), row.Instant(12),
        row.OptionalText(13), row.OptionalText(14), row.OptionalText(15), row.Blob(16));
}

using System.Text;
using Cluster.Contracts;
using Cluster.Contracts.Storage;

namespace CrashWriter;

/// <summary>What every revision of every case is made of, so that a reader can tell from a revision alone what must be stored.</summary>
public static class CrashPlan
{
    public const string Wall = "all";

    /// <summary>Where the writer's clock stands, so that nothing written grows too old to be kept.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 2, 9, 9, 30, 0, TimeSpan.FromHours(8));

    public static string Stream(string caseId) => $"case:{caseId}";

    public static string EventId(string caseId, long version) => $"{caseId}-{version}";

    /// <summary>Events up to and with a revision: a revision brings one to three.</summary>
    public static long Version(long revision) => Enumerable.Range(1, (int)revision).Sum(EventsOf);

    /// <summary>The wake that a revision leaves; every seventh removes it.</summary>
    public static DateTimeOffset? Due(long revision) => revision % 7 == 0 ? null : Start.AddHours(revision);

    public static string Level(long revision) => $"W{revision % 3 + 1}";

    public static Commit Commit(string caseId, long revision)
    {
        var before = Version(revision - 1);
        var version = Version(revision);
        var at = Start.AddMinutes(revision);
        return new Commit
        {
            Stream = Stream(caseId),
            ExpectedVersion = before,
            RecordedAt = at,
            Events = [.. Enumerable.Range(1, EventsOf((int)revision)).Select(n => Event(caseId, before + n, at))],
            Case = new CaseRow(
                caseId, "PRO", null, "review", "422826", "d-1", "p-1", DateOnly.FromDateTime(Start.DateTime), 1.5, true, true,
                version, revision, null, null, Due(revision), null, at),
            Alerts = [new AlertRow(
                $"{caseId}/QX-008", caseId, "QX-008", "1", "", Level(revision), "rights", "open", at, null, null, null, at, "422826", "d-1", "p-1", "{}"u8.ToArray())],
            Feed = [new FeedEntry([Wall, Stream(caseId)], "case", at, Encoding.UTF8.GetBytes($"{caseId} {revision}"))],
            Due = new DueChange(caseId, Due(revision)),
            Deliver = true,
        };
    }

    /// <summary>What the audit log says of a revision.</summary>
    public static AuditAct Act(string caseId, long revision) =>
        new() { Actor = "w", Action = "case.read", Target = Stream(caseId), Outcome = "ok", Detail = new Dictionary<string, string> { ["revision"] = $"{revision}" } };

    private static EventMessage Event(string caseId, long version, DateTimeOffset at) =>
        new("/422826/tyyw", EventId(caseId, version), "suspect.interrogated", at, null, Encoding.UTF8.GetBytes(new string('x', 100 + (int)(version % 400))));

    private static int EventsOf(int revision) => 1 + revision % 3;
}

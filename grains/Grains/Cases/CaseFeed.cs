using System.Text.Json;
using Cluster.Contracts;
using Cluster.Contracts.Storage;

namespace Cluster.Grains.Cases;

/// <summary>What the screens learn of a commit of a case.</summary>
internal static class CaseFeed
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="before">The row before the commit: whoever had the case must learn that it left.</param>
    public static List<FeedEntry> Of(CaseRow row, CaseRow? before, IReadOnlyList<AlertRow> alerts, Assigned? assigned, DateTimeOffset at)
    {
        var scopes = Scopes(row, before);
        var feed = new List<FeedEntry>(alerts.Count + 2) { new(scopes, "case", at, Serialize(row)) };
        foreach (var alert in alerts) feed.Add(new FeedEntry(scopes, "alert", at, alert.Json));
        if (assigned is not null)
        {
            var payload = new AssignmentItem(
                row.Id, assigned.Department, assigned.Prosecutor, assigned.Mode, assigned.Date, assigned.Number, assigned.At);
            feed.Add(new FeedEntry(scopes, "assignment", at, JsonSerializer.SerializeToUtf8Bytes(payload, Json)));
        }

        return feed;
    }

    public static byte[] Serialize(CaseRow row) => JsonSerializer.SerializeToUtf8Bytes(row, Json);

    private static List<string> Scopes(CaseRow row, CaseRow? before)
    {
        var scopes = new List<string>(6) { "all" };
        Add("procuratorate:", row.Procuratorate, before?.Procuratorate);
        Add("department:", row.Department, before?.Department);
        Add("prosecutor:", row.Prosecutor, before?.Prosecutor);
        scopes.Add("case:" + row.Id);
        return scopes;

        void Add(string kind, string? now, string? then)
        {
            if (now is not null) scopes.Add(kind + now);
            if (then is not null && then != now) scopes.Add(kind + then);
        }
    }

    private sealed record AssignmentItem(string Case, string Department, string Prosecutor, string Mode, DateOnly Date, int Number, DateTimeOffset At);
}

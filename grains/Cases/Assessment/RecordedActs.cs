using Cluster.Cases.Events;

namespace Cluster.Cases.Assessment;

/// <summary>
/// What people did about the alerts of one case. Nothing takes back what somebody did, so corrections and voids do not touch it; and only the system's own
/// source counts: a notice that another system reports is of the history and its limits, not of the handling here.
/// </summary>
public sealed class RecordedActs
{
    private readonly Dictionary<string, List<RecordedAct>> _ofAlerts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RecordedAct> _byId = new(StringComparer.Ordinal);

    private RecordedActs()
    {
    }

    public static RecordedActs None { get; } = new();

    /// <summary>How many there are.</summary>
    public int Count => _byId.Count;

    /// <summary>What was done about one alert, in order of time.</summary>
    public IReadOnlyList<RecordedAct> On(string alert) => _ofAlerts.TryGetValue(alert, out var acts) ? acts : [];

    public RecordedAct? Find(string id) => _byId.GetValueOrDefault(id);

    internal static RecordedActs Of(CaseEvent[] events)
    {
        if (!Array.Exists(events, IsAct)) return None;
        var acts = new RecordedActs();
        var notices = 0;
        foreach (var (e, act, number) in events.Where(IsAct).Select(Read).OrderBy(a => a.Event.Time).ThenBy(a => a.Number).ThenBy(a => a.Event.Id, StringComparer.Ordinal))
        {
            var alert = e.Data["alert"].Text ?? "";
            var written = act == AlertActs.Notice && e.Data["kind"].Text is { } kind && kind != AlertActs.Oral;
            var recorded = new RecordedAct(e.Id, act, alert, e.Data["by"].Text ?? "", e.Time, number, written ? ++notices : null, e.Raw);
            acts._byId[e.Id] = recorded;
            if (!acts._ofAlerts.TryGetValue(alert, out var list)) acts._ofAlerts[alert] = list = [];
            list.Add(recorded);
        }

        return acts;
    }

    private static (CaseEvent Event, string Act, int Number) Read(CaseEvent e) => (e, AlertActs.Of(e.Type)!, (int)e.Data["number"].Number);

    private static bool IsAct(CaseEvent e) => e.Source == AlertActs.Source && AlertActs.Of(e.Type) is not null;
}

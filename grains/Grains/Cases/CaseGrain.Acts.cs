using System.Buffers;
using System.Text.Json;
using Cluster.Cases.Assessment;
using Cluster.Contracts;
using Cluster.Contracts.Storage;

namespace Cluster.Grains.Cases;

/// <summary>What people do about alerts: an event of the case, with what it makes of the alert, in one commit.</summary>
public sealed partial class CaseGrain
{
    // The alert's body holds them all, and every screen that shows it.
    private const int MostActs = 50;

    public async Task<ActOutcome[]> Act(AlertAct[] acts)
    {
        _visited = true;
        var outcomes = new ActOutcome?[acts.Length];
        var events = new List<EventMessage>(acts.Length);
        var now = Now;
        for (var i = 0; i < acts.Length; i++)
        {
            var act = acts[i];
            if (_history.Acts.Find(act.Id) is { } before) outcomes[i] = before.Alert == act.Alert && before.Act == act.Act ? Done(before) : new ActOutcome(ActResult.IdTaken);
            else if (_alerts.Find(act.Alert) is not { } alert) outcomes[i] = new ActOutcome(ActResult.Unknown);
            else if (Refusal(act, alert) is { } reason) outcomes[i] = new ActOutcome(reason);
            else if (Noted(act, alert) is { } noted) outcomes[i] = Done(noted);
            else events.Add(Message(act, alert, _history.Acts.Count + events.Count + 1, now));
        }

        // An act's id is its own, and nobody else's: a conflict is somebody who guessed it.
        if (events.Count > 0 && (await Append([.. events])).Count > 0) throw new InvalidOperationException("The id of an act is taken in another case.");
        for (var i = 0; i < acts.Length; i++) outcomes[i] ??= Done(_history.Acts.Find(acts[i].Id)!);
        return outcomes!;
    }

    private static ActOutcome Done(RecordedAct act) => new(ActResult.Done, act.Text("status"), act.Json());

    private ActResult? Refusal(AlertAct act, AlertRow alert)
    {
        var row = _row!;
        if (act.Seen != new CaseScope(row.Procuratorate, row.Department, row.Prosecutor)) return ActResult.Moved;
        if (act.Act is not (AlertActs.Acknowledge or AlertActs.Reply) && act.Prosecutor is not null && act.Prosecutor == row.Prosecutor) return ActResult.OwnCase;
        var acts = _history.Acts.On(alert.Id);
        if (acts.Count >= MostActs && act.Act is not (AlertActs.Close or AlertActs.Dismiss)) return ActResult.TooMany;
        var underNotice = AlertStatus.IsUnderNotice(acts);
        if (alert.RetractedAt is not null)
        {
            // The ground is gone, the notice is not: somebody answers it or takes it back.
            return act.Act is AlertActs.Reply or AlertActs.Close && underNotice ? null : ActResult.Retracted;
        }

        var people = AlertStatus.OfPeople(acts, alert.RaisedAt, CaseJson.ViolatedAt(alert.Json));
        if (AlertStatus.IsSettled(people)) return ActResult.Settled;
        return act.Act switch
        {
            // What was done in the end was still wrong, and a false alarm is one though it passed; but there is nothing to take note of or to close.
            AlertActs.Acknowledge or AlertActs.Close when AlertStatus.IsSettled(alert.Status) => ActResult.Settled,
            AlertActs.Reply when !underNotice => ActResult.NoNotice,
            AlertActs.Notice when Grade(AlertStatus.WaitingNotice(acts)) >= Grade(KindOf(act)) => ActResult.NoticeWaiting,
            _ => null,
        };
    }

    private static int Grade(string? notice) => notice is null ? -1 : AlertActs.GradeOf(notice);

    private static string? KindOf(AlertAct act)
    {
        using var data = JsonDocument.Parse(act.Data);
        return data.RootElement.TryGetProperty("kind", out var kind) ? kind.GetString() : null;
    }

    /// <summary>Taking note twice is taking note once, unless there is something to say.</summary>
    private RecordedAct? Noted(AlertAct act, AlertRow alert)
    {
        if (act.Act != AlertActs.Acknowledge) return null;
        using var data = JsonDocument.Parse(act.Data);
        var note = data.RootElement.TryGetProperty("note", out var said) ? said.GetString() : null;
        return _history.Acts.On(alert.Id).LastOrDefault(a => a.Act == AlertActs.Acknowledge && a.By == act.By && a.At >= alert.RaisedAt && (note is null || note == a.Text("note")));
    }

    private EventMessage Message(AlertAct act, AlertRow alert, int number, DateTimeOffset now)
    {
        var recorded = new RecordedAct(act.Id, act.Act, alert.Id, act.By, now, number, null, act.Data);
        var data = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(data))
        {
            json.WriteStartObject();
            json.WriteString("alert", alert.Id);
            json.WriteString("by", act.By);
            json.WriteNumber("number", number);
            json.WriteString("status", AlertLedger.StatusOf(alert, [.. _history.Acts.On(alert.Id), recorded]));
            using var fields = JsonDocument.Parse(act.Data);
            foreach (var field in fields.RootElement.EnumerateObject()) field.WriteTo(json);
            json.WriteEndObject();
        }

        return new EventMessage(AlertActs.Source, act.Id, AlertActs.TypeOf(act.Act), now, null, data.WrittenSpan.ToArray());
    }

    private static HashSet<string> AlertsOf(EventMessage[] sent) =>
        sent.Where(e => e.Source == AlertActs.Source).Select(e => Restore(e).Data["alert"].Text!).ToHashSet(StringComparer.Ordinal);

    /// <summary>The rows of the alerts that somebody just did something about, with that.</summary>
    private List<AlertRow> Acted(EventMessage[] sent, CaseHistory history) =>
        [.. AlertsOf(sent).Select(_alerts.Find).OfType<AlertRow>().Select(row => AlertLedger.With(row, history.Acts))];
}

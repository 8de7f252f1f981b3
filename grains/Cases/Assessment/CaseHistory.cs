using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Cases.Events;

namespace Cluster.Cases.Assessment;

/// <summary>The set of events of one case. Equal sets give equal histories, whatever order they came in.</summary>
public sealed class CaseHistory
{
    private const string Corrected = "event.corrected";
    private const string Voided = "event.voided";

    private readonly CaseEvent[] _all;
    private readonly bool _amended;
    private CountingEvents? _counting;
    private RecordedActs? _acts;

    private CaseHistory(CaseEvent[] all, bool amended)
    {
        _all = all;
        _amended = amended;
    }

    public static CaseHistory Empty { get; } = new([], false);

    /// <summary>Every event, amendments and amended ones included, by (time, source, id).</summary>
    public IReadOnlyList<CaseEvent> All => _all;

    /// <summary>What people did about the case's alerts. Two who ask at once read the same.</summary>
    public RecordedActs Acts => _acts ??= RecordedActs.Of(_all);

    public static CaseHistory Of(IEnumerable<CaseEvent> events) => Empty.Add(events);

    /// <summary>The history with more events; those it already has (same source and id) change nothing.</summary>
    public CaseHistory Add(IEnumerable<CaseEvent> events)
    {
        var known = new HashSet<(string, string)>(_all.Length);
        foreach (var e in _all) known.Add((e.Source, e.Id));
        return With(events.Where(e => known.Add((e.Source, e.Id))));
    }

    /// <summary>The history with more events, none of which it has yet: as <see cref="Add"/>, without looking for those it has.</summary>
    public CaseHistory With(IEnumerable<CaseEvent> events)
    {
        var added = events.ToArray();
        if (added.Length == 0) return this;
        Array.Sort(added, ByTime);
        var all = new CaseEvent[_all.Length + added.Length];
        // What is new is mostly the latest, so it is put in from the end: a long history is only copied.
        var (old, more) = (_all.Length, added.Length);
        while (more > 0)
        {
            if (old == 0 || ByTime(_all[old - 1], added[more - 1]) < 0) all[old + --more] = added[more];
            else all[--old + more] = _all[old];
        }

        Array.Copy(_all, all, old);
        return new CaseHistory(all, _amended || Array.Exists(added, IsAmendment));
    }

    public bool Contains(string source, string id) => Array.Exists(_all, e => e.Id == id && e.Source == source);

    /// <summary>The events that count at an instant: not later, corrections applied, voided ones gone, by (time, source, id).</summary>
    /// <param name="next">The earliest later event, null if none: what counts changes then.</param>
    internal CountingEvents CountingAt(DateTimeOffset now, out DateTimeOffset? next)
    {
        var count = _all.Length;
        while (count > 0 && _all[count - 1].Time > now) count--;
        next = count < _all.Length ? _all[count].Time : null;
        if (count < _all.Length) return new CountingEvents(_amended ? Amend(_all.AsSpan(0, count), now, ref next) : _all[..count]);
        // A correction may have moved an event to after the instant asked for now.
        if (_counting is { } kept && (kept.All.Length == 0 || kept.All[^1].Time <= now)) return kept;
        var all = new CountingEvents(_amended ? Amend(_all, now, ref next) : _all);
        if (next is null) _counting = all;
        return all;
    }

    /// <summary>The events that count at an instant.</summary>
    public IReadOnlyList<CaseEvent> EventsAt(DateTimeOffset now) => CountingAt(now, out _).All;

    /// <summary>Whose case it is at an instant, by the acceptance that counts then; null while none does.</summary>
    public string? ProcuratorateAt(DateTimeOffset now) => CountingAt(now, out _).Accepted?.Data["procuratorate"].Text;

    private static CaseEvent[] Amend(ReadOnlySpan<CaseEvent> events, DateTimeOffset now, ref DateTimeOffset? next)
    {
        var voided = new HashSet<(string, string)>();
        for (var i = events.Length - 1; i >= 0; i--)
        {
            // The latest void speaks first, so a void can itself be voided.
            if (events[i].Type == Voided && !voided.Contains((events[i].Source, events[i].Id))) voided.Add(Target(events[i]));
        }

        var corrections = new Dictionary<(string, string), List<CaseEvent>>();
        foreach (var e in events)
        {
            if (e.Type != Corrected || voided.Contains((e.Source, e.Id))) continue;
            if (!corrections.TryGetValue(Target(e), out var list)) corrections[Target(e)] = list = [];
            list.Add(e);
        }

        var result = new List<CaseEvent>(events.Length);
        foreach (var e in events)
        {
            if (IsAmendment(e) || voided.Contains((e.Source, e.Id))) continue;
            var amended = corrections.TryGetValue((e.Source, e.Id), out var list) ? Apply(e, list) : e;
            if (amended.Time <= now) result.Add(amended);
            else if (next is null || amended.Time < next) next = amended.Time;
        }

        result.Sort(ByTime);
        return [.. result];
    }

    /// <summary>A correction names the fields it changes (JSON merge patch, RFC 7396); one that would break the schema is passed over.</summary>
    private static CaseEvent Apply(CaseEvent original, List<CaseEvent> corrections)
    {
        var current = original;
        foreach (var correction in corrections)
        {
            var time = correction.Data["time"].Instant ?? current.Time;
            using var document = JsonDocument.Parse(correction.Raw);
            if (!document.RootElement.TryGetProperty("data", out var patch) || patch.ValueKind != JsonValueKind.Object)
            {
                current = With(current, time, current.Raw, current.Data);
                continue;
            }

            var merged = Merge(JsonTree.Parse(current.Raw), JsonTree.Of(patch))!;
            var raw = JsonSerializer.SerializeToUtf8Bytes(merged);
            using var mergedDocument = JsonDocument.Parse(raw);
            var (data, _) = EventReader.ReadData(current.Type, mergedDocument.RootElement);
            if (data is not null) current = With(current, time, raw, data);
        }

        return current;
    }

    private static CaseEvent With(CaseEvent e, DateTimeOffset time, byte[] raw, EventData data) => new()
    {
        Source = e.Source,
        Id = e.Id,
        Type = e.Type,
        Time = time,
        RecordedTime = e.RecordedTime,
        Raw = raw,
        Data = data,
    };

    private static JsonNode? Merge(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes) return patch?.DeepClone();
        var result = target is JsonObject existing ? (JsonObject)existing.DeepClone() : [];
        foreach (var (key, value) in changes)
        {
            if (value is null) result.Remove(key);
            else result[key] = Merge(result[key], value);
        }

        return result;
    }

    private static bool IsAmendment(CaseEvent e) => e.Type is Corrected or Voided;

    private static (string, string) Target(CaseEvent e) => (e.Data["source"].Text ?? "", e.Data["id"].Text ?? "");

    private static int ByTime(CaseEvent a, CaseEvent b)
    {
        var byTime = a.Time.CompareTo(b.Time);
        if (byTime != 0) return byTime;
        var bySource = string.CompareOrdinal(a.Source, b.Source);
        return bySource != 0 ? bySource : string.CompareOrdinal(a.Id, b.Id);
    }
}

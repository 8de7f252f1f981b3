using Cluster.Cases.Assessment;
using Cluster.Cases.Assignment.Course;
using Cluster.Cases.Events;
using Cluster.Contracts.Storage;
using Cluster.Law;

namespace Cluster.Grains.Assignment;

/// <summary>The courses of the cases of one department, each read again only when the case was committed since.</summary>
internal sealed class CourseBook(IHistoryArchive archive, string department)
{
    // Histories read at once.
    private const int Chunk = 200;

    /// <summary>What the courses follow from beside the histories: the program with its tables.</summary>
    public static readonly string Edition = typeof(CaseCourse).Module.ModuleVersionId.ToString();

    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public IReadOnlyCollection<CaseCourse> Courses { get; private set; } = [];

    /// <summary>Histories read since they were last written down.</summary>
    public int Fresh { get; private set; }

    public int Count => _entries.Count;

    public void Restore(byte[] json)
    {
        foreach (var entry in UnitJson.Read<Entry[]>(json)) _entries[entry.Case] = entry;
    }

    public byte[] Write()
    {
        Fresh = 0;
        return UnitJson.Write(_entries.Values);
    }

    /// <summary>Brings every course up to what is stored.</summary>
    public async Task Refresh(HolidayCalendar calendar, DateTimeOffset now)
    {
        var stored = await archive.Cases(department);
        foreach (var gone in _entries.Keys.Except(stored.Select(s => s.Case), StringComparer.Ordinal).ToList()) _entries.Remove(gone);
        var stale = stored.Where(s => _entries.GetValueOrDefault(s.Case)?.Revision != s.Revision).ToList();
        foreach (var some in stale.Chunk(Chunk))
        {
            var streams = (await archive.Read([.. some.Select(s => Prefix + s.Case)])).ToDictionary(s => s.Name[Prefix.Length..], StringComparer.Ordinal);
            foreach (var (id, revision) in some)
            {
                // What cannot be read says nothing here; the case itself raises it.
                _entries[id] = new Entry(id, revision, streams.TryGetValue(id, out var stream) ? Read(stream, id, calendar, now) : null);
            }
        }

        Fresh += stale.Count;
        Courses = [.. _entries.Values.Select(e => e.Course).OfType<CaseCourse>().Where(c => c.AcceptedAt <= now)];
    }

    private const string Prefix = "case:";

    private static CaseCourse? Read(StoredStream stream, string id, HolidayCalendar calendar, DateTimeOffset now)
    {
        try
        {
            var events = stream.Events.Select(e => EventReader.RestoreLater(e.Event.Source, e.Event.Id, e.Event.Type, e.Event.Time, e.Event.RecordedTime, e.Event.Data));
            return CaseCourse.Of(id, CaseHistory.Of(events), now, calendar);
        }
        catch (Exception damaged) when (damaged is InvalidDataException or System.Text.Json.JsonException or ArgumentException or InvalidOperationException or NullReferenceException)
        {
            return null;
        }
    }

    private sealed record Entry(string Case, long Revision, CaseCourse? Course);
}

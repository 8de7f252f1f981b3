using System.Globalization;
using Cluster.Contracts;
using Cluster.Contracts.Storage;

namespace Cluster.Grains.Assignment;

/// <summary>The journal stream of a grain that is its only writer. Commits are queued in order; the first that fails ends the activation.</summary>
internal sealed class OwnStream(IJournal journal, string stream, LegalClock clock, Action lost)
{
    private long _version;
    private bool _lost;

    public async Task<IReadOnlyList<JournalEvent>> Load(CancellationToken cancellation)
    {
        var events = await journal.Read(stream, 0, cancellation);
        _version = events.Count > 0 ? events[^1].Version : 0;
        return events;
    }

    /// <returns>The event as stored.</returns>
    public async Task<EventMessage> Append(string type, byte[] data, UnitRow? unit = null, IReadOnlyList<FeedEntry>? feed = null)
    {
        var expected = _version++;
        var now = clock.GetUtcNow();
        var e = new EventMessage("/cluster/" + stream, (expected + 1).ToString(CultureInfo.InvariantCulture), type, now, null, data);
        try
        {
            await journal.Commit(new Commit { Stream = stream, ExpectedVersion = expected, RecordedAt = now, Events = [e], Unit = unit, Feed = feed ?? [] });
            return e;
        }
        catch (Exception)
        {
            _lost = true;
            lost();
            throw;
        }
    }

    /// <summary>Tells the screens. An activation that has lost its stream leaves that to the next one.</summary>
    public Task Feed(IReadOnlyList<FeedEntry> feed) => _lost
        ? Task.CompletedTask
        : journal.Commit(new Commit { Stream = stream, ExpectedVersion = _version, RecordedAt = clock.GetUtcNow(), Feed = feed });
}

using System.Text.Json;
using Cluster.Contracts.Storage;

namespace Simulation.Truths;

/// <summary>
/// Screens that watch every scope, and outlive every crash: they take what they are told, ask for what they missed, and so must
/// know at any time how things stand. What they were told once never turns out otherwise.
/// </summary>
internal sealed class Browsers : ICommitObserver
{
    private readonly SortedDictionary<string, Screen> _screens = new(StringComparer.Ordinal);
    // What a screen that asks is promised.
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);
    private const int KeptBack = 10_000;

    private NotTrueException? _wrong;
    private DateTimeOffset _asked = DateTimeOffset.MaxValue;

    public IEnumerable<Screen> Screens => _screens.Values;

    /// <summary>How many items all of them were told.</summary>
    public long Items { get; private set; }

    public void Committed(IReadOnlyList<FeedItem> feed, IReadOnlyList<DueChange> due)
    {
        try
        {
            foreach (var item in feed) Take(item);
        }
        catch (NotTrueException e)
        {
            // The writer's loop must not hear of it.
            _wrong ??= e;
        }
    }

    public void Check()
    {
        if (_wrong is not null) throw _wrong;
    }

    /// <summary>Asks for what was missed.</summary>
    /// <param name="after">Asks the feed: items after a sequence.</param>
    /// <param name="now">On the real clock, as the store reads it.</param>
    public void CatchUp(Stored stored, Func<string, long, IReadOnlyList<FeedItem>?> after, DateTimeOffset now)
    {
        foreach (var (name, last) in stored.Scopes)
        {
            var screen = Of(name);
            if (screen.Last > last) throw new NotTrueException("feed", $"{name} was told of {screen.Last}, and holds {last}");
            while (screen.Last < last)
            {
                var missed = after(name, screen.Last);
                if (missed is null)
                {
                    if (now - _asked < KeptFor && last - screen.Last <= KeptBack) throw new NotTrueException("feed", $"what {name} missed after {screen.Last} is gone");
                    screen.BeginAnew(stored, last);
                    break;
                }

                if (missed.Count == 0) throw new NotTrueException("feed", $"{name} has nothing after {screen.Last}, and holds {last}");
                foreach (var item in missed) screen.Take(item);
                Items += missed.Count;
            }
        }

        _asked = now;
    }

    private void Take(FeedItem item)
    {
        var screen = Of(item.Scope);
        // What lies between is asked for later; whoever has seen it checks that it is still the same.
        if (item.Sequence > screen.Last + 1) return;
        screen.Take(item);
        Items++;
    }

    private Screen Of(string scope) => _screens.TryGetValue(scope, out var screen) ? screen : _screens[scope] = new Screen(scope);
}

/// <summary>One scope as somebody sees it who has watched it from the start.</summary>
internal sealed class Screen(string scope)
{
    private const ulong Unseen = 0;

    private readonly List<ulong> _seen = [];
    private readonly string? _kind = scope.Split(':', 2) is [var kind, _] ? kind : null;
    private readonly string? _id = scope.Split(':', 2) is [_, var id] ? id : null;
    private readonly HashSet<string> _own = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _left = new(StringComparer.Ordinal);

    public string Scope => scope;

    public long Last => _seen.Count;

    /// <summary>The last that was told of each case.</summary>
    public Dictionary<string, byte[]> Cases { get; } = new(StringComparer.Ordinal);

    /// <summary>The last that was told of each alert.</summary>
    public Dictionary<string, byte[]> Alerts { get; } = new(StringComparer.Ordinal);

    /// <summary>The last of every other kind.</summary>
    public Dictionary<string, byte[]> Others { get; } = new(StringComparer.Ordinal);

    /// <summary>Away for too long: takes everything as it stands.</summary>
    public void BeginAnew(Stored stored, long last)
    {
        Cases.Clear();
        Alerts.Clear();
        Others.Clear();
        _own.Clear();
        foreach (var row in stored.Cases.Values.Where(c => _kind is null || FeedTruth.Field(c, _kind) == _id))
        {
            Cases[row.Id] = JsonSerializer.SerializeToUtf8Bytes(row, JsonSerializerOptions.Web);
            _own.Add(row.Id);
        }

        foreach (var row in stored.Alerts.Where(a => _kind is null || FeedTruth.Field(a, _kind) == _id)) Alerts[row.Id] = row.Json;
        while (Last < last) _seen.Add(Unseen);
    }

    public void Take(FeedItem item)
    {
        var print = Print(item);
        if (item.Sequence <= Last)
        {
            if (_seen[(int)item.Sequence - 1] is var known && known != print && known != Unseen) throw new NotTrueException("feed", $"{scope} was told something else as {item.Sequence}");
            return;
        }

        if (item.Sequence != Last + 1) throw new NotTrueException("feed", $"{scope} was told {item.Sequence} after {Last}");
        _seen.Add(print);
        switch (item.Kind)
        {
            case "case":
                var caseId = Text(item.Payload, "id")!;
                RequireRight(item, caseId);
                Cases[caseId] = item.Payload;
                break;
            case "alert":
                RequireRight(item, Text(item.Payload, "case")!);
                Alerts[Text(item.Payload, "id")!] = item.Payload;
                break;
            default:
                Others[item.Kind + Text(item.Payload, item.Kind == "workload" ? "department" : "procuratorate")] = item.Payload;
                break;
        }
    }

    // Invariant 8: of a case that is somebody else's, a scope learns once that it left, and nothing afterwards.
    private void RequireRight(FeedItem item, string caseId)
    {
        if (_kind is null or "case")
        {
            if (_kind is not null && caseId != _id) throw new NotTrueException("rights", $"{scope} was told of {caseId}");
            return;
        }

        if (item.Kind == "case")
        {
            var mine = Text(item.Payload, _kind) == _id;
            if (mine) _own.Add(caseId);
            else if (_own.Remove(caseId)) _left[caseId] = item.At;
            else throw new NotTrueException("rights", $"{scope} was told of {caseId}, which was not its own");
        }
        // What is said of its alerts in the commit in which it left is still theirs.
        else if (!_own.Contains(caseId) && _left.GetValueOrDefault(caseId) != item.At)
        {
            throw new NotTrueException("rights", $"{scope} was told of an alert of {caseId}, which is not its own");
        }
    }

    private static string? Text(byte[] json, string name)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(name);
            reader.Read();
            if (found) return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            reader.Skip();
        }

        return null;
    }

    // FNV-1a: enough to notice that something is not what it was.
    private static ulong Print(FeedItem item)
    {
        var print = 14695981039346656037UL;
        foreach (var b in item.Payload) print = (print ^ b) * 1099511628211UL;
        foreach (var c in item.Kind) print = (print ^ c) * 1099511628211UL;
        return (print ^ (ulong)item.At.UtcTicks) * 1099511628211UL;
    }
}

using Cluster.Cases.Events;
using Cluster.Cases.Rules;
using Cluster.Law;

namespace Cluster.Cases.Assessment;

/// <summary>A level and since when.</summary>
internal readonly record struct LevelStep(string Level, DateTimeOffset At);

/// <summary>What a rule found: an interval of legal time, derived from the history alone.</summary>
internal sealed class Finding
{
    public required Rule Rule { get; init; }

    /// <summary><c>case</c> or a suspect's number.</summary>
    public required string Subject { get; init; }

    public required string Instance { get; init; }

    /// <summary>Rising levels in time order; at least one.</summary>
    public required LevelStep[] Steps { get; init; }

    public DateTimeOffset? ClearedAt { get; init; }

    /// <summary>The clock behind it; null where no limit is involved.</summary>
    public ClockInstance? Clock { get; init; }

    /// <summary>The due date of <see cref="Clock"/> it is about; null is the last one.</summary>
    public Due? OfDue { get; init; }

    /// <summary>The due date behind it; null without a clock.</summary>
    public Due? Due => OfDue ?? Clock?.Due;

    public CaseEvent[] Evidence { get; init; } = [];

    /// <summary>What exactly is missing or wrong, where the rule covers several things: a document, a field.</summary>
    public string? Detail { get; init; }

    /// <summary><see cref="Detail"/> in English, where it is more than a name.</summary>
    public string? DetailEn { get; init; }

    /// <summary>The same as one of the parts of its rule.</summary>
    public Finding InPart(string part) => new()
    {
        Rule = Rule,
        Subject = Subject,
        Instance = $"{part}/{Instance}",
        Steps = Steps,
        ClearedAt = ClearedAt,
        Clock = Clock,
        OfDue = OfDue,
        Evidence = Evidence,
        Detail = part,
    };

    public string Level => Steps[^1].Level;

    public DateTimeOffset RaisedAt => Steps[0].At;

    /// <summary>The same under another instance.</summary>
    public Finding Numbered(string instance) => new()
    {
        Rule = Rule,
        Subject = Subject,
        Instance = instance,
        Steps = Steps,
        ClearedAt = ClearedAt,
        Clock = Clock,
        OfDue = OfDue,
        Evidence = Evidence,
        Detail = Detail,
    };
}

namespace Cluster.Cases.Events;

/// <summary>The fields of an event's data, flattened: the kind of the sender is <c>sentBy.kind</c>. Keys are interned.</summary>
public sealed class EventData
{
    public static EventData Empty { get; } = new();

    /// <summary>A field, or an absent value.</summary>
    public FieldValue this[string key] => throw new NotImplementedException();

    /// <summary>A list of objects, such as <c>suspects</c> or <c>charges</c>; empty if absent.</summary>
    public IReadOnlyList<EventData> Objects(string key) => throw new NotImplementedException();

    /// <summary>A list of texts, such as the suspects of a decision; empty if absent.</summary>
    public IReadOnlyList<string> Texts(string key) => throw new NotImplementedException();

    /// <summary>Every scalar field, key and value.</summary>
    public IEnumerable<KeyValuePair<string, FieldValue>> Fields => throw new NotImplementedException();
}

public enum FieldKind : byte
{
    Absent,
    Text,
    Number,
    Bool,
    Date,
    Instant,
}

/// <summary>The value of one field.</summary>
public readonly struct FieldValue
{
    public FieldKind Kind => throw new NotImplementedException();
    public bool IsPresent => throw new NotImplementedException();
    public string? Text => throw new NotImplementedException();
    public double Number => throw new NotImplementedException();
    /// <summary>True only for a present boolean true.</summary>
    public bool True => throw new NotImplementedException();
    /// <summary>The date, of an instant its legal date; null for anything else.</summary>
    public DateOnly? Date => throw new NotImplementedException();
    public DateTimeOffset? Instant => throw new NotImplementedException();
}

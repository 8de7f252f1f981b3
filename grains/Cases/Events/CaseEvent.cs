namespace Cluster.Cases.Events;

/// <summary>One event of a case, read once and never changed.</summary>
public sealed class CaseEvent
{
    private EventData? _data;

    public required string Source { get; init; }
    public required string Id { get; init; }

    /// <summary>Event type of the public contract, interned.</summary>
    public required string Type
    {
        get;
        init
        {
            field = value;
            Ordinal = EventTypes.OrdinalOf(value);
        }
    }

    /// <summary>The place of the type among <see cref="EventTypes.All"/>.</summary>
    internal int Ordinal { get; private init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>When the sender's system entered it; the same as <see cref="Time"/> if it did not say.</summary>
    public required DateTimeOffset RecordedTime { get; init; }

    /// <summary>The data as sent, UTF-8 JSON.</summary>
    public required byte[] Raw { get; init; }

    public required EventData Data
    {
        // Of many stored events nobody ever asks for the data; two who ask at once read the same.
        get => _data ??= EventReader.ReadStored(Type, Raw);
        init => _data = value;
    }
}

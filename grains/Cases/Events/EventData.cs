namespace Cluster.Cases.Events;

/// <summary>The fields of an event's data, flattened: the kind of the sender is <c>sentBy.kind</c>. Keys are interned.</summary>
/// <remarks>
/// An event has few fields, so a lookup walks an array: first by reference, which a literal in the code hits, then by content.
/// Most lookups are for a field that is not there, which <see cref="Holds"/> mostly tells at once. It allocates nothing.
/// </remarks>
public sealed class EventData
{
    private readonly string[] _keys;
    private readonly FieldValue[] _values;
    private readonly string[] _listKeys;
    private readonly Array[] _lists; // EventData[] or string[]

    internal EventData(string[] keys, FieldValue[] values, string[] listKeys, Array[] lists)
    {
        _keys = keys;
        _values = values;
        _listKeys = listKeys;
        _lists = lists;
        foreach (var key in keys) Holds |= Trace(key);
    }

    public static EventData Empty { get; } = new([], [], [], []);

    /// <summary>The traces of the fields that it holds, together.</summary>
    internal ulong Holds { get; }

    /// <summary>One bit that a key always leaves; others may leave the same.</summary>
    internal static ulong Trace(string key) => key.Length == 0 ? 1 : 1UL << (((key.Length * 37) ^ (key[^1] * 5) ^ (key[key.Length / 2] * 11)) & 63);

    /// <summary>A field, or an absent value.</summary>
    public FieldValue this[string key]
    {
        get
        {
            if ((Holds & Trace(key)) == 0) return default;
            var at = IndexOf(_keys, key);
            return at < 0 ? default : _values[at];
        }
    }

    /// <summary>A list of objects, such as <c>suspects</c> or <c>charges</c>; empty if absent.</summary>
    public IReadOnlyList<EventData> Objects(string key) => Find<EventData>(key);

    /// <summary>A list of texts, such as the suspects of a decision; empty if absent.</summary>
    public IReadOnlyList<string> Texts(string key) => Find<string>(key);

    /// <summary>Every scalar field, key and value, in the order sent.</summary>
    public IEnumerable<KeyValuePair<string, FieldValue>> Fields
    {
        get
        {
            for (var i = 0; i < _keys.Length; i++)
            {
                yield return new(_keys[i], _values[i]);
            }
        }
    }

    /// <summary>Walks the scalar fields without allocating.</summary>
    public Walk GetEnumerator() => new(this);

    /// <summary>A walk over the scalar fields.</summary>
    public struct Walk
    {
        private readonly EventData _data;
        private int _at = -1;

        internal Walk(EventData data) => _data = data;

        public readonly (string Key, FieldValue Value) Current => (_data._keys[_at], _data._values[_at]);

        public bool MoveNext() => ++_at < _data._keys.Length;
    }

    private T[] Find<T>(string key)
    {
        // One key may hold two lists: a list that mixes objects and texts is kept apart by kind.
        for (var i = 0; i < _listKeys.Length; i++)
        {
            if (_lists[i] is T[] list && string.Equals(_listKeys[i], key, StringComparison.Ordinal))
            {
                return list;
            }
        }

        return [];
    }

    private static int IndexOf(string[] keys, string key)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            if (ReferenceEquals(keys[i], key))
            {
                return i;
            }
        }

        for (var i = 0; i < keys.Length; i++)
        {
            if (string.Equals(keys[i], key, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}

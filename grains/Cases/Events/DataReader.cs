using System.Numerics;
using System.Text.Json;

namespace Cluster.Cases.Events;

/// <summary>Reads the data of one event by its shape, in one pass, and flattens it.</summary>
/// <remarks>
/// Fields and lists are pushed on two stacks; an object of a list takes its own off again when it ends. The stacks live as long as
/// their thread, so an event costs little more than the texts it carries.
/// </remarks>
internal sealed class DataReader
{
    /// <summary>Extra scalars kept as fields; those beyond stay in the raw data alone.</summary>
    private const int MaxExtras = 64;
    private const int MaxExtraLength = 2_000;

    [ThreadStatic]
    private static DataReader? ofThread;

    private readonly List<string> _keys = [];
    private readonly List<FieldValue> _values = [];
    private readonly List<(string Key, Array Items)> _lists = [];

    /// <summary>The data, or what is wrong with it; the pointer begins at the data.</summary>
    public static (EventData? Data, EventProblem? Problem) Read(DataShape shape, JsonElement data)
    {
        var reader = ofThread ??= new DataReader();
        try
        {
            return reader.ReadObject(shape, data) is { } problem
                ? (null, problem)
                : (reader.Take(0, 0), null);
        }
        catch (InvalidOperationException) // a text that is not well-formed Unicode
        {
            return (null, Wrong("holds a text that is not well-formed Unicode"));
        }
        finally
        {
            reader.Clear();
        }
    }

    private EventProblem? ReadObject(DataShape shape, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return Wrong("must be an object");
        }

        var seen = 0UL;
        var next = 0;
        var extras = 0;
        foreach (var property in value.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            var name = JsonText.Name(property);
            var at = shape.IndexOf(name, next);
            if (at < 0)
            {
                extras += extras < MaxExtras && Keep(shape.Prefix, name, property.Value) ? 1 : 0;
                continue;
            }

            var field = shape.Fields[at];
            var problem = (seen & (1UL << at)) != 0 ? Wrong("is given twice") : ReadField(field, property.Value);
            if (problem is not null)
            {
                return problem.Under(field.Name);
            }

            seen |= 1UL << at;
            next = at + 1 < shape.Fields.Length ? at + 1 : 0;
        }

        var missing = shape.Required & ~seen;
        return missing == 0
            ? null
            : Wrong("is required").Under(shape.Fields[BitOperations.TrailingZeroCount(missing)].Name);
    }

    private EventProblem? ReadField(FieldShape field, JsonElement value)
    {
        switch (field.Type)
        {
            case FieldType.Nested:
                return ReadObject(field.Shape!, value);
            case FieldType.List:
                return ReadList(field, value);
            case FieldType.Card:
                return ReadCard(field, value);
            case FieldType.Raw:
                return value.ValueKind == JsonValueKind.Object ? null : Wrong("must be an object");
        }

        var problem = FieldReader.Read(field, value, out var read);
        if (read.IsPresent)
        {
            Add(field.Key, read);
        }

        return problem;
    }

    private EventProblem? ReadList(FieldShape field, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return Wrong("must be a list");
        }

        List<string>? texts = null;
        List<EventData>? objects = null;
        var identities = field.Shape?.Identity is null ? null : new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            var problem = item.ValueKind == JsonValueKind.String && (field.Shape is null || field.MixesTexts)
                ? ReadItem(field, item, ref texts, ref objects)
                : field.Shape is null
                    ? Wrong("must be a text")
                    : ReadItem(field.Shape, item, identities, ref objects);
            if (problem is not null)
            {
                return problem.Under(index);
            }

            index++;
        }

        if (index == 0)
        {
            _lists.Add((field.Key, Array.Empty<string>()));
        }

        if (texts is not null)
        {
            _lists.Add((field.Key, texts.ToArray()));
        }

        if (objects is not null)
        {
            _lists.Add((field.Key, objects.ToArray()));
        }

        return null;
    }

    private static EventProblem? ReadItem(FieldShape list, JsonElement item, ref List<string>? texts, ref List<EventData>? objects)
    {
        if (JsonText.Read(item, list.Max) is not { } text)
        {
            return TooLong(list.Max);
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return Wrong("must not be empty");
        }

        if (list.Shape?.Fields is [var first, ..])
        {
            (objects ??= []).Add(new EventData([first.Key], [FieldValue.Of(text)], [], []));
        }
        else
        {
            (texts ??= []).Add(text);
        }

        return null;
    }

    private EventProblem? ReadItem(DataShape shape, JsonElement item, HashSet<string>? identities, ref List<EventData>? objects)
    {
        var (fromField, fromList) = (_keys.Count, _lists.Count);
        if (ReadObject(shape, item) is { } problem)
        {
            return problem;
        }

        var data = Take(fromField, fromList);
        if (identities is not null && !identities.Add(data[shape.Identity!.Key].Text!))
        {
            return Wrong("is the same as of an item before").Under(shape.Identity.Name);
        }

        (objects ??= []).Add(data);
        return null;
    }

    private EventProblem? ReadCard(FieldShape field, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return Wrong("must be an object");
        }

        var card = new CardReader(field.Key + ".");
        foreach (var property in value.EnumerateObject())
        {
            if (card.Read(property, out var key, out var scalar, out var list) is { } problem)
            {
                return problem;
            }

            if (list is not null)
            {
                _lists.Add((key, list));
            }

            if (scalar.IsPresent)
            {
                Add(key, scalar);
            }
        }

        return null;
    }

    /// <summary>Keeps a field the schema does not know, if it is a scalar of sensible length.</summary>
    private bool Keep(string prefix, ReadOnlySpan<byte> name, JsonElement value)
    {
        // A dot in a name could pass for a field of a nested object.
        if (name.IsEmpty || name.Contains((byte)'.') || FieldKeys.Of(prefix, name) is not { } key)
        {
            return false;
        }

        var before = _keys.Count;
        switch (value.ValueKind)
        {
            case JsonValueKind.String when JsonText.Read(value, MaxExtraLength) is { } text:
                Add(key, FieldValue.Of(text));
                break;
            case JsonValueKind.Number when value.TryGetDouble(out var number) && double.IsFinite(number):
                Add(key, FieldValue.Of(number));
                break;
            case JsonValueKind.True or JsonValueKind.False:
                Add(key, FieldValue.Of(value.ValueKind == JsonValueKind.True));
                break;
        }

        return _keys.Count > before;
    }

    private void Add(string key, FieldValue value)
    {
        _keys.Add(key);
        _values.Add(value);
    }

    private EventData Take(int fromField, int fromList)
    {
        var fields = _keys.Count - fromField;
        if (fields == 0 && _lists.Count == fromList)
        {
            return EventData.Empty;
        }

        var listKeys = new string[_lists.Count - fromList];
        var items = new Array[listKeys.Length];
        for (var i = 0; i < items.Length; i++)
        {
            (listKeys[i], items[i]) = _lists[fromList + i];
        }

        var ownKeys = new string[fields];
        var ownValues = new FieldValue[fields];
        _keys.CopyTo(fromField, ownKeys, 0, fields);
        _values.CopyTo(fromField, ownValues, 0, fields);
        _keys.RemoveRange(fromField, fields);
        _values.RemoveRange(fromField, fields);
        _lists.RemoveRange(fromList, items.Length);
        return new EventData(ownKeys, ownValues, listKeys, items);
    }

    private void Clear()
    {
        _keys.Clear();
        _values.Clear();
        _lists.Clear();
    }

    internal static EventProblem Wrong(string detail) => new("invalid-data", "", "It " + detail + ".");

    internal static EventProblem TooMany(int max, string what) =>
        new("too-long", "", FormattableString.Invariant($"It must have at most {max} {what}."));

    internal static EventProblem TooLong(int max) =>
        new("too-long", "", FormattableString.Invariant($"It must have at most {max} characters."));
}

using System.Text.Json;

namespace Cluster.Cases.Events;

/// <summary>Reads the fields of a case card (案卡): names and values are the card's own, so only their size is bounded.</summary>
internal sealed class CardReader(string prefix)
{
    private const int MaxFields = 300;
    private const int MaxItems = 300;
    private const int MaxValueLength = 2_000;

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>One field; absent if it is null.</summary>
    public EventProblem? Read(JsonProperty property, out string key, out FieldValue scalar, out string[]? list)
    {
        scalar = default;
        list = null;
        key = FieldKeys.Of(prefix, JsonText.Name(property)) ?? "";
        if (key.Length <= prefix.Length)
        {
            return DataReader.Wrong("names a field with an empty name or one that is too long");
        }

        if (!_names.Add(key))
        {
            return DataReader.Wrong("is given twice").Under(key[prefix.Length..]);
        }

        if (_names.Count > MaxFields)
        {
            return DataReader.TooMany(MaxFields, "fields");
        }

        var problem = property.Value.ValueKind == JsonValueKind.Array
            ? ReadList(property.Value, out scalar, out list)
            : ReadScalar(property.Value, out scalar);
        return problem?.Under(key[prefix.Length..]);
    }

    /// <summary>A list stays a list, and is one text too: what a later card says replaces it, and a check may look into it.</summary>
    private static EventProblem? ReadList(JsonElement value, out FieldValue scalar, out string[]? list)
    {
        scalar = default;
        list = null;
        if (value.GetArrayLength() > MaxItems)
        {
            return DataReader.TooMany(MaxItems, "items");
        }

        var items = new string[value.GetArrayLength()];
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (ReadScalar(item, out var read) is { } problem)
            {
                return problem.Under(index);
            }

            items[index++] = read.AsText();
        }

        list = items;
        scalar = FieldValue.Of(string.Join('；', items));
        return null;
    }

    private static EventProblem? ReadScalar(JsonElement value, out FieldValue scalar)
    {
        scalar = default;
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                return null;
            case JsonValueKind.True or JsonValueKind.False:
                scalar = FieldValue.Of(value.ValueKind == JsonValueKind.True);
                return null;
            case JsonValueKind.Number when value.TryGetDouble(out var number) && double.IsFinite(number):
                scalar = FieldValue.Of(number);
                return null;
            case JsonValueKind.String:
                return ReadText(value, out scalar);
            default:
                return DataReader.Wrong("must be a text, a number, true, false or a list of these");
        }
    }

    private static EventProblem? ReadText(JsonElement value, out FieldValue scalar)
    {
        scalar = default;
        var bytes = JsonText.Bytes(value);
        if (Rfc3339.TryDate(bytes, out var date))
        {
            scalar = FieldValue.Of(date);
        }
        else if (Rfc3339.TryInstant(bytes, out var instant))
        {
            scalar = FieldValue.Of(instant);
        }
        else if (JsonText.Read(value, MaxValueLength) is { } text)
        {
            // An emptied field stays present and empty: it takes back what an earlier card said.
            scalar = FieldValue.Of(text);
        }
        else
        {
            return DataReader.TooLong(MaxValueLength);
        }

        return null;
    }
}

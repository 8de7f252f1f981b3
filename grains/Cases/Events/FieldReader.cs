using System.Text.Json;

namespace Cluster.Cases.Events;

/// <summary>Reads one scalar field by its shape.</summary>
internal static class FieldReader
{
    private const double MaxCount = 1e9;

    /// <summary>The value, absent for an optional text that is empty; or the problem.</summary>
    public static EventProblem? Read(FieldShape field, JsonElement value, out FieldValue read) => field.Type switch
    {
        FieldType.Text => ReadText(field, value, out read),
        FieldType.Choice => ReadChoice(field, value, out read),
        FieldType.Range => ReadNumber(value, field.Min, field.Max, whole: true, out read),
        FieldType.Count => ReadNumber(value, 0, MaxCount, whole: false, out read),
        FieldType.Tally => ReadTally(value, out read),
        FieldType.Bool => ReadBool(value, out read),
        FieldType.Scalar => ReadScalar(field, value, out read),
        _ => ReadTime(field, value, out read),
    };

    private static EventProblem? ReadText(FieldShape field, JsonElement value, out FieldValue read)
    {
        read = default;
        if (value.ValueKind != JsonValueKind.String)
        {
            return DataReader.Wrong("must be a text");
        }

        if (JsonText.Read(value, field.Max) is not { } text)
        {
            return DataReader.TooLong(field.Max);
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return field.Required ? DataReader.Wrong("must not be empty") : null;
        }

        read = FieldValue.Of(text);
        return null;
    }

    private static EventProblem? ReadChoice(FieldShape field, JsonElement value, out FieldValue read)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            var text = JsonText.Bytes(value);
            foreach (var (utf8, choice) in field.Choices)
            {
                if (text.SequenceEqual(utf8))
                {
                    read = choice;
                    return null;
                }
            }
        }

        read = default;
        return DataReader.Wrong("must be one of " + string.Join(", ", field.Choices.Select(c => c.Value.Text)));
    }

    private static EventProblem? ReadNumber(JsonElement value, double min, double max, bool whole, out FieldValue read)
    {
        read = default;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number)
            || !(number >= min && number <= max) || (whole && number != Math.Floor(number)))
        {
            return DataReader.Wrong(FormattableString.Invariant($"must be a {(whole ? "whole " : "")}number from {min} to {max}"));
        }

        read = FieldValue.Of(number);
        return null;
    }

    private static EventProblem? ReadTally(JsonElement value, out FieldValue read)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return ReadNumber(value, 0, MaxCount, whole: false, out read);
        }

        read = FieldValue.Of((double)value.GetArrayLength());
        return null;
    }

    private static EventProblem? ReadBool(JsonElement value, out FieldValue read)
    {
        var known = value.ValueKind is JsonValueKind.True or JsonValueKind.False;
        read = known ? FieldValue.Of(value.ValueKind == JsonValueKind.True) : default;
        return known ? null : DataReader.Wrong("must be true or false");
    }

    private static EventProblem? ReadScalar(FieldShape field, JsonElement value, out FieldValue read) => value.ValueKind switch
    {
        JsonValueKind.String => ReadText(field, value, out read),
        JsonValueKind.Number => ReadNumber(value, double.MinValue, double.MaxValue, whole: false, out read),
        _ => ReadBool(value, out read) is null ? null : DataReader.Wrong("must be a text, a number, true or false"),
    };

    private static EventProblem? ReadTime(FieldShape field, JsonElement value, out FieldValue read)
    {
        read = default;
        if (value.ValueKind == JsonValueKind.String)
        {
            var text = JsonText.Bytes(value);
            if (field.Type != FieldType.Instant && Rfc3339.TryDate(text, out var date))
            {
                read = FieldValue.Of(date);
                return null;
            }

            if (field.Type != FieldType.Date && Rfc3339.TryInstant(text, out var instant))
            {
                read = FieldValue.Of(instant);
                return null;
            }
        }

        return DataReader.Wrong(field.Type switch
        {
            FieldType.Date => "must be a date, YYYY-MM-DD",
            FieldType.Instant => "must be an RFC 3339 instant with offset",
            _ => "must be a date, YYYY-MM-DD, or an RFC 3339 instant with offset",
        });
    }
}

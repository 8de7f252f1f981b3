namespace Cluster.Cases.Events;

internal enum FieldType : byte
{
    Text,
    Choice,
    Range,
    Count,
    Bool,
    Date,
    When,
    Instant,
    Scalar,
    Tally,
    Nested,
    List,
    Card,
    Raw,
}

/// <summary>What one field of an object must look like.</summary>
internal sealed class FieldShape
{
    public required string Name { get; init; }
    public required byte[] Utf8Name { get; init; }

    /// <summary>Name under its prefix, interned.</summary>
    public required string Key { get; init; }
    public required FieldType Type { get; init; }
    public required bool Required { get; init; }

    /// <summary>Text: most characters; range: greatest value.</summary>
    public int Max { get; init; }

    /// <summary>Range: least value.</summary>
    public int Min { get; init; }
    public (byte[] Utf8, FieldValue Value)[] Choices { get; init; } = [];

    /// <summary>Of a nested object or of the objects in a list; null for a list of texts.</summary>
    public DataShape? Shape { get; init; }

    /// <summary>Whether a list may mix texts among its objects.</summary>
    public bool MixesTexts { get; init; }
}

/// <summary>What an object must look like. Fields it does not name are kept as they are.</summary>
internal sealed class DataShape
{
    public DataShape(string prefix, FieldShape[] fields, FieldShape? identity)
    {
        if (fields.Length > 64)
        {
            throw new InvalidDataException("An object of the schema has more than 64 fields.");
        }

        Prefix = prefix;
        Fields = fields;
        Identity = identity;
        for (var i = 0; i < fields.Length; i++)
        {
            Required |= fields[i].Required ? 1UL << i : 0;
        }
    }

    /// <summary>Such as <c>sentBy.</c>; empty at the top and for the objects of a list.</summary>
    public string Prefix { get; }
    public FieldShape[] Fields { get; }

    /// <summary>The field that tells the items of a list apart.</summary>
    public FieldShape? Identity { get; }

    /// <summary>A bit for each required field.</summary>
    public ulong Required { get; }

    /// <summary>Senders mostly keep one order, so the search begins where the last one ended.</summary>
    public int IndexOf(ReadOnlySpan<byte> name, int start)
    {
        for (var n = 0; n < Fields.Length; n++)
        {
            var at = start + n < Fields.Length ? start + n : start + n - Fields.Length;
            if (name.SequenceEqual(Fields[at].Utf8Name))
            {
                return at;
            }
        }

        return -1;
    }
}

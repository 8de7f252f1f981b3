namespace Cluster.Cases.Events;

/// <summary>The names under which the data of an event can be read.</summary>
internal static class EventFields
{
    /// <summary>Whether a shape has a field of this flattened name, such as <c>sentBy.kind</c>.</summary>
    public static bool Has(DataShape shape, string key) => Find(shape, key) is not null;

    /// <summary>The words a field may be; null where it is free.</summary>
    public static IReadOnlyList<string>? Words(DataShape shape, string key) =>
        Find(shape, key) is { Type: FieldType.Choice } field ? [.. field.Choices.Select(c => c.Value.Text!)] : null;

    private static FieldShape? Find(DataShape shape, string key)
    {
        foreach (var field in shape.Fields)
        {
            if (field.Key == key) return field;
            if (field.Type == FieldType.Card && key.StartsWith(field.Key + ".", StringComparison.Ordinal)) return field;
            if (field.Type == FieldType.Nested && Find(field.Shape!, key) is { } found) return found;
        }

        return null;
    }
}

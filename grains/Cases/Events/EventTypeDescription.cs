namespace Cluster.Cases.Events;

/// <summary>An event type and what its data must look like, for those who send events and for those who write rules.</summary>
/// <param name="Type">Name of the contract.</param>
/// <param name="CanBeSwitchedOff">Whether an office may declare that its senders do not report it.</param>
/// <param name="IsOwn">Whether only this system writes it, so that nobody may send it.</param>
/// <param name="Fields">Dotted names, an object or a list before what it holds.</param>
public sealed record EventTypeDescription(string Type, bool CanBeSwitchedOff, bool IsOwn, IReadOnlyList<FieldDescription> Fields)
{
    /// <summary>Every type, in the order of the contract.</summary>
    public static IReadOnlyList<EventTypeDescription> All { get; } =
        [.. EventTypes.All.Select(name => EventTypes.Find(name)!).Select(t => new EventTypeDescription(t.Name, t.CanBeSwitchedOff, t.IsOwn, [.. Describe(t.Shape, "")]))];

    private static IEnumerable<FieldDescription> Describe(DataShape shape, string prefix)
    {
        foreach (var field in shape.Fields)
        {
            var name = prefix + field.Name;
            yield return new FieldDescription(name, Word(field.Type), field.Required, field.Choices.Length == 0 ? null : [.. field.Choices.Select(c => c.Value.AsText())]);
            if (field.Shape is not { } inner) continue;
            foreach (var nested in Describe(inner, name + ".")) yield return nested;
        }
    }

    private static string Word(FieldType type) => type switch
    {
        FieldType.Range or FieldType.Count => "number",
        FieldType.Nested or FieldType.Raw => "object",
        _ => type.ToString().ToLowerInvariant(),
    };
}

/// <summary>A field of an event's data.</summary>
/// <param name="Name">Dotted: <c>sentBy.kind</c>; of the objects in a list, <c>suspects.birthDate</c>.</param>
/// <param name="Type">text, choice, number, bool, date, instant, when (date or instant), scalar (text, number or bool), tally (a number, or a list that is counted), object, list, card.</param>
/// <param name="Required">Whether what holds it must have it.</param>
/// <param name="Values">Of a choice, what may be chosen; else null.</param>
public sealed record FieldDescription(string Name, string Type, bool Required, IReadOnlyList<string>? Values);

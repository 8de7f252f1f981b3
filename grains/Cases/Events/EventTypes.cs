using System.Collections.Frozen;
using System.Text;

namespace Cluster.Cases.Events;

/// <summary>The types of event that the contract knows (chapter 4.1).</summary>
public static class EventTypes
{
    private const int LongestName = 64;

    private static readonly FrozenDictionary<string, EventType> ByName;
    private static readonly FrozenDictionary<string, EventType>.AlternateLookup<ReadOnlySpan<char>> BySpan;
    private static readonly FrozenDictionary<string, int> Ordinals;

    static EventTypes()
    {
        var types = EventSchema.Load(EmbeddedFile.Text("events.yaml"));
        All = [.. types.Select(t => t.Name)];
        ByName = types.ToFrozenDictionary(t => t.Name, StringComparer.Ordinal);
        Ordinals = types.Select((type, i) => (type.Name, i)).ToFrozenDictionary(p => p.Name, p => p.i, StringComparer.Ordinal);
        BySpan = ByName.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Their names, interned, in the order of the contract.</summary>
    public static IReadOnlyList<string> All { get; }

    public static bool Contains(string name) => ByName.ContainsKey(name);

    /// <summary>Whether an office may declare that its senders do not report this type; not of one nobody knows.</summary>
    public static bool CanBeSwitchedOff(string name) => Find(name)?.CanBeSwitchedOff ?? false;

    /// <summary>Whether only this system writes events of this type, so that nobody may send one.</summary>
    public static bool IsOwn(string name) => Find(name)?.IsOwn ?? false;

    /// <summary>The place of a type in <see cref="All"/>; -1 of one nobody knows.</summary>
    internal static int OrdinalOf(string name) => Ordinals.TryGetValue(name, out var ordinal) ? ordinal : -1;

    internal static EventType? Find(string name) => ByName.GetValueOrDefault(name);

    internal static EventType? Find(ReadOnlySpan<byte> utf8Name)
    {
        if (utf8Name.Length > LongestName)
        {
            return null;
        }

        Span<char> name = stackalloc char[LongestName];
        var length = Encoding.UTF8.GetChars(utf8Name, name);
        return BySpan.TryGetValue(name[..length], out var type) ? type : null;
    }
}

/// <summary>One type and what its data must look like.</summary>
internal sealed record EventType(string Name, bool CanBeSwitchedOff, bool IsOwn, DataShape Shape);

using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cluster.Fuzz.Grammar;

/// <summary>JSON that may be wrong: tokens are kept as written, names may come twice, numbers may be none.</summary>
internal abstract class Node
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Leaf Text(string text) => new(Quoted(text));

    public static Leaf Number(long number) => new(number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public static Leaf Bool(bool value) => new(value ? "true" : "false");

    public static Row Texts(params IEnumerable<string> texts) => new([.. texts.Select(Text)]);

    public static string Quoted(string text) => JsonSerializer.Serialize(text, Plain);

    /// <summary>Reads well-formed JSON.</summary>
    public static Node Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => new Table([.. json.EnumerateObject().Select(p => new Entry(Key(p), Of(p.Value)))]),
        JsonValueKind.Array => new Row([.. json.EnumerateArray().Select(Of)]),
        _ => new Leaf(json.GetRawText()),
    };

    public abstract void Write(StringBuilder text);

    public abstract Node Copy();

    public sealed override string ToString()
    {
        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }

    private static string Key(JsonProperty property) =>
        Encoding.UTF8.GetString(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8PropertyName(property)) is var raw ? $"\"{raw}\"" : "";
}

/// <summary>A token as written.</summary>
internal sealed class Leaf(string token) : Node
{
    public string Token { get; } = token;

    public override void Write(StringBuilder text) => text.Append(Token);

    public override Node Copy() => new Leaf(Token);
}

/// <summary>A list.</summary>
internal sealed class Row(List<Node> items) : Node
{
    public List<Node> Items { get; } = items;

    public override void Write(StringBuilder text)
    {
        text.Append('[');
        for (int i = 0; i < Items.Count; i++)
        {
            if (i > 0) text.Append(',');
            Items[i].Write(text);
        }
        text.Append(']');
    }

    public override Node Copy() => new Row([.. Items.Select(i => i.Copy())]);
}

/// <summary>A name, quoted, and its value.</summary>
internal sealed record Entry(string Key, Node Value);

/// <summary>An object.</summary>
internal sealed class Table(List<Entry> entries) : Node
{
    public List<Entry> Entries { get; } = entries;

    public Table() : this([])
    {
    }

    public Table With(string key, Node? value)
    {
        if (value is not null) Entries.Add(new Entry(Quoted(key), value));
        return this;
    }

    public Table With(string key, string? value) => value is null ? this : With(key, Text(value));

    /// <summary>The value of the first entry with a name; null if there is none.</summary>
    public Node? this[string key] => Entries.Find(e => e.Key == Quoted(key))?.Value;

    public void Set(string key, Node value)
    {
        Entries.RemoveAll(e => e.Key == Quoted(key));
        With(key, value);
    }

    public override void Write(StringBuilder text)
    {
        text.Append('{');
        for (int i = 0; i < Entries.Count; i++)
        {
            if (i > 0) text.Append(',');
            text.Append(Entries[i].Key).Append(':');
            Entries[i].Value.Write(text);
        }
        text.Append('}');
    }

    public override Node Copy() => new Table([.. Entries.Select(e => new Entry(e.Key, e.Value.Copy()))]);
}

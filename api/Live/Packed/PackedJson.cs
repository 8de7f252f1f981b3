using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using MessagePack;

namespace Cluster.Api.Live.Packed;

/// <summary>JSON as MessagePack: the same maps, arrays, texts and numbers, so that a browser has the same objects of either.</summary>
internal static class PackedJson
{
    // A reader of JSON counts depth but does not recurse; whoever wrote the text has had his limit.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

    /// <summary>Writes one value.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="json">UTF-8, one value.</param>
    /// <exception cref="JsonException">It is no JSON; nothing was written.</exception>
    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<byte> json)
    {
        // MessagePack says before a map or an array how many are in it, JSON does not: one pass counts, the next writes.
        Container[] containers = ArrayPool<Container>.Shared.Rent(64);
        try
        {
            Count(json, ref containers);
            Write(ref writer, json, containers);
        }
        finally
        {
            ArrayPool<Container>.Shared.Return(containers);
        }
    }

    private static void Count(ReadOnlySpan<byte> json, ref Container[] containers)
    {
        int found = 0, current = -1;
        var reader = new Utf8JsonReader(json, Options);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                current = containers[current].Parent;
                continue;
            }
            // Of a member its value is counted.
            if (reader.TokenType is JsonTokenType.PropertyName) continue;
            if (current >= 0) containers[current].Count++;
            if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) continue;
            if (found == containers.Length) Grow(ref containers);
            containers[found] = new Container { Parent = current };
            current = found++;
        }
    }

    private static void Write(ref MessagePackWriter writer, ReadOnlySpan<byte> json, Container[] containers)
    {
        int next = 0;
        var reader = new Utf8JsonReader(json, Options);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    writer.WriteMapHeader(containers[next++].Count);
                    break;
                case JsonTokenType.StartArray:
                    writer.WriteArrayHeader(containers[next++].Count);
                    break;
                case JsonTokenType.PropertyName or JsonTokenType.String:
                    WriteText(ref writer, ref reader);
                    break;
                case JsonTokenType.Number:
                    WriteNumber(ref writer, ref reader);
                    break;
                case JsonTokenType.True or JsonTokenType.False:
                    writer.Write(reader.TokenType == JsonTokenType.True);
                    break;
                case JsonTokenType.Null:
                    writer.WriteNil();
                    break;
            }
        }
    }

    private static void WriteText(ref MessagePackWriter writer, ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            writer.WriteString(reader.ValueSpan);
            return;
        }
        byte[] text = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            writer.WriteString(text.AsSpan(0, reader.CopyString(text)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(text);
        }
    }

    private static void WriteNumber(ref MessagePackWriter writer, ref Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> text = reader.ValueSpan;
        if (Utf8Parser.TryParse(text, out long whole, out int read) && read == text.Length && (whole != 0 || text[0] != '-'))
        {
            writer.Write(whole);
            return;
        }
        if (Utf8Parser.TryParse(text, out ulong large, out read) && read == text.Length)
        {
            writer.Write(large);
            return;
        }
        // A browser has no other numbers; half of the bytes will do where they say the same.
        double number = reader.GetDouble();
        if ((float)number == number) writer.Write((float)number);
        else writer.Write(number);
    }

    private static void Grow(ref Container[] containers)
    {
        Container[] grown = ArrayPool<Container>.Shared.Rent(containers.Length * 2);
        containers.CopyTo(grown, 0);
        ArrayPool<Container>.Shared.Return(containers);
        containers = grown;
    }

    /// <summary>An object or an array, in the order of their beginnings.</summary>
    private struct Container
    {
        public int Count;

        /// <summary>What it is in; -1 for the outermost.</summary>
        public int Parent;
    }
}

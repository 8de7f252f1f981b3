using System.Buffers;
using System.Text;
using System.Text.Json;
using Cluster.Api.Live.Packed;
using MessagePack;

namespace Cluster.Api.Tests.Packed;

public sealed class PackedJsonTests
{
    public static TheoryData<string> Values =>
    [
        "null", "true", "false", "0", "1", "-1", "127", "128", "-32", "-33", "255", "256", "-128", "-129", "32767", "32768", "65535", "65536", "-32769",
        "2147483647", "2147483648", "-2147483649", "4294967295", "4294967296", "9007199254740993", "9223372036854775807", "-9223372036854775808",
        "9223372036854775808", "18446744073709551615", "18446744073709551616", "-9223372036854775809",
        "0.5", "-0.5", "0.1", "1.0", "1e3", "1E-3", "3.141592653589793", "1.7976931348623157e308", "5e-324", "123456789.125",
        "\"\"", "\"a\"", "\"期限\"", "\"\\u671f\\u9650\"", "\"\\ud83d\\ude00\"", "\"a\\\"b\\\\c\\/d\\b\\f\\n\\r\\t\"", "\"2026-02-09T09:30:00+08:00\"", "\"\\u0000\"",
        "[]", "{}", "[[]]", "[{}]", "{\"a\":[]}", "[1,[2,[3,[4]],5],6]", "{\"a\":{\"b\":{\"c\":null}},\"d\":[{\"e\":1},{\"f\":[true,false]}]}",
        "{\"a\":1,\"a\":2}", "{\"\":0}", "{\"\\u0061\\n\":\"\\u0061\"}", " { \"a\" : [ 1 , 2 ] } ",
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_is_the_same_value(string json) => Same(json);

    [Theory]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public void However_much_is_in_it(int count)
    {
        Same(JsonSerializer.Serialize(new string('x', count)));
        Same(JsonSerializer.Serialize(new string('期', count)));
        Same(JsonSerializer.Serialize(Enumerable.Range(0, count)));
        Same(JsonSerializer.Serialize(Enumerable.Range(0, count).ToDictionary(i => "k" + i, i => new[] { i })));
    }

    [Fact]
    public void However_deep_it_is()
    {
        const int depth = 2_000;
        byte[] packed = Pack(new string('[', depth) + new string(']', depth));
        Assert.Equal([.. Enumerable.Repeat((byte)0x91, depth - 1), 0x90], packed);
    }

    [Theory]
    [InlineData("-0", new byte[] { 0xca, 0x80, 0, 0, 0 })]
    [InlineData("-0.0", new byte[] { 0xca, 0x80, 0, 0, 0 })]
    [InlineData("0.5", new byte[] { 0xca, 0x3f, 0, 0, 0 })]
    [InlineData("0.1", new byte[] { 0xcb, 0x3f, 0xb9, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9a })]
    [InlineData("1e400", new byte[] { 0xca, 0x7f, 0x80, 0, 0 })]
    [InlineData("[-1,127,128]", new byte[] { 0x93, 0xff, 0x7f, 0xcc, 0x80 })]
    [InlineData("{\"a\":null}", new byte[] { 0x81, 0xa1, (byte)'a', 0xc0 })]
    public void The_bytes_are_those_of_the_specification(string json, byte[] bytes) => Assert.Equal(bytes, Pack(json));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1,]")]
    [InlineData("{\"a\"}")]
    [InlineData("1 2")]
    [InlineData("nul")]
    public void Of_what_is_no_JSON_nothing_is_written(string json)
    {
        var written = new ArrayBufferWriter<byte>();
        Assert.ThrowsAny<JsonException>(() => Pack(json, written));
        Assert.Equal(0, written.WrittenCount);
    }

    [Fact]
    public void What_the_demo_sends_is_the_same()
    {
        Assert.Equal(["alert", "assignment", "case", "counters", "workload"], Recorded.Items.Select(i => i.Kind).Distinct().Order());
        Assert.Equal(1_000, Recorded.Items.Count);
        Assert.Equal(["all", "case", "department", "procuratorate", "prosecutor"], Recorded.Snapshots.Keys.Order());
        foreach (string json in Recorded.Snapshots.Values.Concat(Recorded.Items.Select(i => i.Payload))) Same(json);
    }

    [Fact]
    public void A_payload_is_the_same_to_the_first_screen_and_to_the_next_and_a_part_of_one_is_not_taken_for_the_whole()
    {
        byte[] payload = "[1,2]"u8.ToArray();
        byte[] first = Payload(payload);
        Assert.Equal([0x92, 1, 2], first);
        Assert.Equal(first, Payload(payload));
        Assert.Equal([1], Payload(payload.AsMemory(1, 1)));
        Assert.Equal(first, Payload(payload));

        static byte[] Payload(ReadOnlyMemory<byte> json)
        {
            var written = new ArrayBufferWriter<byte>();
            var writer = new MessagePackWriter(written);
            PackedPayloads.Write(ref writer, json);
            writer.Flush();
            return written.WrittenSpan.ToArray();
        }
    }

    // The browser's decoder reads the same file (dashboard/src/live/protocol.test.ts).
    [Fact]
    public void The_example_for_the_browser_is_what_we_write()
    {
        string[] lines = Encoding.UTF8.GetString(Resource("browser.jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Convert.ToHexStringLower(Resource("browser.msgpack")), string.Concat(lines.Select(line => Convert.ToHexStringLower(Pack(line)))));
    }

    private static byte[] Resource(string name)
    {
        using Stream file = typeof(PackedJsonTests).Assembly.GetManifestResourceStream(name)!;
        var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static void Same(string json)
    {
        using JsonDocument expected = JsonDocument.Parse(json);
        JsonElement back = Unpacked.Read(Pack(json));
        Assert.True(Equal(expected.RootElement, back), $"{json} came back as {back}");
    }

    // As a browser compares them: a number is a double, and of two members of one name the last counts.
    private static bool Equal(JsonElement one, JsonElement other) => one.ValueKind == other.ValueKind && one.ValueKind switch
    {
        JsonValueKind.Number => one.GetDouble().Equals(other.GetDouble()),
        JsonValueKind.String => one.GetString() == other.GetString(),
        JsonValueKind.Array => one.GetArrayLength() == other.GetArrayLength() && one.EnumerateArray().Zip(other.EnumerateArray()).All(p => Equal(p.First, p.Second)),
        JsonValueKind.Object => one.EnumerateObject().Select(p => p.Name).SequenceEqual(other.EnumerateObject().Select(p => p.Name))
            && one.EnumerateObject().Zip(other.EnumerateObject()).All(p => Equal(p.First.Value, p.Second.Value)),
        _ => true,
    };

    private static byte[] Pack(string json)
    {
        var written = new ArrayBufferWriter<byte>();
        Pack(json, written);
        return written.WrittenSpan.ToArray();
    }

    private static void Pack(string json, ArrayBufferWriter<byte> into)
    {
        var writer = new MessagePackWriter(into);
        PackedJson.Write(ref writer, Encoding.UTF8.GetBytes(json));
        writer.Flush();
    }
}

using System.Buffers;
using System.Text;
using System.Text.Json;
using Cluster.Storage.Moving;
using FsCheck;
using FsCheck.Fluent;

namespace Grains.Tests.Storage;

public sealed class ExportFormatTests
{
    // Numbers that a store gives its rows for itself.
    private static readonly string[] OwnNumbers = ["event.position", "alert.number"];

    [Fact]
    public async Task Every_column_of_a_store_is_moved_or_named_as_one_that_is_not()
    {
        await using var store = new StoreUnderTest(StoreKind.Sqlite);
        await store.Health.Check();
        var stored = new List<string>();
        using (var connection = store.Behind())
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'";
            using var rows = command.ExecuteReader();
            while (rows.Read()) stored.Add(rows.GetString(0));
        }
        var left = stored.Except(OwnNumbers).Where(c => c.Split('.')[0] is var table && table != MovedTables.Meta && !MovedTables.NotMoved.Contains(table));
        Assert.Equal(left.Order(), MovedTables.All.SelectMany(t => t.Columns.Select(c => $"{t.Name}.{c.Name}")).Order());
    }

    [Theory]
    [InlineData("{\"a\":1}")]
    [InlineData("{\"a\" :\t[1.50, 1e3], \"a\":null}")]
    [InlineData("{\n  \"a\": 1\r\n}")]
    [InlineData(" {} ")]
    [InlineData("{\"u\":\"\\u0000\\ud83d\\ude00 陈某盗窃案\"}")]
    [InlineData("not json")]
    [InlineData("{\"a\":1} {\"b\":2}")]
    [InlineData("")]
    public void What_a_sender_wrote_comes_back_byte_for_byte(string data) => Assert.Equal(Encoding.UTF8.GetBytes(data), ThereAndBack(Encoding.UTF8.GetBytes(data)));

    [Fact]
    public void Any_bytes_come_back_on_one_line() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => ThereAndBack(bytes).AsSpan().SequenceEqual(bytes)));

    [Fact]
    public void Any_text_number_and_instant_comes_back() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(
        ArbMap.Default.ArbFor<Tuple<UnicodeString, long, NormalFloat, DateTime>>(),
        given =>
        {
            var table = new MovedTable("t", "a", "a", [new("a", MovedKind.Text), new("b", MovedKind.Integer), new("c", MovedKind.Real), new("d", MovedKind.Instant), new("e", MovedKind.Date), new("f", MovedKind.Text)]);
            // As a store gives it: half a surrogate pair is U+FFFD there already.
            var text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(given.Item1.Get ?? ""));
            object?[] row = [text, given.Item2, given.Item3.Get, given.Item4.Ticks, given.Item4.Ticks / TimeSpan.TicksPerDay, null];
            return ThereAndBack(table, row).SequenceEqual(row);
        }));

    private static byte[] ThereAndBack(byte[] data) => (byte[])ThereAndBack(new MovedTable("t", "a", "a", [new("a", MovedKind.Json)]), [data])[0]!;

    private static object?[] ThereAndBack(MovedTable table, object?[] row)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, RowLine.Written)) RowLine.Write(json, table, row);
        Assert.DoesNotContain((byte)'\n', buffer.WrittenSpan.ToArray());
        var back = new object?[row.Length];
        RowLine.Read(buffer.WrittenSpan, table, back);
        return back;
    }
}

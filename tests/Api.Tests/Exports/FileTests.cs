using System.Globalization;
using System.Text;
using Cluster.Api.Exports;

namespace Cluster.Api.Tests.Exports;

/// <summary>Tables in files.</summary>
public sealed class FileTests
{
    private static readonly Table<string> Texts = new("<表&>", true, [new("甲", "A", 10, t => Cell.Of(t)), new("乙", "B", 10, _ => Cell.Of(1.5)), new("丙", "C", 10, _ => Cell.Of(new DateOnly(2026, 2, 9)))]);

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\tx")]
    [InlineData("\rx")]
    [InlineData("＝1")]
    public async Task A_text_that_a_spreadsheet_would_run_is_made_harmless(string text)
    {
        Assert.Equal("'" + text, Sheets.Csv(await Csv([text]))[1][0]);
        Assert.Equal(text, Sheets.Read(await Xlsx([text]))[0].Rows[0]["甲"]);
    }

    [Theory]
    [InlineData("甲,乙\"丙\"\r\n丁")]
    [InlineData(" blank ")]
    [InlineData("<&>'")]
    [InlineData("_x0041_ stays")]
    [InlineData("𠮷野家")]
    [InlineData("a;b")]
    public async Task A_text_comes_back_as_it_was(string text)
    {
        Assert.Equal(text, Sheets.Csv(await Csv([text]))[1][0]);
        Assert.Equal(text.Replace("_x0041_", "_x005F_x0041_", StringComparison.Ordinal), Sheets.Read(await Xlsx([text]))[0].Rows[0]["甲"]);
    }

    [Fact]
    public async Task What_xml_cannot_hold_is_marked_and_a_text_longer_than_a_cell_is_cut()
    {
        List<Dictionary<string, string>> rows = Sheets.Read(await Xlsx(["a\0b\uD800", new string('长', 40_000)]))[0].Rows;
        Assert.Equal("a\uFFFDb\uFFFD", rows[0]["甲"]);
        Assert.Equal(SheetRows.LongestText, rows[1]["甲"].Length);
        Assert.EndsWith("…", rows[1]["甲"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_are_numbers_and_dates_are_days_of_the_calendar()
    {
        Dictionary<string, string> row = Sheets.Read(await Xlsx(["x"]))[0].Rows[0];
        Assert.Equal("1.5", row["乙"]);
        Assert.Equal(new DateTime(2026, 2, 9), DateTime.FromOADate(double.Parse(row["丙"], CultureInfo.InvariantCulture)));
        Assert.Equal(["x", "1.5", "2026-02-09"], Sheets.Csv(await Csv(["x"]))[1]);
    }

    [Fact]
    public async Task What_does_not_fit_on_one_worksheet_goes_on_on_the_next()
    {
        List<(string Name, List<Dictionary<string, string>> Rows)> sheets = Sheets.Read(await Xlsx(Enumerable.Range(1, 20).Select(i => $"t{i}"), mostRows: 9));
        Assert.Equal(["<表&>", "<表&> 2", "<表&> 3"], sheets.Select(s => s.Name));
        Assert.Equal(Enumerable.Range(1, 20).Select(i => $"t{i}"), sheets.SelectMany(s => s.Rows).Select(r => r["甲"]));
        Assert.Single(Sheets.Read(await Xlsx(Enumerable.Range(1, 8).Select(i => $"t{i}"), mostRows: 9)));
    }

    [Fact]
    public async Task An_empty_table_has_its_heads()
    {
        Assert.Empty(Assert.Single(Sheets.Read(await Xlsx([]))).Rows);
        Assert.Equal("\uFEFF甲,乙,丙\r\n", await Csv([]));
    }

    [Fact]
    public async Task Rows_go_out_while_others_are_still_read()
    {
        foreach (bool sheet in (bool[])[true, false])
        {
            using var output = new Connection();
            long before = 0;
            async IAsyncEnumerable<IReadOnlyList<string>> Pages()
            {
                for (int page = 0; page < 400; page++)
                {
                    if (page > 0 && page % 100 == 0)
                    {
                        Assert.True(output.Sent > before, $"nothing went out up to page {page}");
                        before = output.Sent;
                    }

                    yield return [.. Enumerable.Range(0, 500).Select(i => $"{page * 7919 ^ i * 104729:x}")];
                    await Task.Yield();
                }
            }

            await (sheet ? XlsxFile.Write(output, Texts, Pages(), default(DateTimeOffset).AddYears(2000), default) : CsvFile.Write(output, Texts, Pages(), default));
            Assert.True(output.Sent > 1_000_000);
        }
    }

    private static async Task<string> Csv(IEnumerable<string> rows)
    {
        using var output = new MemoryStream();
        await CsvFile.Write(output, Texts, Pages(rows), default);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static async Task<byte[]> Xlsx(IEnumerable<string> rows, int mostRows = XlsxFile.MostRows)
    {
        using var output = new Connection();
        await XlsxFile.Write(output, Texts, Pages(rows), default(DateTimeOffset).AddYears(2000), default, mostRows);
        return output.ToArray();
    }

    private static async IAsyncEnumerable<IReadOnlyList<string>> Pages(IEnumerable<string> rows)
    {
        foreach (string[] page in rows.Chunk(5))
        {
            yield return page;
            await Task.Yield();
        }
    }

    /// <summary>As the server's connections are: nothing waits for them on a thread, and they do not go back.</summary>
    private sealed class Connection : Stream
    {
        private readonly MemoryStream sent = new();

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public long Sent => sent.Length;

        public byte[] ToArray() => sent.ToArray();

        public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException("Synchronous.");

        public override void Flush() => throw new InvalidOperationException("Synchronous.");

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => sent.WriteAsync(buffer, offset, count, cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => sent.WriteAsync(buffer, cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}

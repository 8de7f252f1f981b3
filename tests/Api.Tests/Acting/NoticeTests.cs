using System.IO.Compression;
using System.Xml.Linq;
using Cluster.Api.Alerts;
using Cluster.Api.Tests.World;

namespace Cluster.Api.Tests.Acting;

/// <summary>The 流程监控通知书 as a Word document.</summary>
public sealed class NoticeTests(Desks desks) : IClassFixture<Desks>
{
    private static readonly XNamespace Word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    private static async Task<string[]> Paragraphs(HttpResponseMessage response)
    {
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        Assert.Equal("application/vnd.openxmlformats-officedocument.wordprocessingml.document", response.Content.Headers.ContentType?.MediaType);
        Assert.EndsWith(".docx", response.Content.Headers.ContentDisposition?.FileNameStar, StringComparison.Ordinal);
        return Paragraphs(await response.Content.ReadAsByteArrayAsync());
    }

    private static string[] Paragraphs(byte[] document)
    {
        using var zip = new ZipArchive(new MemoryStream(document));
        Assert.Equal(["[Content_Types].xml", "_rels/.rels", "word/document.xml"], zip.Entries.Select(e => e.FullName));
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            using Stream stream = entry.Open();
            Assert.NotNull(XDocument.Load(stream).Root);
        }
        using Stream main = zip.GetEntry("word/document.xml")!.Open();
        return [.. XDocument.Load(main).Descendants(Word + "p").Select(p => string.Concat(p.Descendants(Word + "t").Select(t => t.Value)))];
    }

    [Fact]
    public async Task It_says_what_was_found_by_which_article_and_what_is_asked_of_whom_by_when()
    {
        (string id, string alert) = await desks.Alert("张某<&\"盗窃\">案");
        await (await Desks.Act(desks.Monitor, alert, "notice", new { kind = "oral", text = "先提醒" })).Json();
        await (await Desks.Act(desks.Monitor, alert, "notice", new { kind = "report", text = "请说明<原因>。\n并附材料。" })).Json();
        string[] text = await Paragraphs(await desks.Monitor.GetAsync($"/api/alerts/{alert}/notice.docx"));
        Assert.Equal(["巴东县人民检察院", "案件流程监控通知书", $"流监〔2026〕1号（{id}）", "第一检察部："], text[..4]);
        Assert.Contains($"张某<&\"盗窃\">案（{id}，承办检察官：p1）", text[4], StringComparison.Ordinal);
        Assert.Contains("（SQ-016）", text[5], StringComparison.Ordinal);
        Assert.Contains("至今未纠正", text[5], StringComparison.Ordinal);
        Assert.Equal("二、依据。《人民检察院刑事诉讼规则》第一百八十二条、第二百六十条。", text[6]);
        Assert.Equal(["三、监控意见。请说明<原因>。", "并附材料。"], text[7..9]);
        Assert.Equal("根据《人民检察院刑事诉讼规则》第六百六十五条的规定，请在收到本通知书后十日以内将核查和纠正情况书面回复案件管理部门。", text[9]);
        Assert.Equal(["本通知书同时报送检察长。", "巴东县人民检察院案件管理部门", "2026年2月9日"], text[10..]);
    }

    [Fact]
    public async Task While_none_was_given_in_writing_it_is_a_draft()
    {
        (_, string alert) = await desks.Alert();
        await (await Desks.Act(desks.Monitor, alert, "notice", new { kind = "oral", text = "先提醒" })).Json();
        string[] text = await Paragraphs(await desks["handler"].GetAsync($"/api/alerts/{alert}/notice.docx"));
        Assert.Equal("案件流程监控通知书（草稿）", text[1]);
        Assert.DoesNotContain(text, line => line.Contains("先提醒", StringComparison.Ordinal));
        await (await desks["foreigner"].GetAsync($"/api/alerts/{alert}/notice.docx")).Problem(404);
        var audit = (await desks.Server.Get("/api/audit?limit=500&action=notice.read")).GetProperty("items").EnumerateArray().ToList();
        Assert.Contains(audit, e => e.GetProperty("target").GetString() == "alert:" + alert && e.GetProperty("actor").GetString() == "handler");
    }

    [Fact]
    public void What_XML_cannot_hold_does_not_break_it() =>
        Assert.Equal(["a\uFFFDb\uFFFD😀", "\uFFFD c "], Paragraphs(WordDocument.Write([(WordStyle.Body, "a\u0001b\uD800😀\n\uFFFE c ")], TestClock.Start)));

    [Theory]
    [InlineData("CPL 172; R 351-352, 12", "《中华人民共和国刑事诉讼法》第一百七十二条；《人民检察院刑事诉讼规则》第三百五十一条至第三百五十二条、第十二条")]
    [InlineData("R 665; CARD R034", "《人民检察院刑事诉讼规则》第六百六十五条；CARD R034")]
    [InlineData("SPC 103, 110, 1001, 20", "《最高人民法院关于适用《中华人民共和国刑事诉讼法》的解释》第一百零三条、第一百一十条、第一千零一条、第二十条")]
    [InlineData("R 157(3)", "《人民检察院刑事诉讼规则》157(3)")]
    [InlineData("", "")]
    public void Articles_are_written_out(string basis, string text) => Assert.Equal(text, Citation.Of(basis));
}

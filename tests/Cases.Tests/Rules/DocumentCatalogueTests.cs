using System.Text.Json;
using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Cases.Rules;

namespace Cases.Tests.Rules;

public sealed class DocumentCatalogueTests
{
    private const string Accepted = """{"caseType":"PRO","procuratorate":"422826","receivedOn":"2026-02-09","registeredOn":"2026-02-09","victims":0,"transferDocument":"起诉意见书","suspects":[{"suspect":"1","measure":{"kind":"arrest","from":"2026-01-10","organ":"公安"}}]}""";

    [Fact]
    public void Only_what_the_law_demands_and_goes_out_is_missed_without_being_asked_for() =>
        Assert.Equal(
            ["不批准逮捕决定书", "不批准逮捕理由说明书", "不起诉决定书", "批准逮捕决定书", "补充侦查决定书", "补充侦查提纲", "补充侦查提纲", "补充调查决定书", "补充调查提纲", "起诉书", "附条件不起诉决定书"],
            Catalogue.Default.Documents.Where(d => d.Demanded).Select(d => d.Code).Order(StringComparer.Ordinal));

    [Fact]
    public void A_document_found_missing_is_found_by_a_rule_that_exists() =>
        Assert.All(Catalogue.Default.Documents, d => Assert.Contains(Catalogue.Default.Rules, r => r.Id == d.FoundBy));

    [Fact]
    public void What_goes_out_has_a_receiver() =>
        Assert.All(Catalogue.Default.Documents.Where(d => d.Way == DocumentWay.Out), d => Assert.NotEmpty(d.To));

    [Theory]
    [InlineData("ARR")]
    [InlineData("PRO")]
    [InlineData("APPEAL2")]
    [InlineData("LIAN")]
    [InlineData("JIYA")]
    [InlineData("CIVS")]
    [InlineData("ADMS")]
    [InlineData("PILA")]
    [InlineData("PILC")]
    [InlineData("PETC")]
    [InlineData("EXT")]
    public void A_case_type_has_documents_of_its_own(string caseType) =>
        Assert.Contains(Catalogue.Default.Documents, d => d.Binding.CaseTypes.Contains(caseType));

    [Fact]
    public void A_case_lists_what_its_nodes_ask_for_and_what_must_still_come()
    {
        var documents = Checklist(Observability.Default, "2026-02-10T09:00:00+08:00");
        Assert.Contains(new DocumentState("起诉意见书", false, "present"), documents);
        Assert.Contains(new DocumentState("换押证", false, "missing"), documents);
        Assert.Contains(new DocumentState("起诉书", true, "not-yet"), documents);
        Assert.DoesNotContain(documents, d => d.Code is "被害人诉讼权利义务告知书" or "批准逮捕决定书" or "审查报告");
    }

    [Fact]
    public void Once_everybody_is_decided_on_what_cannot_come_any_more_is_not_listed()
    {
        var documents = Checklist(Observability.Default, "2026-02-26T09:00:00+08:00", ("2026-02-25T09:00:00+08:00", "decision.made", """{"kind":"prosecute","doc":{"code":"起诉书"}}"""));
        Assert.Contains(new DocumentState("起诉书", true, "present"), documents);
        Assert.Contains(new DocumentState("审查报告", false, "missing"), documents);
        Assert.DoesNotContain(documents, d => d.Code is "不起诉决定书" or "附条件不起诉决定书" or "补充侦查决定书");
    }

    [Fact]
    public void A_name_is_listed_once() =>
        Assert.All(
            Catalogue.Default.Documents.SelectMany(d => d.Binding.CaseTypes).Distinct(),
            type => Assert.Distinct(Catalogue.Default.Documents.Where(d => d.AppliesTo(type)).Select(d => d.Code)));

    [Fact]
    public void An_office_that_declares_a_document_must_have_it()
    {
        var declared = Observability.Of(["审查报告"], []);
        (string, string, string) decided = ("2026-02-25T09:00:00+08:00", "decision.made", """{"kind":"prosecute","doc":{"code":"起诉书"}}""");
        Assert.DoesNotContain(Assess(Observability.Default, "2026-02-26T09:00:00+08:00", decided).Findings, f => f.Rule.Id == "WS-001");
        var finding = Assert.Single(Assess(declared, "2026-02-26T09:00:00+08:00", decided).Findings, f => f.Rule.Id == "WS-001");
        Assert.Equal(("审查报告/1", "L1"), (finding.Instance, finding.Level));
        Assert.Contains(new DocumentState("审查报告", true, "missing"), Checklist(declared, "2026-02-26T09:00:00+08:00", decided));
    }

    [Fact]
    public void A_paper_of_the_office_drawn_up_before_its_node_counts()
    {
        var declared = Observability.Of(["审查报告"], []);
        var findings = Assess(
            declared, "2026-02-26T09:00:00+08:00",
            ("2026-02-20T09:00:00+08:00", "document.issued", """{"doc":{"code":"审查报告"}}"""),
            ("2026-02-25T09:00:00+08:00", "decision.made", """{"kind":"prosecute","doc":{"code":"起诉书"}}""")).Findings;
        Assert.DoesNotContain(findings, f => f.Rule.Id == "WS-001");
    }

    [Fact]
    public void A_document_that_goes_out_is_missed_at_the_level_of_the_rule()
    {
        var findings = Assess(Observability.Of(["换押证"], []), "2026-02-12T09:00:00+08:00").Findings;
        Assert.Equal(("换押证/1", "L2"), Assert.Single(findings.Where(f => f.Rule.Id == "WS-001").Select(f => (f.Instance, f.Level))));
    }

    [Theory]
    [InlineData("咸检刑诉〔2026〕12号", true)]
    [InlineData("鄂咸检刑诉〔2026〕Z12号", true)]
    [InlineData("榆检捕批[2018]000123号之二", true)]
    [InlineData("达检公诉刑诉(2017)164-1号", true)]
    [InlineData("咸检刑诉〔26〕12号", false)]
    [InlineData("咸检刑诉〔2026〕号", false)]
    [InlineData("咸公刑诉〔2026〕12号", false)]
    [InlineData("咸检刑诉〔2026〕12", false)]
    [InlineData("12", false)]
    public void The_number_of_a_document_names_the_house_the_year_and_the_serial(string number, bool regular) =>
        Assert.Equal(regular, DocumentNumber.IsRegular(number));

    private static List<DocumentState> Checklist(Observability reports, string at, params (string, string, string)[] then) => [.. Assess(reports, at, then).Documents];

    private static CaseAssessment Assess(Observability reports, string at, params (string Time, string Type, string Data)[] then)
    {
        var now = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture);
        IEnumerable<(string Time, string Type, string Data)> all = [("2026-02-09T09:00:00+08:00", "case.accepted", Accepted), .. then];
        var events = all.Select((e, i) =>
        {
            using var json = JsonDocument.Parse($$"""{"specversion":"1.0","id":"e-{{i}}","source":"/test","type":"{{e.Type}}","subject":"c","time":"{{e.Time}}","data":{{e.Data}}}""");
            return EventReader.Read(json.RootElement, now).Event!;
        });
        return Assessor.Default.Assess(CaseHistory.Of(events), now, reports);
    }
}

using System.Globalization;
using System.Text;
using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Law;

namespace Cases.Tests.Assessment;

/// <summary>The course of every case type, and when it no longer burdens its prosecutor.</summary>
public sealed class StageTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, LegalTime.Offset);

    private const string Assigned = "case.assigned {\"prosecutor\":\"p1\",\"mode\":\"random\"} > ASSIGN";

    /// <summary>A course: what happens, and the state it leads to; a state with a full stop no longer burdens.</summary>
    public static TheoryData<string, string, string[]> Courses => new()
    {
        { "ARR", "approved and executed", [Assigned, Interrogated("1") + " > INTERROG", Decision("approve-arrest") + " > DECIDE.", "execution.replied {\"suspect\":\"1\"} > EXEC_REPLY.", "case.archived {} > ARCHIVE."] },
        { "ARR", "refused", [Assigned, Decision("refuse-arrest") + " > DECIDE."] },
        { "ARR", "sent elsewhere", [Assigned, "jurisdiction.transferred {\"to\":\"422827\"} > TRANSFERRED."] },
        { "ARR-D", "decided to arrest", [Assigned, Interrogated("1") + " > INTERROG", Decision("arrest") + " > DECIDE."] },
        { "ARR-S", "bail decided", [Assigned, Decision("no-arrest") + " > DECIDE."] },
        { "EXT", "sent up and approved", [Assigned, Issued("提请批准延长侦查羁押期限意见书") + " > SENT_UP", Decision("approve") + " > DECIDE."] },
        { "EXT", "refused", [Assigned, Decision("refuse") + " > DECIDE."] },
        { "LIMIT", "prosecution approved", [Assigned, Issued("报请核准追诉案件报告书") + " > SENT_UP", Decision("approve") + " > DECIDE."] },
        { "RECALC", "no objection", [Assigned, Decision("maintain") + " > DECIDE."] },
        { "RECALC", "corrected", [Assigned, Issued("纠正违法通知书") + " > CORRECTED."] },
        { "REV", "upheld", [Assigned, Decision("maintain") + " > DECIDE."] },
        { "REV", "told as a reconsideration", [Assigned, "reconsideration.decided {\"of\":\"refuse-arrest\",\"level\":\"same\",\"result\":\"change\"} > DECIDE."] },
        {
            "PRO", "returned twice, prosecuted, judged",
            [
                "case.assigned {\"prosecutor\":\"p1\",\"mode\":\"random\"} > UNDER_REVIEW", "supplement.returned {\"to\":\"police\"} > RETURNED_1", "supplement.resubmitted {\"receivedOn\":\"2026-03-05\"} > UNDER_REVIEW",
                "supplement.returned {\"to\":\"police\"} > RETURNED_2", "supplement.resubmitted {\"receivedOn\":\"2026-03-07\"} > UNDER_REVIEW", Decision("prosecute") + " > PROSECUTED",
                "judgment.received {\"kind\":\"judgment\"} > JUDG_REVIEW", "protest.filed {} > PROTESTED", "judgment.effective {} > EFFECTIVE.",
            ]
        },
        { "PRO", "extended", ["review.extended {\"approvedOn\":\"2026-03-03\"} > UNDER_REVIEW_EXT", Decision("np-doubt") + " > NOT_PROSECUTED."] },
        { "PRO", "withdrawn from court and not prosecuted", [Decision("prosecute") + " > PROSECUTED", "prosecution.withdrawn {} > WITHDRAWN", Decision("np-legal") + " > NOT_PROSECUTED."] },
        { "PRO", "withdrawn by the police", [Decision("withdrawn-by-police") + " > WITHDRAWN_BY_POLICE."] },
        { "PRO", "joined to another", [Decision("merge") + " > MERGED."] },
        { "PRO", "sent elsewhere", ["jurisdiction.transferred {\"to\":\"422827\"} > TRANSFERRED."] },
        { "PRO", "closed while on trial", [Decision("prosecute") + " > PROSECUTED", "case.closed {} > PROSECUTED."] },
        { "PRO-M", "probation kept", [Decision("np-conditional") + " > PROBATION", Decision("np-after-probation") + " > NOT_PROSECUTED."] },
        { "PRO-M", "probation broken", [Decision("np-conditional") + " > PROBATION", Decision("prosecute-after-probation") + " > PROSECUTED"] },
        {
            "TRIAL1", "adjourned, judged, effective",
            [
                Assigned, "court.accepted {} > COURT_ACCEPTED", Issued("庭前会议笔录") + " > PRETRIAL", "court.opened {} > OPEN", "court.adjourned {} > ADJOURNED", "court.resumed {} > OPEN",
                "judgment.received {\"kind\":\"judgment\",\"result\":\"guilty\"} > JUDG_REVIEW", "judgment.effective {} > EFFECTIVE.",
            ]
        },
        { "TRIAL1", "withdrawn", [Assigned, "court.accepted {} > COURT_ACCEPTED", "prosecution.withdrawn {} > WITHDRAWN."] },
        { "TRIAL1", "protested", [Assigned, "judgment.received {\"kind\":\"judgment\"} > JUDG_REVIEW", "protest.filed {} > PROTESTED"] },
        { "JUDGREV", "agreed", [Assigned, "judgment.received {\"kind\":\"judgment\"} > JUDG_REVIEW", "judgment.reviewed {\"conclusion\":\"同意\"} > REVIEWED."] },
        { "JUDGREV", "protested", [Assigned, "judgment.received {\"kind\":\"judgment\"} > JUDG_REVIEW", "judgment.reviewed {\"conclusion\":\"提出抗诉\"} > JUDG_REVIEW", "protest.filed {} > PROTESTED."] },
        { "JUDGREV", "the proceedings were corrected", [Assigned, "judgment.received {\"kind\":\"ruling\"} > JUDG_REVIEW", Issued("纠正审理违法意见书") + " > CORRECTED."] },
        { "APPEAL2", "heard and judged", [Assigned, "files.arranged {\"by\":{\"kind\":\"court\"}} > FILES_READ", Issued("支持刑事抗诉意见书") + " > PROTEST_SUPPORTED", "court.opened {} > OPEN", "judgment.received {\"kind\":\"judgment\"} > JUDG_REVIEW", "judgment.effective {} > EFFECTIVE."] },
        { "APPEAL2", "protest withdrawn", [Assigned, Step("protest-withdrawn") + " > PROTEST_WITHDRAWN."] },
        { "RETRIAL", "protested and retried", [Assigned, Issued("提请抗诉报告书") + " > SENT_UP", Decision("protest") + " > PROTESTED", "court.opened {} > OPEN", "judgment.received {\"kind\":\"judgment\"} > JUDG_REVIEW", "judgment.effective {} > EFFECTIVE."] },
        { "RETRIAL", "not protested", [Assigned, Decision("no-support") + " > NOT_PROTESTED."] },
        { "DEATH", "opinion and result", [Assigned, Issued("死刑复核案件检察意见书") + " > OPINION", "judgment.received {\"kind\":\"ruling\"} > RESULT."] },
        {
            "LIAN", "the police were told to file and did",
            [
                Assigned, Issued("要求说明不立案理由通知书") + " > REASONS_ASKED", Step("reasons-received") + " > REASONS_RECEIVED", Issued("通知立案书") + " > NOTIFIED", Step("police-filed") + " > FILED",
                Issued("立案监督案件催办函") + " > URGED", Step("police-investigation-concluded") + " > CONCLUDED.",
            ]
        },
        { "LIAN", "the reasons held", [Assigned, Issued("要求说明立案理由通知书") + " > REASONS_ASKED", Step("reasons-received") + " > REASONS_RECEIVED", Step("reasons-accepted") + " > REASONS_ACCEPTED."] },
        { "LIAN", "the police dropped their case", [Assigned, Step("filing-reasons-asked") + " > REASONS_ASKED", Step("filing-told") + " > NOTIFIED", Step("violation-notified") + " > CORRECTED", Step("police-case-dropped") + " > DROPPED."] },
        { "ZHEN", "corrected orally, then in writing", [Assigned, Step("oral-correction") + " > ORAL_CORRECTION", Issued("纠正违法通知书") + " > CORRECTED", Step("correction-answered") + " > REPLIED."] },
        { "SHEN", "a suggestion to the court", [Assigned, Issued("检察建议书") + " > SUGGESTED", Step("correction-answered") + " > REPLIED."] },
        { "EXEC", "an opinion on parole", [Assigned, Issued("减刑、假释提请检察意见书") + " > OPINION", Issued("纠正不当减刑裁定意见书") + " > CORRECTED", Step("correction-answered") + " > REPLIED."] },
        { "JIYA", "to be kept", [Assigned, "custody.reviewed {\"suspect\":\"1\",\"result\":\"continue\"} > KEPT."] },
        { "JIYA", "proposed and changed", [Assigned, "custody.reviewed {\"suspect\":\"1\",\"result\":\"change\"} > CHANGE_PROPOSED", "measure.taken {\"suspect\":\"1\",\"kind\":\"bail\",\"from\":\"2026-03-06\"} > CHANGED."] },
        { "JIYA", "proposed and answered", [Assigned, "custody.reviewed {\"suspect\":\"1\",\"result\":\"change\"} > CHANGE_PROPOSED", Step("custody-change-answered") + " > CHANGED."] },
        { "OWN", "filed and sent for prosecution", [Assigned, Decision("file") + " > FILED", Issued("侦查终结报告") + " > CONCLUDED", Issued("起诉意见书") + " > SENT_FOR_PROSECUTION."] },
        { "OWN", "sent with the wish not to prosecute", [Assigned, Decision("file") + " > FILED", Issued("不起诉意见书") + " > SENT_FOR_NON_PROSECUTION."] },
        { "OWN", "not filed", [Assigned, Issued("不立案通知书") + " > NOT_FILED."] },
        { "OWN", "dropped", [Assigned, Decision("file") + " > FILED", Decision("terminate") + " > DROPPED."] },
        { "PETC", "upheld after review", [Issued("受理通知书") + " > ACCEPTED", Assigned, Issued("立案复查决定书") + " > FILED", Decision("maintain") + " > MAINTAINED."] },
        { "PETC", "changed", [Assigned, Decision("change") + " > CHANGED."] },
        { "PETC", "not taken up", [Assigned, Decision("refuse") + " > REFUSED."] },
        { "PETC", "passed on", [Assigned, Decision("transfer") + " > TRANSFERRED."] },
        { "PETC", "compensation decided", [Assigned, Issued("国家赔偿决定书") + " > DECIDE."] },
        { "PETC", "protested", [Assigned, Issued("提请抗诉报告书") + " > PROTESTED."] },
        { "CIVS", "suspended, resumed, protested", [Issued("受理通知书") + " > ACCEPTED", Assigned, Issued("中止审查决定书") + " > SUSPENDED", Issued("恢复审查通知书") + " > ASSIGN", Issued("民事抗诉书") + " > PROTESTED", "judgment.received {\"kind\":\"judgment\"} > RESULT."] },
        { "CIVS", "not taken up", [Assigned, Issued("不予受理决定书") + " > REFUSED."] },
        { "CIVS", "not supported", [Assigned, Decision("no-support") + " > NOT_SUPPORTED."] },
        { "CIVS", "terminated", [Assigned, Decision("terminate") + " > TERMINATED."] },
        { "CIVS", "retrial suggested", [Assigned, Decision("retrial-suggestion") + " > RETRIAL_SUGGESTED", Step("suggestion-answered") + " > RESULT."] },
        { "ADMS", "suspended twice", [Assigned, Step("review-suspended") + " > SUSPENDED", Step("review-resumed") + " > ASSIGN", Step("review-suspended") + " > SUSPENDED", Step("review-resumed") + " > ASSIGN", Decision("suggestion") + " > SUGGESTED", Step("suggestion-answered") + " > RESULT."] },
        { "ADMS", "sent up", [Assigned, Issued("提请抗诉报告书") + " > SENT_UP"] },
        {
            "PILA", "suggested, followed up, sued",
            [
                Assigned, Decision("file") + " > FILED", Step("consultation-held") + " > CONSULTED", Decision("suggest") + " > SUGGESTED", Step("suggestion-answered") + " > REPLIED", Step("rectification-followed-up") + " > FOLLOWED_UP",
                Decision("sue") + " > SUED", "court.opened {} > OPEN", "judgment.received {\"kind\":\"judgment\"} > JUDG_REVIEW", "judgment.effective {} > EFFECTIVE.",
            ]
        },
        { "PILA", "rectified", [Assigned, Decision("file") + " > FILED", Decision("suggest") + " > SUGGESTED", Issued("终结案件决定书") + " > TERMINATED."] },
        { "PILA", "not filed", [Assigned, Issued("不立案决定书") + " > NOT_FILED."] },
        { "PILC", "announced and sued", [Assigned, Decision("file") + " > FILED", Step("pre-suit-notice") + " > ANNOUNCED", Decision("sue") + " > SUED", "judgment.received {\"kind\":\"judgment\"} > JUDG_REVIEW", "judgment.effective {} > EFFECTIVE."] },
        { "PILC", "supported the suit of another", [Assigned, Decision("file") + " > FILED", Issued("公告") + " > ANNOUNCED", Issued("支持起诉意见书") + " > SUPPORTED", "judgment.received {\"kind\":\"judgment\"} > JUDG_REVIEW"] },
        { "PILC", "terminated", [Assigned, Decision("file") + " > FILED", Decision("terminate") + " > TERMINATED."] },
        { "CONF", "supplemented and applied for", [Assigned, "supplement.returned {\"to\":\"police\"} > SUPPLEMENTED", "supplement.resubmitted {\"receivedOn\":\"2026-03-05\"} > ASSIGN", Decision("apply") + " > APPLIED", "judgment.received {\"kind\":\"ruling\"} > JUDG_REVIEW", "judgment.effective {} > EFFECTIVE."] },
        { "CONF", "not applied for", [Assigned, Decision("no-apply") + " > NOT_APPLIED."] },
        { "MEDI", "applied for", [Assigned, Decision("apply") + " > APPLIED", "court.opened {} > OPEN", "judgment.received {\"kind\":\"ruling\"} > JUDG_REVIEW", "judgment.effective {} > EFFECTIVE."] },
        { "MEDI", "withdrawn by the police", [Assigned, Decision("withdrawn-by-police") + " > WITHDRAWN_BY_POLICE."] },
        { "SUGG", "answered", [Assigned, Issued("社会治理检察建议书") + " > SUGGESTED", Step("suggestion-answered") + " > REPLIED."] },
        { "SUGG", "objected to and withdrawn", [Assigned, Issued("检察建议书") + " > SUGGESTED", Step("suggestion-objected") + " > OBJECTED", Step("suggestion-withdrawn") + " > WITHDRAWN."] },
        { "SUGG", "no suggestion was needed", [Assigned, Decision("terminate") + " > TERMINATED."] },
    };

    [Theory]
    [MemberData(nameof(Courses))]
    public void A_case_goes_its_course(string caseType, string title, string[] course)
    {
        Assert.NotEmpty(title);
        var events = new List<CaseEvent> { Event(0, "case.accepted", $$$"""{"caseType":"{{{caseType}}}","procuratorate":"422826","receivedOn":"2026-03-02","suspects":[{"suspect":"1"}]}""") };
        var first = Assess(events);
        Assert.True(first.Open);
        Assert.Equal(caseType is "PRO" or "PRO-M" ? "UNDER_REVIEW" : "REG", first.Stage);

        DateOnly? closed = null;
        foreach (var line in course)
        {
            var (happened, stage) = (line[..line.LastIndexOf(" > ", StringComparison.Ordinal)], line[(line.LastIndexOf(" > ", StringComparison.Ordinal) + 3)..]);
            var blank = happened.IndexOf(' ', StringComparison.Ordinal);
            events.Add(Event(events.Count, happened[..blank], happened[(blank + 1)..]));

            var assessment = Assess(events);
            Assert.Equal((line, stage.TrimEnd('.'), !stage.EndsWith('.')), (line, assessment.Stage, assessment.Open));
            closed ??= assessment.Open ? null : LegalTime.DateOf(events[^1].Time);
            Assert.Equal((line, closed), (line, assessment.ClosedOn));
        }

        events.Add(Event(events.Count, "case.archived", "{}"));
        Assert.Equal(("ARCHIVE", closed ?? LegalTime.DateOf(events[^1].Time)), (Assess(events).Stage, Assess(events).ClosedOn));
    }

    [Fact]
    public void Every_case_type_has_a_course_that_is_tested()
    {
        var types = EventTypes.Find("case.accepted")!.Shape.Fields.Single(f => f.Name == "caseType").Choices.Select(c => c.Value.Text!).ToList();

        Assert.Equal(28, types.Count);
        Assert.Empty(types.Except(Stages.All.SelectMany(m => m.CaseTypes)));
        Assert.Empty(types.Except(Courses.Select(c => (string)c[0])));
        Assert.Equal(["default"], Stages.All.SelectMany(m => m.CaseTypes).Except(types));
        Assert.Equal(29, Stages.All.Sum(m => m.CaseTypes.Count));
    }

    [Fact]
    public void No_machine_has_a_state_twice_and_no_state_is_named_that_no_machine_has()
    {
        Assert.All(Stages.All, m => Assert.Equal(m.Stages.Count, m.Stages.Select(s => s.Code).Distinct().Count()));
        Assert.Empty(Stages.Names.Keys.Except(Stages.All.SelectMany(m => m.Stages).Select(s => s.Code)).Except(["unaccepted", "ARCHIVE"]));
    }

    [Fact]
    public void A_case_nobody_accepted_burdens_nobody()
    {
        var assessment = Assess([Event(1, "case.assigned", """{"prosecutor":"p1","mode":"random"}""")]);

        Assert.Equal(("unaccepted", false), (assessment.Stage, assessment.Open));
    }

    [Fact]
    public void A_decision_on_one_of_two_suspects_does_not_end_the_case()
    {
        List<CaseEvent> events =
        [
            Event(0, "case.accepted", """{"caseType":"ARR","procuratorate":"422826","receivedOn":"2026-03-02","suspects":[{"suspect":"1"},{"suspect":"2"}]}"""),
            Event(1, "decision.made", """{"kind":"approve-arrest","suspects":["1"]}"""),
            Event(2, "execution.replied", """{"suspect":"1"}"""),
        ];

        Assert.Equal(("REG", true), (Assess(events).Stage, Assess(events).Open));
        events.Add(Event(3, "decision.made", """{"kind":"refuse-arrest","suspects":["2"]}"""));
        Assert.Equal(("EXEC_REPLY", false), (Assess(events).Stage, Assess(events).Open));
    }

    private static string Decision(string kind) => $$"""decision.made {"kind":"{{kind}}"}""";

    private static string Issued(string document) => $$$"""document.issued {"doc":{"code":"{{{document}}}"}}""";

    private static string Step(string code) => $$"""step.recorded {"step":"{{code}}"}""";

    private static string Interrogated(string suspect) => $$"""suspect.interrogated {"suspect":"{{suspect}}","staff":2}""";

    private static CaseAssessment Assess(IReadOnlyList<CaseEvent> events) =>
        Assessor.Default.Assess(CaseHistory.Of(events), Start.AddHours(24 * events.Count));

    private static CaseEvent Event(int number, string type, string data) =>
        EventReader.Restore("/test", number.ToString("D2", CultureInfo.InvariantCulture), type, Start.AddHours(24 * number), null, Encoding.UTF8.GetBytes(data));
}

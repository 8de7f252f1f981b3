using System.Text.Json.Nodes;

namespace Cluster.Api.Demo;

/// <summary>
/// Writes the review for prosecution (审查起诉). Only the indictment and some measures are told by the judgment; the rights notices,
/// interrogations, hearings and papers are the lawful steps every such case has, less the deliberate omissions.
/// </summary>
internal sealed class ReviewScript
{
    private readonly CasePlan _plan;
    private readonly DemoDice _dice;
    private readonly OfficeUnit _office;
    private readonly CaseDocuments _docs;
    private readonly CaseLine _line;
    private readonly ReviewRecord _record;
    private readonly DateOnly _received;
    private readonly DateOnly _indicted;

    /// <summary>End of the first round: the first steps fall into it.</summary>
    private readonly DateOnly _firstEnd;

    /// <summary>The document this case never gets, if that is its omission.</summary>
    private readonly string? _missing;

    private ReviewScript(CasePlan plan)
    {
        _plan = plan;
        _dice = plan.Dice;
        _office = plan.Office;
        _docs = new CaseDocuments(_office, plan.ReviewSubject);
        _line = new CaseLine(plan.ReviewSubject, _office.Source, $"{plan.Row.Id}-p", _dice);
        _record = new ReviewRecord(plan.Suspects.Count);
        _received = plan.Review.Received;
        _indicted = plan.Row.Indicted;
        _firstEnd = plan.Review.Rounds[0].Until;
        _missing = _dice.Happens(DemoOmissions.DocumentMissing, "document-missing")
            ? _dice.Pick(["审查报告", "讯问笔录", "起诉书", "刑事判决、裁定审查表"], "which-document")
            : null;
    }

    public static void Write(CasePlan plan, List<DemoEvent> events)
    {
        var script = new ReviewScript(plan);
        script.Accept();
        ReviewNotices.Write(plan, script._record, script._docs, script._line);
        foreach (var suspect in plan.Suspects)
        {
            script.Hear(suspect);
            ReviewMeasures.Write(plan, suspect, script._docs, script._line);
        }
        ReviewRounds.Write(plan, script._record, script._docs, script._line);
        script.Conclude();
        ReviewCards.Write(plan, script._record, script._line);
        TrialScript.Write(plan, script._docs, script._missing, script._line);
        script._line.Write(events);
    }

    private void Accept()
    {
        var plan = _plan;
        var data = Intake.Accepted(plan, plan.Minor ? "PRO-M" : "PRO", _office, plan.Department, _received,
            plan.Suspects, s => ReviewMeasures.OnReceipt(plan, s));
        data["transferDocument"] = plan.Sender == Sender.Police
            ? $"{_office.Place[..2]}公诉字[{_received.Year}]{CaseRegister.Serial(plan.ReviewSubject)}号"
            : "起诉意见书";
        var fastTrack = plan.Row.Procedure == "速裁";
        data["fastTrack"] = fastTrack;
        if (fastTrack && plan.ExpectedMonths is { } months)
            data["expectedTermMonths"] = months;
        if (plan.Suspects.Count >= 5)
            data["complex"] = true;
        if (plan.Continued is { } continued)
            data["previousCase"] = continued;
        _line.Add(_received, Step.Intake, "case.accepted", Origin.Derived, data);
        Issue("案件受理登记表", _received, Step.Intake);
        var held = plan.Suspects.Where(s => s.InCustodyOn(_received)).ToList();
        foreach (var suspect in held)
            _line.Add(_received, Step.Intake, "custody.transferred", Origin.Generated, new JsonObject { ["suspect"] = suspect.Number });
        if (held.Count > 0)
            Issue("换押证", _received, Step.Intake);
    }

    /// <summary>Plea rules told, interrogation, opinions of suspect and defender, plea, review of custody.</summary>
    private void Hear(Suspect suspect)
    {
        var i = suspect.Index;
        var interrogation = DemoCalendar.Workday(_received.AddDays(_dice.Between(5, 14, "interrogated", i)), Earlier(_received.AddDays(4), _firstEnd), _firstEnd);
        if (!_dice.Happens(DemoOmissions.PleaNoticeMissing, "plea-notice-missing", i))
            _line.Add(interrogation, Step.PleaNotice, "rights.notified", Origin.Generated, new JsonObject
            {
                ["who"] = "plea",
                ["suspect"] = suspect.Number,
                ["how"] = "document",
                ["doc"] = _docs.Of("认罪认罚从宽制度告知书", interrogation),
            });
        if (!_dice.Happens(DemoOmissions.InterrogationMissing, "interrogation-missing", i))
        {
            _record.Interrogated[i] = interrogation;
            // Whoever is let go on that day is heard before.
            _line.Add(interrogation, Step.Interrogation, "suspect.interrogated", Origin.Generated, Interrogation.Data(_plan, suspect, suspect.InCustodyOn(interrogation) || suspect.InCustodyOn(interrogation.AddDays(-1))));
            Issue("讯问笔录", interrogation, Step.Interrogation);
            _line.Add(interrogation, Step.Opinion, "opinion.heard", Origin.Generated, new JsonObject { ["who"] = "suspect", ["suspect"] = suspect.Number });
        }
        var heard = DemoCalendar.Workday(interrogation.AddDays(_dice.Between(0, 6, "defender-heard", i)), interrogation, _indicted);
        if (!_dice.Happens(DemoOmissions.DefenderNotHeard, "defender-not-heard", i))
            _line.Add(heard, Step.Opinion, "opinion.heard", Origin.Generated, new JsonObject
            {
                ["who"] = suspect.HasLawyer ? "defender" : "duty-lawyer",
                ["suspect"] = suspect.Number,
                ["written"] = suspect.HasLawyer && _dice.Happens(0.3, "written", i),
            });
        if (_plan.Minor)
            _line.Add(heard, Step.Opinion, "opinion.heard", Origin.Generated, new JsonObject { ["who"] = "guardian", ["suspect"] = suspect.Number });
        if (_plan.Row.GuiltyPlea && !suspect.IsUnit)
            SignPlea(suspect, heard);
        if (!suspect.IsUnit && suspect.InCustodyOn(_indicted) && (_plan.Row.GuiltyPlea || _plan.ExpectedMonths is <= 36)
            && !_dice.Happens(DemoOmissions.CustodyReviewMissing, "custody-review-missing", i))
        {
            // At the end of the review; within three days of a plea (R 270).
            var earliest = _record.Pleaded[i] ?? interrogation;
            var latest = _record.Pleaded[i] is { } pleaded ? Earlier(pleaded.AddDays(3), _indicted) : _indicted;
            var day = DemoCalendar.Workday(_indicted.AddDays(-_dice.Between(0, 4, "custody-review", i)), earliest, latest);
            _line.Add(day, Step.Papers, "custody.reviewed", Origin.Generated, new JsonObject { ["suspect"] = suspect.Number, ["result"] = "continue" });
        }
    }

    private void SignPlea(Suspect suspect, DateOnly heard)
    {
        var i = suspect.Index;
        var day = DemoCalendar.Workday(_indicted.AddDays(-_dice.Between(1, 7, "plea", i)), heard, _indicted);
        _record.Pleaded[i] = day;
        var data = new JsonObject
        {
            ["suspect"] = suspect.Number,
            ["lawyerPresent"] = !_dice.Happens(DemoOmissions.PleaWithoutLawyer, "plea-without-lawyer", i),
        };
        if (suspect.Months is > 0 and var told)
        {
            var months = (int)Math.Ceiling(told);
            var isFixed = months < 10 || _dice.Happens(0.6, "proposal", i);
            data["sentenceProposal"] = new JsonObject
            {
                ["kind"] = isFixed ? "fixed" : "range",
                ["fromMonths"] = isFixed ? months : (int)(months * 0.9),
                ["toMonths"] = isFixed ? months : (int)Math.Ceiling(months * 1.05),
            };
        }
        _line.Add(day, Step.Plea, "plea.signed", Origin.Generated, data);
        Issue("认罪认罚具结书", day, Step.Plea);
    }

    private void Conclude()
    {
        Issue("审查报告", _indicted, Step.Papers);
        if (_plan.Row.GuiltyPlea || _dice.Happens(0.5, "proposal-paper"))
            Issue("量刑建议书", _indicted, Step.Papers);
        if (_plan.Row.Procedure is "简易" or "速裁")
            Issue($"适用{_plan.Row.Procedure}程序建议书", _indicted, Step.Papers);
        if (!_dice.Happens(DemoOmissions.OutboundCheckMissing, "outbound-missing"))
            _line.Add(_indicted, Step.Check, "outbound.checked", Origin.Generated, new JsonObject { ["passed"] = true });

        var decision = new JsonObject
        {
            ["kind"] = "prosecute",
            ["approvedBy"] = _plan.Department == DemoStaff.Ordinary ? "prosecutor" : "deputy-chief",
            ["procedure"] = _plan.Row.Procedure switch { "简易" => "summary", "速裁" => "fast-track", _ => "ordinary" },
        };
        if (_plan.ExpectedMonths is { } months)
            decision["expectedTermMonths"] = months;
        if (_missing != "起诉书")
        {
            var doc = _docs.Of("起诉书", _indicted);
            decision["doc"] = doc;
            _line.Add(_indicted, Step.AfterDecision, "document.issued", Origin.Generated, new JsonObject { ["doc"] = doc.DeepClone(), ["to"] = "court" });
        }
        _line.Add(_indicted, Step.Decision, "decision.made", Origin.Judgment, decision);
        _line.Add(_indicted, Step.AfterDecision, "decision.served", Origin.Generated, new JsonObject { ["to"] = "court" });
        if (_plan.Suspects.Any(s => s.HasLawyer) && !_dice.Happens(DemoOmissions.DefenderNotTold, "defender-not-told"))
            _line.Add(DemoCalendar.Workday(_indicted.AddDays(_dice.Between(0, 2, "defender-told")), _indicted, _indicted.AddDays(3)), Step.AfterDecision, "decision.served", Origin.Generated, new JsonObject { ["to"] = "defender" });
        foreach (var suspect in _plan.Suspects)
            if (suspect.InCustodyOn(_indicted))
                _line.Add(_indicted, Step.AfterDecision, "custody.transferred", Origin.Generated, new JsonObject { ["suspect"] = suspect.Number });
    }

    private void Issue(string code, DateOnly day, Step step)
    {
        if (code != _missing)
            _line.Add(day, step, "document.issued", Origin.Generated, new JsonObject { ["doc"] = _docs.Of(code, day) });
    }

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;
}

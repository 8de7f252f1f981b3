using System.Text.Json.Nodes;

namespace Cluster.Api.Demo;

/// <summary>Writes the trial, the judgment and the end of the case: the part that judgments tell best.</summary>
internal static class TrialScript
{
    public static void Write(CasePlan plan, CaseDocuments docs, string? missing, CaseLine line)
    {
        var accepted = Accept(plan, line);
        Adjourn(plan, line);
        Open(plan, accepted, docs, line);
        End(plan, docs, missing, line);
    }

    private static DateOnly Accept(CasePlan plan, CaseLine line)
    {
        var row = plan.Row;
        var latest = row.Hearings.Length > 0 && row.Hearings.Min() < row.Judged ? row.Hearings.Min() : row.Judged;
        var day = row.Accepted ?? DemoCalendar.Workday(row.Indicted.AddDays(plan.Dice.Between(0, 6, "court-accepted")), row.Indicted, latest);
        line.Add(day, Step.CourtAccepted, "court.accepted", row.Accepted is null ? Origin.Derived : Origin.Judgment, new JsonObject
        {
            ["court"] = plan.Office.Court,
            ["number"] = $"（{day.Year}）榆{plan.Office.Code[2..]}刑初{CaseRegister.Serial(plan.ReviewSubject)}号",
        });
        return day;
    }

    private static void Open(CasePlan plan, DateOnly accepted, CaseDocuments docs, CaseLine line)
    {
        var row = plan.Row;
        var told = row.Hearings.Length > 0;
        IEnumerable<DateOnly> hearings = told ? row.Hearings.Order() : [Hearing(plan, accepted)];
        foreach (var day in hearings)
        {
            line.Add(day, Step.CourtOpened, "court.opened", told ? Origin.Judgment : Origin.Derived, new JsonObject
            {
                ["court"] = plan.Office.Court,
                ["prosecutors"] = new JsonArray(plan.Office.Prosecutor(plan.Dice.Pick(DemoStaff.InCourt(plan.Department), "in-court"))),
            });
        }
        var first = told ? row.Hearings.Min() : Hearing(plan, accepted);
        line.Add(first, Step.CourtOpened, "document.issued", Origin.Generated, new JsonObject { ["doc"] = docs.Of("公诉意见书", first) });
    }

    /// <summary>Summary and fast-track trials end on the day they open; ordinary ones take their time between acceptance and judgment.</summary>
    private static DateOnly Hearing(CasePlan plan, DateOnly accepted)
    {
        var row = plan.Row;
        if (row.Procedure != "普通")
            return row.Judged;
        var span = row.Judged.DayNumber - accepted.DayNumber;
        return DemoCalendar.Workday(accepted.AddDays((int)(span * (0.35 + 0.5 * plan.Dice.Unit("hearing")))), accepted, row.Judged);
    }

    /// <summary>Adjournments for supplementary investigation; a resumption the text leaves open is generated within the month of CPL 205.</summary>
    private static void Adjourn(CasePlan plan, CaseLine line)
    {
        var told = plan.Row.CourtEvents
            .Where(e => e[0] is "延期审理" or "恢复审理")
            .Select(e => (Resumed: e[0] == "恢复审理", Day: Timeline.DayOf(e)))
            .OrderBy(e => e.Day).ThenBy(e => e.Resumed)
            .ToList();
        var open = false;
        for (var i = 0; i < told.Count; i++)
        {
            var (resumed, day) = told[i];
            if (resumed)
            {
                if (open)
                    line.Add(day, Step.CourtResumed, "court.resumed", Origin.Judgment, new JsonObject { ["court"] = plan.Office.Court });
                open = false;
                continue;
            }
            if (open)
                continue;
            line.Add(day, Step.CourtAdjourned, "court.adjourned", Origin.Judgment, new JsonObject { ["court"] = plan.Office.Court });
            open = true;
            var next = i + 1 < told.Count ? told[i + 1] : (Resumed: false, Day: plan.Row.Judged);
            if (next.Resumed || plan.Dice.Happens(DemoOmissions.ResumptionMissing, "resumption-missing", i))
                continue;
            var latest = next.Day.AddDays(-1) < day.AddDays(28) ? next.Day.AddDays(-1) : day.AddDays(28);
            if (latest <= day)
                continue;
            line.Add(DemoCalendar.Workday(day.AddDays(plan.Dice.Between(14, 27, "resumed", i)), day.AddDays(1), latest), Step.CourtResumed, "court.resumed", Origin.Generated, new JsonObject { ["court"] = plan.Office.Court });
            open = false;
        }
    }

    private static void End(CasePlan plan, CaseDocuments docs, string? missing, CaseLine line)
    {
        var (row, dice) = (plan.Row, plan.Dice);
        var received = DemoCalendar.Workday(row.Judged.AddDays(dice.Between(0, 4, "judgment-received")));
        line.Add(received, Step.Judgment, "judgment.received", Origin.Judgment, new JsonObject
        {
            ["kind"] = "judgment",
            ["result"] = Result(row),
            ["judgedOn"] = row.Judged.Iso(),
            ["sentences"] = new JsonArray([.. plan.Suspects.Where(s => s.Told is not null).Select(Sentence)]),
        });
        TrialCards.Judged(plan, received, line);

        var late = dice.Happens(DemoOmissions.JudgmentReviewLate, "review-late");
        var limit = DemoCalendar.Workday(received.AddDays(7));
        var outcomeDue = DemoCalendar.Workday(received.AddDays(11));
        var reviewed = late
            ? DemoCalendar.Workday(limit.AddDays(dice.Between(1, 5, "reviewed")), limit.AddDays(1), limit.AddDays(4))
            : DemoCalendar.Workday(received.AddDays(dice.Between(1, 6, "reviewed")), received, received.AddDays(7));
        line.Add(reviewed, Step.Judgment, "judgment.reviewed", Origin.Generated, new JsonObject { ["conclusion"] = "同意判决" });
        if (missing != "刑事判决、裁定审查表")
            line.Add(reviewed, Step.Judgment, "document.issued", Origin.Generated, new JsonObject { ["doc"] = docs.Of("刑事判决、裁定审查表", reviewed) });

        // Appeals are not told by first-instance judgments: every one takes effect on the day after the ten of CPL 230.
        var effective = DemoCalendar.Workday(received.AddDays(10)).AddDays(1);
        var cardLate = dice.Happens(DemoOmissions.OutcomeCardLate, "outcome-late");
        var noted = cardLate
            ? DemoCalendar.Workday(outcomeDue.AddDays(dice.Between(1, 4, "outcome")))
            : DemoCalendar.Workday(Later(effective, reviewed));
        // A weekend puts off the end of the ten days but not what the card must say by then: that nobody protests is known since the review.
        if (!cardLate && noted > outcomeDue)
            TrialCards.NotProtested(reviewed, line);
        line.Add(noted, Step.Effective, "judgment.effective", Origin.Generated, []);
        TrialCards.Effective(noted, effective, line);
        if (plan.Minor && plan.Row.Defendants[0].Months is null or <= 60)
            Seal(plan, noted, line);
        Closing.Write(dice, "review", noted, line, "起诉");
    }

    /// <summary>Records of minors sentenced to five years or less are sealed (CPL 286).</summary>
    private static void Seal(CasePlan plan, DateOnly effective, CaseLine line)
    {
        var day = DemoCalendar.Workday(effective.AddDays(plan.Dice.Between(1, 7, "sealed")), effective, effective.AddDays(9));
        line.Add(day, Step.Effective, "step.recorded", Origin.Generated, new JsonObject { ["step"] = "record-sealed", ["suspect"] = plan.Suspects[0].Number, ["on"] = day.Iso() });
    }

    private static string Result(Timeline row)
    {
        if (row.Defendants.All(d => d.Penalty == "无罪"))
            return "acquitted";
        if (row.Defendants.All(d => d.Penalty == "免予刑事处罚"))
            return "exempted";
        var convicted = row.Defendants.SelectMany(d => d.Convicted).ToHashSet();
        return convicted.Count > 0 && !convicted.SetEquals(row.Charges) ? "changed-charge" : "guilty";
    }

    private static JsonNode Sentence(Suspect suspect)
    {
        var told = suspect.Told!;
        var data = new JsonObject { ["suspect"] = suspect.Number, ["charges"] = Intake.Charges(told.Convicted) };
        if (told.Penalty is { } penalty)
            data["penalty"] = penalty;
        if (told.Months is { } months)
            data["months"] = months;
        if (told.ProbationMonths is { } probation)
            data["probationMonths"] = probation;
        if (told.Fine is { } fine)
            data["fine"] = fine;
        return data;
    }

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;
}

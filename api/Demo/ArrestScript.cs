using System.Text.Json.Nodes;

namespace Cluster.Api.Demo;

/// <summary>Writes the review of arrest (审查逮捕) and, where custody lasted longer than two months, its prolongation.</summary>
internal static class ArrestScript
{
    public static void Write(CasePlan plan, int index, List<DemoEvent> events)
    {
        var arrest = plan.Arrests[index];
        var subject = plan.ArrestSubjects[index];
        var office = plan.Office;
        var dice = plan.Dice;
        var docs = new CaseDocuments(office, subject);
        var line = new CaseLine(subject, office.Source, $"{plan.Row.Id}-a{index + 1}", dice);
        var decidedLast = arrest.Entries.Max(e => e.Decided);

        var accepted = Intake.Accepted(plan, arrest.CaseType, office, plan.Department, arrest.Received,
            [.. arrest.Entries.Select(e => e.Suspect)], s => At(plan, s, arrest));
        if (arrest.CaseType == "ARR")
            accepted["transferDocument"] = $"{plan.Office.Place[..2]}公提捕字[{arrest.Received.Year}]{CaseRegister.Serial(subject)}号";
        line.Add(arrest.Received, Step.Intake, "case.accepted", Origin.Derived, accepted);
        line.Add(arrest.Received, Step.Intake, "document.issued", Origin.Generated, new JsonObject { ["doc"] = docs.Of("案件受理登记表", arrest.Received) });

        if (plan.Minor)
            Defend(plan, arrest, line, docs);
        WriteCustody(plan, index, line);

        var heard = new DateOnly?[arrest.Entries.Count];
        for (var i = 0; i < arrest.Entries.Count; i++)
            heard[i] = Hear(plan, arrest, arrest.Entries[i], line, docs);

        var plain = arrest.Received.AddDays(7);
        if (arrest.CaseType == "ARR-D" && decidedLast > plain && arrest.Entries.Any(e => At(plan, e.Suspect, arrest)?.InCustody ?? false))
        {
            var day = DemoCalendar.Workday(plain.AddDays(-1), arrest.Received, plain);
            line.Add(day, Step.Extension, "review.extended", Origin.Generated, new JsonObject { ["reason"] = "案情重大、复杂", ["approvedBy"] = office.Chief, ["approvedOn"] = day.Iso() });
        }

        line.Add(decidedLast, Step.Papers, "document.issued", Origin.Generated, new JsonObject { ["doc"] = docs.Of("审查逮捕意见书", decidedLast) });
        foreach (var group in arrest.Entries.GroupBy(e => e.Decided).OrderBy(g => g.Key))
            Decide(arrest, group.Key, [.. group], line, docs);

        var replied = decidedLast;
        foreach (var entry in arrest.Entries)
        {
            var taken = new JsonObject
            {
                ["suspect"] = entry.Suspect.Number,
                ["kind"] = "arrest",
                ["from"] = entry.Executed.Iso(),
                ["organ"] = office.Police,
                ["place"] = office.DetentionHouse,
            };
            // Of those the police bring, the police tell the family; no rule watches them.
            if (arrest.CaseType == "ARR")
                taken["notifiedFamilyOn"] = entry.Executed.Iso();
            else
                FamilyNotice.Add(plan, entry.Suspect, entry.Executed, taken);
            if (!arrest.InReview && plan.Sender != Sender.Supervision)
                taken["until"] = DemoCalendar.MonthsAfter(entry.Executed, 2).Iso();
            line.Add(entry.Executed, Step.AfterDecision, "measure.taken", entry.ExecutedOrigin, taken);
            // In its own cases the procuratorate itself interrogates within 24 hours of the arrest (CPL 94, R 301).
            if (arrest.CaseType == "ARR-D")
                line.Add(entry.Executed, Step.CourtAccepted, "suspect.interrogated", Origin.Generated, Interrogation.Data(plan, entry.Suspect, inCustody: true));
            var late = dice.Happens(DemoOmissions.ExecutionReplyLate, "reply-late", entry.Suspect.Index);
            var limit = DemoCalendar.Workday(entry.Executed.AddDays(3));
            // The card has three days from the decision, even where the execution took some of them.
            var onTime = entry.Executed > entry.Decided.AddDays(3) ? entry.Executed : entry.Decided.AddDays(3);
            var reply = late
                ? DemoCalendar.Workday(limit.AddDays(dice.Between(1, 4, "reply", entry.Suspect.Index)), limit.AddDays(1), limit.AddDays(6))
                : DemoCalendar.Workday(entry.Executed.AddDays(dice.Between(0, 3, "reply", entry.Suspect.Index)), entry.Executed, onTime);
            line.Add(reply, Step.Effective, "execution.replied", Origin.Generated, new JsonObject { ["suspect"] = entry.Suspect.Number });
            ArrestCards.WriteExecution(entry, reply, line);
            if (reply > replied)
                replied = reply;
        }

        ArrestCards.Write(plan, index, heard, decidedLast, replied, line);
        Closing.Write(dice, $"arrest{index}", replied, line, "批准逮捕");
        line.Write(events);
    }

    /// <summary>Whoever has no defender and must have one is found one at once (CPL 278, R 460).</summary>
    private static void Defend(CasePlan plan, ArrestReview arrest, CaseLine line, CaseDocuments docs)
    {
        foreach (var entry in arrest.Entries)
        {
            var day = DemoCalendar.Workday(arrest.Received.AddDays(plan.Dice.Between(0, 1, "arrest-legal-aid", entry.Suspect.Index)), arrest.Received, entry.Decided);
            line.Add(day, Step.Notice, "legal-aid.notified", Origin.Generated, new JsonObject { ["suspect"] = entry.Suspect.Number });
            line.Add(day, Step.Notice, "document.issued", Origin.Generated, new JsonObject { ["doc"] = docs.Of("法律援助通知书", day) });
        }
    }

    /// <summary>What becomes of the custody for investigation: prolonged from above, ended by the transfer where the review names another case as the one it continues.</summary>
    private static void WriteCustody(CasePlan plan, int index, CaseLine line)
    {
        var arrest = plan.Arrests[index];
        foreach (var (n, day) in plan.FromAbove[index].Index())
        {
            line.Add(day, Step.Extension, "step.recorded", Origin.Generated, new JsonObject { ["step"] = "investigative-custody-extended", ["by"] = "省人民检察院", ["on"] = day.Iso() });
            // Whoever investigates tells the house: in its own cases the procuratorate does (R 152).
            if (arrest.CaseType == "ARR-D" && !plan.Dice.Happens(DemoOmissions.DetentionHouseNotTold, "house-not-told", 100 + 10 * index + n))
                line.Add(day, Step.AfterReturn, "detention-house.notified", Origin.Generated, new JsonObject { ["about"] = "延长侦查羁押期限" });
        }
        foreach (var entry in arrest.Entries)
            Change(plan, arrest, entry, line);
        if (plan.ArrestSubjects[index] == plan.Continued)
            return;
        var known = plan.Review.Received > arrest.Received ? plan.Review.Received : arrest.Received;
        line.Add(known, Step.Intake, "step.recorded", Origin.Derived, new JsonObject { ["step"] = "transferred-for-prosecution", ["by"] = plan.ReviewSubject, ["on"] = plan.Review.Received.Iso() });
    }

    /// <summary>Whoever releases an arrested person or changes the measure tells the procuratorate that approved it (CPL 96).</summary>
    private static void Change(CasePlan plan, ArrestReview arrest, ArrestEntry entry, CaseLine line)
    {
        foreach (var m in entry.Suspect.Measures.SkipWhile(m => m.From < entry.Executed || m.Kind != "arrest" || m.ApprovalOnly).Skip(1))
        {
            if (m.From >= plan.Review.Received || m.ApprovalOnly)
                continue;
            var data = new JsonObject
            {
                ["suspect"] = entry.Suspect.Number,
                ["kind"] = m.Kind,
                ["from"] = m.From.Iso(),
                ["organ"] = plan.Office.NameOf(Intake.OrganOf(plan, m)),
            };
            if (arrest.CaseType != "ARR" && m.Kind is "detention" or "arrest")
                FamilyNotice.Add(plan, entry.Suspect, m.From, data);
            line.Add(m.From, Step.CourtMeasure, "measure.taken", Origin.Judgment, data);
            if (m.Kind == "arrest" && arrest.CaseType == "ARR-D")
                line.Add(m.From, Step.CourtResumed, "suspect.interrogated", Origin.Generated, Interrogation.Data(plan, entry.Suspect, inCustody: true));
        }
    }

    public static void WriteProlongation(CasePlan plan, int index, List<DemoEvent> events)
    {
        var prolongation = plan.Prolongations[index];
        var subject = plan.ProlongationSubjects[index];
        var docs = new CaseDocuments(DemoOffice.City, subject);
        var line = new CaseLine(subject, DemoOffice.City.Source, $"{plan.Row.Id}-e{index + 1}", plan.Dice);
        var accepted = Intake.Accepted(plan, "EXT", DemoOffice.City, plan.Department == DemoStaff.Special ? DemoStaff.Ordinary : plan.Department, prolongation.Received,
            prolongation.Suspects, s => s.MeasureOn(prolongation.Received));
        accepted["previousCase"] = plan.ArrestSubjects[plan.Arrests.Index().First(a => a.Item == prolongation.Arrest).Index];
        line.Add(prolongation.Received, Step.Intake, "case.accepted", Origin.Generated, accepted);
        line.Add(prolongation.Received, Step.Intake, "document.issued", Origin.Generated, new JsonObject { ["doc"] = docs.Of("案件受理登记表", prolongation.Received) });
        line.Add(prolongation.Decided, Step.Decision, "decision.made", Origin.Generated, new JsonObject
        {
            ["kind"] = "approve",
            ["ground"] = "案情复杂、期限届满不能终结",
            ["approvedBy"] = "chief",
            ["doc"] = docs.Of("批准延长侦查羁押期限决定书", prolongation.Decided),
        });
        Closing.Write(plan.Dice, $"prolong{index}", prolongation.Decided, line, "批准延长");
        line.Write(events);
    }

    private static Measure? At(CasePlan plan, Suspect suspect, ArrestReview arrest)
    {
        var measure = suspect.Measures.LastOrDefault(m => m.From <= arrest.Received && m.Kind is not ("arrest" or "release"));
        // 留置 ends with the detention that opens the ten days of CPL 170.
        return measure is { Kind: "retention" } && plan.Sender == Sender.Supervision
            ? new Measure("detention", arrest.Received, Organ.Police)
            : measure;
    }

    /// <summary>Interrogation, or the written opinion where none was held (R 280).</summary>
    private static DateOnly? Hear(CasePlan plan, ArrestReview arrest, ArrestEntry entry, CaseLine line, CaseDocuments docs)
    {
        var dice = plan.Dice;
        var suspect = entry.Suspect;
        var day = DemoCalendar.Workday(arrest.Received.AddDays(dice.Between(1, 4, "arrest-heard", suspect.Index)), arrest.Received, entry.Decided);
        line.Add(day, Step.Notice, "rights.notified", Origin.Generated, new JsonObject
        {
            ["who"] = "suspect",
            ["suspect"] = suspect.Number,
            ["how"] = "document",
            ["doc"] = docs.Of("犯罪嫌疑人诉讼权利义务告知书", day),
        });
        if (dice.Happens(DemoOmissions.ArrestNotHeard, "arrest-not-heard", suspect.Index))
            return null;
        if (!plan.Minor && !plan.Row.GuiltyPlea && dice.Happens(0.12, "arrest-in-writing", suspect.Index))
        {
            line.Add(day, Step.Opinion, "opinion.heard", Origin.Generated, new JsonObject { ["who"] = "suspect", ["suspect"] = suspect.Number, ["written"] = true });
            line.Add(day, Step.Opinion, "document.issued", Origin.Generated, new JsonObject { ["doc"] = docs.Of("听取犯罪嫌疑人意见书", day) });
            return day;
        }
        line.Add(day, Step.Interrogation, "suspect.interrogated", Origin.Generated, Interrogation.Data(plan, suspect, At(plan, suspect, arrest)?.InCustody ?? false));
        line.Add(day, Step.Interrogation, "document.issued", Origin.Generated, new JsonObject { ["doc"] = docs.Of("讯问笔录", day) });
        return day;
    }

    private static void Decide(ArrestReview arrest, DateOnly day, List<ArrestEntry> entries, CaseLine line, CaseDocuments docs)
    {
        var code = arrest.CaseType == "ARR" ? "批准逮捕决定书" : "逮捕决定书";
        var doc = docs.Of(code, day);
        line.Add(day, Step.Decision, "decision.made", entries[0].DecidedOrigin, new JsonObject
        {
            ["kind"] = arrest.CaseType == "ARR" ? "approve-arrest" : "arrest",
            ["suspects"] = new JsonArray([.. entries.Select(e => JsonValue.Create(e.Suspect.Number))]),
            ["approvedBy"] = "deputy-chief",
            ["doc"] = doc,
        });
        line.Add(day, Step.Decision, "document.issued", Origin.Generated, new JsonObject { ["doc"] = doc.DeepClone(), ["to"] = "police" });
        line.Add(day, Step.Decision, "decision.served", Origin.Generated, new JsonObject { ["to"] = "police" });
    }
}

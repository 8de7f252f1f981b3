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

        var heard = new DateOnly?[arrest.Entries.Count];
        for (var i = 0; i < arrest.Entries.Count; i++)
            heard[i] = Hear(plan, arrest, arrest.Entries[i], line, docs);

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
                ["notifiedFamilyOn"] = entry.Executed.Iso(),
            };
            if (!arrest.InReview && plan.Sender != Sender.Supervision)
                taken["until"] = DemoCalendar.MonthsAfter(entry.Executed, 2).Iso();
            line.Add(entry.Executed, Step.AfterDecision, "measure.taken", entry.ExecutedOrigin, taken);
            var late = dice.Happens(DemoOmissions.ExecutionReplyLate, "reply-late", entry.Suspect.Index);
            var limit = DemoCalendar.Workday(entry.Executed.AddDays(3));
            var reply = late
                ? DemoCalendar.Workday(limit.AddDays(dice.Between(1, 4, "reply", entry.Suspect.Index)), limit.AddDays(1), limit.AddDays(6))
                : DemoCalendar.Workday(entry.Executed.AddDays(dice.Between(0, 3, "reply", entry.Suspect.Index)), entry.Executed, entry.Executed.AddDays(3));
            line.Add(reply, Step.Effective, "execution.replied", Origin.Generated, new JsonObject { ["suspect"] = entry.Suspect.Number });
            if (reply > replied)
                replied = reply;
        }

        ArrestCards.Write(plan, arrest, heard, decidedLast, replied, line);
        Closing.Write(dice, $"arrest{index}", replied, line, "批准逮捕");
        line.Write(events);
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

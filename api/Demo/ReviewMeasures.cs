using System.Text.Json.Nodes;

namespace Cluster.Api.Demo;

/// <summary>Measures of a suspect from the receipt for review to the judgment.</summary>
internal static class ReviewMeasures
{
    /// <summary>The measure the suspect came with.</summary>
    public static Measure? OnReceipt(CasePlan plan, Suspect suspect)
    {
        var received = plan.Review.Received;
        var before = suspect.Measures.LastOrDefault(m => m.From < received && !m.ApprovalOnly);
        before ??= suspect.Measures.FirstOrDefault(m => m.From == received && !m.ApprovalOnly);
        return before is { Kind: "release" } ? null : before;
    }

    public static void Write(CasePlan plan, Suspect suspect, CaseDocuments docs, CaseLine line)
    {
        var received = plan.Review.Received;
        var onReceipt = OnReceipt(plan, suspect);
        var renewed = false;
        foreach (var m in suspect.Measures)
        {
            if (m.From < received || ReferenceEquals(m, onReceipt) || m.ApprovalOnly)
                continue;
            renewed |= m.From <= received.AddDays(7);
            var organ = Intake.OrganOf(plan, m);
            var data = new JsonObject
            {
                ["suspect"] = suspect.Number,
                ["kind"] = m.Kind,
                ["from"] = m.From.Iso(),
                ["organ"] = plan.Office.NameOf(organ),
            };
            if (m.Kind is "detention" or "arrest")
                data["place"] = plan.Office.DetentionHouse;
            if (m.Kind == "designated-residential" || (m.Kind is "detention" or "arrest" && organ != Organ.Court && plan.Sender == Sender.Supervision))
                FamilyNotice.Add(plan, suspect, m.From, data);
            line.Add(m.From, m.From >= plan.Row.Indicted && m.From > received ? Step.CourtMeasure : Step.Measure, "measure.taken", m.Derived ? Origin.Derived : Origin.Judgment, data);
            if (organ == Organ.Procuratorate && m.NeedsRenewal && m.From <= plan.Row.Indicted)
                Paper(m.Kind, m.From, docs, line);
        }

        if (onReceipt is { Kind: "retention" } && plan.Sender == Sender.Supervision && !suspect.Measures.Any(m => m.Kind == "detention" && m.From >= received && m.From <= received.AddDays(1)))
        {
            var detained = new JsonObject
            {
                ["suspect"] = suspect.Number,
                ["kind"] = "detention",
                ["from"] = received.Iso(),
                ["organ"] = plan.Office.Name,
                ["place"] = plan.Office.DetentionHouse,
            };
            FamilyNotice.Add(plan, suspect, received, detained);
            line.Add(received, Step.Measure, "measure.taken", Origin.Generated, detained);
        }
        if (onReceipt is { NeedsRenewal: true } && !renewed)
            Renew(plan, suspect, onReceipt, docs, line);
    }

    /// <summary>The procuratorate decides anew on bail or residential surveillance within seven days (BAIL 26).</summary>
    private static void Renew(CasePlan plan, Suspect suspect, Measure taken, CaseDocuments docs, CaseLine line)
    {
        var (dice, received, i) = (plan.Dice, plan.Review.Received, suspect.Index);
        var limit = DemoCalendar.Workday(received.AddDays(7));
        var late = dice.Happens(DemoOmissions.BailRenewalLate, "renewal-late", i) && plan.Row.Indicted >= limit.AddDays(3);
        var day = late
            ? DemoCalendar.Workday(limit.AddDays(dice.Between(1, 7, "renewal", i)), limit.AddDays(1), plan.Row.Indicted < limit.AddDays(8) ? plan.Row.Indicted : limit.AddDays(8))
            : DemoCalendar.Workday(received.AddDays(dice.Between(1, 6, "renewal", i)), received, plan.Row.Indicted < received.AddDays(7) ? plan.Row.Indicted : received.AddDays(7));
        var kind = taken.Kind == "bail" ? "bail" : "residential";
        var data = new JsonObject
        {
            ["suspect"] = suspect.Number,
            ["kind"] = kind,
            ["from"] = day.Iso(),
            ["until"] = DemoCalendar.MonthsAfter(day, kind == "bail" ? 12 : 6).AddDays(-1).Iso(),
            ["organ"] = plan.Office.Name,
        };
        if (kind == "bail")
        {
            if (HasGuarantor(plan, suspect))
                data["guarantor"] = "亲属";
            else
                data["deposit"] = Deposit(plan, suspect);
        }
        line.Add(day, Step.Measure, "measure.taken", Origin.Generated, data);
        Paper(kind, day, docs, line);
    }

    public static bool HasGuarantor(CasePlan plan, Suspect suspect) => plan.Minor || plan.Dice.Happens(0.7, "guarantor", suspect.Index);

    public static int Deposit(CasePlan plan, Suspect suspect) => 1000 * plan.Dice.Between(2, 10, "deposit", suspect.Index);

    private static void Paper(string kind, DateOnly day, CaseDocuments docs, CaseLine line)
        => line.Add(day, Step.Measure, "document.issued", Origin.Generated, new JsonObject { ["doc"] = docs.Of(kind == "bail" ? "取保候审决定书" : "监视居住决定书", day) });
}

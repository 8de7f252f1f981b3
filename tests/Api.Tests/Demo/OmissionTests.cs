using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cluster.Api.Demo;

namespace Cluster.Api.Tests.Demo;

/// <summary>Counts each deliberate omission in the events themselves and compares it with the documented share.</summary>
public sealed class OmissionTests
{
    public static TheoryData<string, double> Shares => new()
    {
        { nameof(DemoOmissions.RightsNoticeLate), DemoOmissions.RightsNoticeLate },
        { nameof(DemoOmissions.RightsNoticeMissing), DemoOmissions.RightsNoticeMissing },
        { nameof(DemoOmissions.VictimNoticeLate), DemoOmissions.VictimNoticeLate },
        { nameof(DemoOmissions.PleaNoticeMissing), DemoOmissions.PleaNoticeMissing },
        { nameof(DemoOmissions.InterrogationMissing), DemoOmissions.InterrogationMissing },
        { nameof(DemoOmissions.DefenderNotHeard), DemoOmissions.DefenderNotHeard },
        { nameof(DemoOmissions.BailRenewalLate), DemoOmissions.BailRenewalLate },
        { nameof(DemoOmissions.ReturnWithoutOutline), DemoOmissions.ReturnWithoutOutline },
        { nameof(DemoOmissions.CustodyTransferMissing), DemoOmissions.CustodyTransferMissing },
        { nameof(DemoOmissions.ExtensionLate), DemoOmissions.ExtensionLate },
        { nameof(DemoOmissions.ExtensionWithoutReason), DemoOmissions.ExtensionWithoutReason },
        { nameof(DemoOmissions.PleaWithoutLawyer), DemoOmissions.PleaWithoutLawyer },
        { nameof(DemoOmissions.OutboundCheckMissing), DemoOmissions.OutboundCheckMissing },
        { nameof(DemoOmissions.DefenderNotTold), DemoOmissions.DefenderNotTold },
        { nameof(DemoOmissions.DocumentMissing), DemoOmissions.DocumentMissing },
        { nameof(DemoOmissions.CardContradiction), DemoOmissions.CardContradiction },
        { nameof(DemoOmissions.ArrestNotHeard), DemoOmissions.ArrestNotHeard },
        { nameof(DemoOmissions.ExecutionReplyLate), DemoOmissions.ExecutionReplyLate },
        { nameof(DemoOmissions.JudgmentReviewLate), DemoOmissions.JudgmentReviewLate },
        { nameof(DemoOmissions.DetentionHouseNotTold), DemoOmissions.DetentionHouseNotTold },
        { nameof(DemoOmissions.FamilyNotTold), DemoOmissions.FamilyNotTold },
        { nameof(DemoOmissions.ChangedChargeNotMarked), DemoOmissions.ChangedChargeNotMarked },
        { nameof(DemoOmissions.OutcomeCardLate), DemoOmissions.OutcomeCardLate },
        { nameof(DemoOmissions.ChargeFieldsMissing), DemoOmissions.ChargeFieldsMissing },
        { nameof(DemoOmissions.ArchiveLate), DemoOmissions.ArchiveLate },
    };

    [Theory]
    [MemberData(nameof(Shares))]
    public void An_omission_has_its_documented_share_within_a_point(string omission, double share)
    {
        var chances = Count(omission).ToList();
        var measured = chances.Count(made => made) / (double)chances.Count;
        // A population of a few hundred cannot be held to a point: there three standard deviations count.
        var tolerance = Math.Max(0.01, chances.Count < 500 ? 3 * Math.Sqrt(share * (1 - share) / chances.Count) : 0);
        Assert.True(chances.Count > 40, $"{chances.Count} chances");
        Assert.True(measured > 0 && Math.Abs(measured - share) <= tolerance, $"{measured:P2} of {chances.Count}");
    }

    [Fact]
    public void The_readme_lists_every_omission_with_its_share()
    {
        var listed = File.ReadLines(Readme()).Select(l => Regex.Match(l, @"^\| (\w+) \| (\d+) % \|$")).Where(m => m.Success)
            .ToDictionary(m => m.Groups[1].Value, m => int.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture) / 100.0);
        var coded = typeof(DemoOmissions).GetFields().ToDictionary(f => f.Name, f => (double)f.GetRawConstantValue()!);
        Assert.Equal(coded.OrderBy(p => p.Key), listed.OrderBy(p => p.Key));
    }

    private static string Readme([CallerFilePath] string here = "")
        => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../api/Demo/README.md"));

    private static IEnumerable<bool> Count(string omission) => omission switch
    {
        nameof(DemoOmissions.RightsNoticeLate) => PerSuspect(Long, (c, s) => Notice(c, "suspect", s) is { } day && day > c.Received.AddDays(3)),
        nameof(DemoOmissions.RightsNoticeMissing) => PerSuspect(Replayed.Reviews, (c, s) => Notice(c, "suspect", s) is null),
        nameof(DemoOmissions.VictimNoticeLate) => Long.Where(c => (int)c.Accepted.Data["victims"]! > 0).Select(c => Notice(c, "victim", null) > c.Received.AddDays(3)),
        nameof(DemoOmissions.PleaNoticeMissing) => PerSuspect(Replayed.Reviews, (c, s) => Notice(c, "plea", s) is null),
        nameof(DemoOmissions.InterrogationMissing) => PerSuspect(Replayed.Reviews, (c, s) => !c.Has("suspect.interrogated", s)),
        nameof(DemoOmissions.DefenderNotHeard) => PerSuspect(Replayed.Reviews, (c, s) => !c.All("opinion.heard").Any(e => e.Text("suspect") == s && e.Text("who") is "defender" or "duty-lawyer")),
        nameof(DemoOmissions.BailRenewalLate) => Replayed.Reviews.Where(c => c.Decided >= c.Received.AddDays(21))
            .SelectMany(c => c.All("measure.taken").Where(e => e.Text("origin") == "generated" && e.Text("kind") is "bail" or "residential").Select(e => e.Day() > c.Received.AddDays(7))),
        nameof(DemoOmissions.ReturnWithoutOutline) => Returns.Select(r => !(bool)r.Return.Data["outline"]!),
        nameof(DemoOmissions.CustodyTransferMissing) => Returns.Where(r => AnyHeld(r.Case, r.Return)).Select(r => !r.Case.All("custody.transferred").Any(e => e.Day() == r.Return.Day())),
        nameof(DemoOmissions.ExtensionLate) => Extensions.Where(x => x.End >= x.Due.AddDays(8)).Select(x => x.Extension.Data["approvedOn"].Date() > x.Due),
        nameof(DemoOmissions.ExtensionWithoutReason) => Extensions.Select(x => x.Extension.Data["reason"] is null),
        nameof(DemoOmissions.PleaWithoutLawyer) => Replayed.Events.Where(e => e.Type == "plea.signed").Select(e => !(bool)e.Data["lawyerPresent"]!),
        nameof(DemoOmissions.OutboundCheckMissing) => Replayed.Reviews.Select(c => !c.All("outbound.checked").Any()),
        nameof(DemoOmissions.DefenderNotTold) => Replayed.Reviews.Where(c => c.All("defender.registered").Any(e => e.Text("kind") is "lawyer" or "legal-aid"))
            .Select(c => !c.All("decision.served").Any(e => e.Text("to") == "defender" && e.Time > c.First("decision.made").Time)),
        nameof(DemoOmissions.DocumentMissing) => Replayed.Reviews.Select(MissesDocument),
        nameof(DemoOmissions.CardContradiction) => Replayed.Reviews.Select(Contradicts),
        nameof(DemoOmissions.ArrestNotHeard) => PerSuspect(Replayed.Arrests, (c, s) => !c.Has("suspect.interrogated", s) && !c.Has("opinion.heard", s)),
        nameof(DemoOmissions.ExecutionReplyLate) => PerSuspect(Replayed.Arrests, (c, s) =>
            c.All("execution.replied").First(e => e.Text("suspect") == s).Day() > c.All("measure.taken").First(e => e.Text("suspect") == s).Day().AddDays(3)),
        nameof(DemoOmissions.JudgmentReviewLate) => Replayed.Reviews.Select(c => c.First("judgment.reviewed").Day() > c.First("judgment.received").Day().AddDays(7)),
        nameof(DemoOmissions.DetentionHouseNotTold) => Returns.Where(r => AnyHeld(r.Case, r.Return)).Select(r => HouseNotTold(r.Case, r.Return))
            .Concat(Replayed.Arrests.Where(c => c.CaseType == "ARR-D").SelectMany(c => c.All("step.recorded").Where(e => e.Text("step") == "investigative-custody-extended").Select(e => HouseNotTold(c, e)))),
        nameof(DemoOmissions.FamilyNotTold) => Replayed.Cases.Where(AnswersForMeasures)
            .SelectMany(c => c.All("measure.taken").Where(e => e.Text("kind") is "detention" or "arrest" && !e.Text("organ")!.Contains("法院")).Select(e => e.Data["notifiedFamilyOn"] is null)),
        nameof(DemoOmissions.ChangedChargeNotMarked) => PerJudgedCard((fields, charges) => Texts(fields["判决罪名"]).ToHashSet() is var convicted && !convicted.Contains("未载明") && !convicted.SetEquals(charges))
            .Select(fields => fields["裁判改变起诉情形"] is null),
        nameof(DemoOmissions.OutcomeCardLate) => Replayed.Reviews.Select(c => c.All("card.filled").First(e => e.Data["fields"]!["抗诉"] is not null).Day() > DemoCalendar.Workday(c.First("judgment.received").Day().AddDays(11))),
        nameof(DemoOmissions.ChargeFieldsMissing) => Replayed.Reviews.Concat(Replayed.Arrests)
            .Select(c => c.All("card.filled").First(e => e.Data["suspect"] is null).Data["fields"]!)
            .Where(f => Texts(f["移送案由"]).Any(t => t.StartsWith("生产、销售", StringComparison.Ordinal) || t.StartsWith("掩饰、隐瞒", StringComparison.Ordinal) || t.Contains("注册商标") || t == "侵犯著作权罪"))
            .Select(f => f["涉食品"] is null && f["掩饰隐瞒具体情形"] is null && f["受侵犯企业类型"] is null),
        nameof(DemoOmissions.ArchiveLate) => Replayed.Cases.Select(c => c.First("case.archived").Day() > c.First("case.closed").Day().AddDays(90)),
        _ => throw new ArgumentOutOfRangeException(nameof(omission)),
    };

    /// <summary>Reviews whose first round is long enough for a late step to happen in it.</summary>
    private static IReadOnlyList<ReplayedCase> Long { get; } = [.. Replayed.Reviews.Where(c => c.FirstRoundEnd >= c.Received.AddDays(14))];

    private static IEnumerable<(ReplayedCase Case, DemoEvent Return)> Returns
        => Replayed.Reviews.SelectMany(c => c.All("supplement.returned").Select(e => (c, e)));

    private static IEnumerable<(DemoEvent Extension, DateOnly Due, DateOnly End)> Extensions => Replayed.Reviews.SelectMany(c =>
    {
        var found = new List<(DemoEvent, DateOnly, DateOnly)>();
        var from = c.Received;
        DemoEvent? extension = null;
        foreach (var e in c.Events)
        {
            if (e.Type == "supplement.resubmitted")
                from = e.Day();
            if (e.Type == "review.extended")
                extension = e;
            if (e.Type is "supplement.returned" or "decision.made" && extension is not null)
            {
                var due = from.AddDays(1).Day == 1 ? from.AddDays(1).AddMonths(1).AddDays(-1) : from.AddMonths(1);
                found.Add((extension, due, e.Day()));
                extension = null;
            }
        }
        return found;
    });

    private static IEnumerable<bool> PerSuspect(IEnumerable<ReplayedCase> cases, Func<ReplayedCase, string, bool> made)
        => cases.SelectMany(c => c.Suspects.Select(s => made(c, (string)s["suspect"]!)));

    /// <summary>Cases in which the procuratorate tells the family: its own, and those that follow 留置.</summary>
    private static bool AnswersForMeasures(ReplayedCase c)
        => c.CaseType is "ARR-D" or "ARR-S" || (c.CaseType is "PRO" or "PRO-M" && (string?)c.Accepted.Data["sentBy"]!["kind"] == "supervision");

    private static bool HouseNotTold(ReplayedCase c, DemoEvent e)
        => !c.All("detention-house.notified").Any(n => n.Day() == e.Day());

    /// <summary>Cards of convicted suspects that fit, with the charges of the indictment.</summary>
    private static IEnumerable<JsonNode> PerJudgedCard(Func<JsonNode, HashSet<string>, bool> fits)
        => Replayed.Reviews.SelectMany(c => c.Suspects.SelectMany(s => c.All("card.filled")
            .Where(e => e.Text("suspect") == (string)s["suspect"]! && e.Data["fields"]!["判决罪名"] is not null)
            .Select(e => e.Data["fields"]!)
            .Where(f => fits(f, [.. s["charges"]!.AsArray().Select(n => (string)n!["name"]!)]))));

    private static DateOnly? Notice(ReplayedCase c, string who, string? suspect)
        => c.All("rights.notified").FirstOrDefault(e => e.Text("who") == who && e.Text("suspect") == suspect)?.Day();

    /// <summary>Somebody was handed over when the case came back, so somebody was held.</summary>
    private static bool AnyHeld(ReplayedCase c, DemoEvent returned)
    {
        var back = c.All("supplement.resubmitted").First(e => e.Time > returned.Time).Day();
        return c.All("custody.transferred").Any(e => e.Day() == back) && c.All("custody.transferred").Any(e => e.Day() == c.Received);
    }

    private static bool MissesDocument(ReplayedCase c)
    {
        var issued = c.All("document.issued").Select(e => (string?)e.Data["doc"]!["code"]).ToHashSet();
        // Without any interrogation there is no transcript either: that is the other omission.
        string[] required = c.All("suspect.interrogated").Any() ? ["审查报告", "起诉书", "刑事判决、裁定审查表", "讯问笔录"] : ["审查报告", "起诉书", "刑事判决、裁定审查表"];
        return !issued.IsSupersetOf(required);
    }

    private static bool Contradicts(ReplayedCase c)
    {
        var day = c.Decided;
        var cards = c.All("card.filled").Where(e => e.Day() == day).ToList();
        var whole = cards.Single(e => e.Data["suspect"] is null).Data["fields"]!;
        var persons = cards.Where(e => e.Data["suspect"] is not null).Select(e => e.Data["fields"]!).ToList();
        var plea = ((string?)whole["认罪认罚"] == "是") != persons.Exists(p => (string?)p["认罪认罚"] == "是");
        var charge = !Texts(whole["移送案由"]).ToHashSet().SetEquals(persons.SelectMany(p => Texts(p["移送案由"])));
        var date = whole["提起公诉日期"] is null;
        var guarantee = persons.Exists(p => (p["保证人"] is not null && p["保证金"] is not null) || ((string?)p["强制措施"] is "逮捕" or "拘留" && p["羁押场所"] is null));
        return plea || charge || date || guarantee;
    }

    private static IEnumerable<string> Texts(JsonNode? node)
        => node is JsonArray items ? items.Select(i => (string)i!) : [(string)node!];
}

using System.Text;
using Cluster.Cases.Assessment;

namespace Cases.Tests.Assessment;

public sealed class AssessmentPropertyTests
{
    [Fact]
    public void Arrival_order_duplicates_and_splits_do_not_matter_over_two_thousand_histories()
    {
        var fired = 0;
        for (ulong seed = 1; seed <= 2000; seed++)
        {
            var made = new Histories(seed);
            var events = made.Make(4 + made.Below(40));
            var now = made.Instant();
            var expected = Body(CaseHistory.Of(events), now);

            var history = CaseHistory.Empty;
            foreach (var e in made.Shuffled(events.Concat(made.Shuffled(events).Take(events.Count / 3)))) history = history.Add([e]);
            var arrived = Body(history, now);
            Assert.True(expected == arrived, $"seed {seed}: {expected}\n{arrived}");
            fired += Assessor.Default.Assess(history, now).FindingCount;
        }

        Assert.True(fired > 10_000, $"only {fired} findings: the histories test nothing");
    }

    [Fact]
    public void A_finding_is_never_raised_in_the_future_and_its_steps_rise_in_time()
    {
        foreach (var (history, now, _) in Many(500))
        {
            foreach (var finding in Assessor.Default.Assess(history, now).Findings)
            {
                Assert.True(finding.RaisedAt <= now);
                Assert.True(finding.ClearedAt is null || (finding.ClearedAt >= finding.RaisedAt && finding.ClearedAt <= now), $"{finding.Rule.Id} {finding.RaisedAt} {finding.ClearedAt}");
                Assert.Equal(finding.Steps.OrderBy(s => s.At).Select(s => s.At), finding.Steps.Select(s => s.At));
            }
        }
    }

    [Fact]
    public void Nothing_changes_before_the_next_change()
    {
        foreach (var (history, now, made) in Many(700))
        {
            var assessment = Assessor.Default.Assess(history, now);
            var end = assessment.NextChange ?? now.AddDays(400);
            Assert.True(end > now);
            var span = end - now;
            foreach (var later in (DateTimeOffset[])[now + (span * (made.Below(1000) / 1000.0)), end.AddTicks(-1)])
            {
                var difference = Keys(assessment).Except(Keys(Assessor.Default.Assess(history, later)));
                Assert.True(!difference.Any(), $"{now:O} → {later:O}: {string.Join(" ", difference)}");
                Assert.Equal(Keys(assessment), Keys(Assessor.Default.Assess(history, later)));
            }
        }
    }

    [Fact]
    public void One_finding_per_rule_subject_and_instance()
    {
        foreach (var (history, now, _) in Many(1000))
        {
            var keys = Assessor.Default.Assess(history, now).Findings.Select(f => (f.Rule.Id, f.Subject, f.Instance)).ToList();
            Assert.Equal(keys.Count, keys.Distinct().Count());
        }
    }

    [Fact]
    public void What_happened_later_does_not_change_how_it_was()
    {
        foreach (var (history, now, made) in Many(500))
        {
            var before = CaseHistory.Of(history.All.Where(e => e.Time <= now && !e.Type.StartsWith("event.", StringComparison.Ordinal)));
            var whole = CaseHistory.Of(history.All.Where(e => !e.Type.StartsWith("event.", StringComparison.Ordinal)));
            Assert.Equal(Keys(Assessor.Default.Assess(before, now)), Keys(Assessor.Default.Assess(whole, now)));
        }
    }

    /// <summary>Of histories told on the day things happened: only a correction, or what is told late, takes a ground away. Left out: an appraisal, which moves the limit itself, and precedence, whose ground is what holds at the act.</summary>
    [Fact]
    public void What_was_found_is_cleared_but_never_forgotten()
    {
        var seen = 0;
        foreach (var (history, _, _) in Many(150))
        {
            var plain = CaseHistory.Of(history.All.Where(e => e.Type.Split('.')[0] is not ("event" or "appraisal")).Select(Histories.ToldOnTheDay));
            var found = new Dictionary<(string, string, string), DateTimeOffset>();
            for (DateTimeOffset? at = plain.All[0].Time; at is { } now;)
            {
                var assessment = Assessor.Default.Assess(plain, now);
                var here = assessment.Findings.Where(f => f.Rule.TemplateName is not ("precedence" or "unaccepted")).Select(f => (f.Rule.Id, f.Subject, f.Instance)).ToHashSet();
                foreach (var (key, since) in found) Assert.True(here.Contains(key), $"{key} found at {since:O} is gone at {now:O}");
                foreach (var key in here) found.TryAdd(key, now);
                at = assessment.NextChange;
            }

            seen += found.Count;
        }

        Assert.True(seen > 1500, $"only {seen} findings");
    }

    /// <summary>What a history keeps from one assessment for the next must not depend on when it was first asked.</summary>
    [Fact]
    public void A_history_that_was_asked_before_answers_like_one_that_was_not()
    {
        foreach (var (whole, _, made) in Many(400))
        {
            // Cut off, so that corrections move some events to after everything that was sent.
            var history = CaseHistory.Of(whole.All.Take(whole.All.Count / 2));
            var sent = history.All[^1].Time;
            // Once everything has happened, all of it is kept.
            Assert.NotEmpty(Body(history, sent.AddYears(1)));
            for (var asked = 0; asked < 6; asked++)
            {
                var at = sent.AddHours(made.Below(24 * 90) - (24 * 20));
                Assert.Equal(Body(CaseHistory.Of(history.All), at), Body(history, at));
            }
        }
    }

    private static IEnumerable<(CaseHistory History, DateTimeOffset Now, Histories Made)> Many(int count)
    {
        for (ulong seed = 10_001; seed <= 10_000 + (ulong)count; seed++)
        {
            var made = new Histories(seed);
            yield return (CaseHistory.Of(made.Make(4 + made.Below(40))), made.Instant(), made);
        }
    }

    private static List<string> Keys(CaseAssessment assessment) =>
        [.. assessment.Findings.Select(f => $"{f.Rule.Id}/{f.Subject}/{f.Instance}/{f.Level}/{f.RaisedAt:O}/{f.ClearedAt:O}").Order(StringComparer.Ordinal)];

    private static string Body(CaseHistory history, DateTimeOffset now) =>
        Encoding.UTF8.GetString(CaseJson.Case("c", history, Assessor.Default.Assess(history, now), static (_, _) => Handling.None));
}

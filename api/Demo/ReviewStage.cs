namespace Cluster.Api.Demo;

/// <summary>One round of the review for prosecution.</summary>
/// <param name="From">Receipt or resubmission.</param>
/// <param name="Until">Return, or the indictment in the last round.</param>
/// <param name="ReturnedUntil">Resubmission after a return; null in the last round.</param>
internal sealed record ReviewRound(DateOnly From, DateOnly Until, DateOnly? ReturnedUntil)
{
    /// <summary>Last day of the month the law gives (CPL 172).</summary>
    public DateOnly Due => DemoCalendar.MonthsAfter(From, 1);

    public bool NeedsExtension => Until > Due;
}

/// <summary>The review stage, which judgments do not tell: derived from what they do tell. README.md describes the derivation.</summary>
internal sealed record ReviewStage(DateOnly Received, IReadOnlyList<ReviewRound> Rounds)
{
    /// <summary>Longest lawful review in days for 0, 1 and 2 returns, kept a few days under the calendar-month limits.</summary>
    private static readonly int[] Longest = [43, 113, 183];

    /// <summary>Shortest credible review in days for 0, 1 and 2 returns.</summary>
    private static readonly int[] Shortest = [1, 40, 78];

    /// <summary>Longest lawful custody between arrest and transfer in months: 2 + 1 + 2 + 2 (CPL 156-159).</summary>
    private const int LongestInvestigation = 7;

    public static ReviewStage Derive(Timeline row, IReadOnlyList<Suspect> suspects, Sender sender, DemoDice dice)
    {
        var (received, returns) = Place(row, suspects, sender, dice);
        return new ReviewStage(received, Split(received, row.Indicted, returns, dice));
    }

    private static (DateOnly Received, int Returns) Place(Timeline row, IReadOnlyList<Suspect> suspects, Sender sender, DemoDice dice)
    {
        var indicted = row.Indicted;
        var arrests = suspects.Select(s => s.LastArrest(indicted)?.From).OfType<DateOnly>().ToList();

        if (sender == Sender.Supervision && arrests.Count > 0)
        {
            // 留置 cases: the arrest is decided within ten days of the transfer (CPL 170), so the arrest dates the receipt.
            var first = arrests.Min();
            var detained = suspects.SelectMany(s => s.Measures).Where(m => m.Kind == "detention" && m.From <= first && m.From >= first.AddDays(-10)).Select(m => m.From).ToList();
            var retained = suspects.SelectMany(s => s.Measures).Where(m => m.Kind == "retention" && m.From <= first).Select(m => m.From).DefaultIfEmpty().Max();
            var earliest = first.AddDays(-9) > retained ? first.AddDays(-9) : retained;
            var received = detained.Count > 0 ? detained.Min() : DemoCalendar.Workday(first.AddDays(-dice.Between(3, 8, "received")), earliest, first);
            return (received, ReturnsWithin(indicted.DayNumber - first.DayNumber, sender));
        }

        // Arrests in the last week before the indictment were decided during the review itself.
        var before = arrests.Where(a => a <= indicted.AddDays(-7)).ToList();
        DateOnly? arrested = before.Count > 0 ? before.Max() : null;

        if (sender != Sender.Own && Renewal(suspects, indicted, arrested) is { } renewed)
        {
            var earliest = arrested is { } a && a >= renewed.AddDays(-6) ? a.AddDays(1) : renewed.AddDays(-6);
            var received = DemoCalendar.Workday(renewed.AddDays(-dice.Between(0, 5, "received")), earliest, renewed);
            return (received, ReturnsWithin(indicted.DayNumber - received.DayNumber, sender));
        }

        if (arrested is { } from)
            return AfterArrest(row, from, HeldSince(suspects, indicted), sender, dice);

        var police = suspects.SelectMany(s => s.Measures)
            .Where(m => m.From < indicted && (m.By == Organ.Police || m.Kind == "detention" || sender == Sender.Own)).Select(m => m.From).ToList();
        var span = police.Count > 0 ? indicted.DayNumber - police.Max().DayNumber : 120;
        return OnBail(row, span, sender, dice);
    }

    /// <summary>The first decision of bail or residential surveillance by the procuratorate: it comes within seven days of the receipt (BAIL 26).</summary>
    private static DateOnly? Renewal(IReadOnlyList<Suspect> suspects, DateOnly indicted, DateOnly? arrested)
    {
        DateOnly? first = null;
        foreach (var suspect in suspects)
        {
            Measure? previous = null;
            foreach (var m in suspect.Measures)
            {
                if (m.Kind == "arrest")
                    break;
                var span = indicted.DayNumber - m.From.DayNumber;
                var told = m.By == Organ.Procuratorate && span <= 240;
                var likely = m.By == Organ.Unknown && previous is { NeedsRenewal: true } && span <= Longest[0];
                if (m.NeedsRenewal && span >= 0 && (told || likely) && (arrested is null || m.From > arrested) && (first is null || m.From < first))
                    first = m.From;
                previous = m;
            }
        }
        return first;
    }

    /// <summary>The earliest arrest of those still held at the indictment; null if nobody is.</summary>
    private static DateOnly? HeldSince(IReadOnlyList<Suspect> suspects, DateOnly indicted)
    {
        var held = suspects.Where(s => s.InCustodyOn(indicted.AddDays(-1))).ToList();
        return held.Count == 0 ? null : held.Select(s => s.LastArrest(indicted)?.From ?? indicted).Min();
    }

    private static (DateOnly, int) AfterArrest(Timeline row, DateOnly arrested, DateOnly? heldSince, Sender sender, DemoDice dice)
    {
        var held = heldSince is not null;
        var span = row.Indicted.DayNumber - arrested.DayNumber;
        var returns = Returns(row, span, sender, dice);
        var longest = row.Procedure == "速裁" ? FastTrack(row) : Longest[returns];
        var review = Wish(returns, dice);
        // Two months of investigation after the arrest (CPL 156): some reviews run longer so that custody need not be prolonged, others do not.
        if (held && dice.Happens(0.5, "no-prolongation"))
            review = Math.Max(review, span - 60);
        // A short span is shared between the two.
        if (span < 60)
            review = Math.Min(review, (int)(span * (0.4 + 0.3 * dice.Unit("investigation"))));
        review = Math.Min(review, longest);
        // What no lawful investigation in custody explains stays in the review: the span is real.
        var latest = heldSince is { } since ? DemoCalendar.MonthsAfter(since, LongestInvestigation) : row.Indicted;
        if (row.Indicted.DayNumber - latest.DayNumber is var least && least > review)
            (review, returns) = (least, Math.Max(returns, ReturnsWithin(least, sender)));
        review = Math.Clamp(review, 1, Math.Max(1, span - 1));
        var received = Receipt(row, arrested.AddDays(1), review);
        return (received > latest ? DemoCalendar.Workday(latest, arrested.AddDays(1), latest) : received, returns);
    }

    /// <summary>Length of an ordinary review in days.</summary>
    private static int Wish(int returns, DemoDice dice) => returns switch
    {
        0 => dice.Between(12, 40, "review"),
        1 => dice.Between(58, 106, "review"),
        _ => dice.Between(110, 176, "review"),
    };

    private static (DateOnly, int) OnBail(Timeline row, int span, Sender sender, DemoDice dice)
    {
        var returns = sender == Sender.Own ? 0 : Told(row) && span >= 60 ? 1 : span >= 90 && dice.Happens(0.08, "returned") ? 1 : 0;
        var review = row.Procedure == "速裁" ? dice.Between(4, FastTrack(row) - 1, "review")
            : Wish(returns, dice);
        review = Math.Clamp(review, 1, Math.Max(1, span));
        return (Receipt(row, row.Indicted.AddDays(-Math.Max(1, span)), review), returns);
    }

    /// <summary>The working day nearest after the derived receipt, so that the review only becomes shorter.</summary>
    private static DateOnly Receipt(Timeline row, DateOnly earliest, int review)
    {
        var wish = row.Indicted.AddDays(-review);
        return DemoCalendar.Workday(wish, wish < earliest ? wish : earliest, row.Indicted);
    }

    private static int FastTrack(Timeline row) => row.Defendants.Any(d => d.Months > 12) ? 14 : 9;

    /// <summary>The judgment speaks of supplementary investigation more often than its trial was adjourned for it.</summary>
    private static bool Told(Timeline row)
        => row.ReturnedInReview > 0 || row.SupplementMentions > row.CourtEvents.Count(e => e[0] == "延期审理");

    private static int Returns(Timeline row, int span, Sender sender, DemoDice dice)
    {
        if (sender == Sender.Own || row.Procedure == "速裁")
            return 0;
        var u = dice.Unit("returned");
        var returns = span switch
        {
            < 80 => 0,
            <= 103 => u < 0.10 ? 1 : 0,
            <= 175 => u < 0.55 ? 1 : 0,
            <= 253 => u < 0.45 ? 2 : u < 0.90 ? 1 : 0,
            <= 325 => u < 0.70 ? 2 : 1,
            _ => 2,
        };
        return Told(row) && span >= 70 ? Math.Max(1, returns) : returns;
    }

    private static int ReturnsWithin(int review, Sender sender)
        => sender == Sender.Own || review <= Longest[0] + 2 ? 0 : review <= Longest[1] ? 1 : 2;

    /// <summary>A last round that the short February or a weekend left a few days too long gets them from the return, then from the round before.</summary>
    private static (DateOnly Until, DateOnly Again) Later(DateOnly from, DateOnly until, DateOnly again, DateOnly indicted)
    {
        for (var days = 0; indicted > Lawful(again) && days < 20; days++)
        {
            if (again < DemoCalendar.MonthsAfter(until, 1))
                again = again.AddDays(1);
            else if (until < Lawful(from))
                (until, again) = (until.AddDays(1), again.AddDays(1));
            else
                break;
        }
        return (until, again);
    }

    /// <summary>The last day of a round with its extension (CPL 172).</summary>
    private static DateOnly Lawful(DateOnly from) => DemoCalendar.MonthsAfter(from, 1).AddDays(15);

    /// <summary>Divides the stage into rounds and returns; what exceeds the lawful length stays in the last round.</summary>
    private static List<ReviewRound> Split(DateOnly received, DateOnly indicted, int returns, DemoDice dice)
    {
        var days = indicted.DayNumber - received.DayNumber;
        while (returns > 0 && days < Shortest[returns])
            returns--;
        var rounds = new List<ReviewRound>(returns + 1);
        var from = received;
        for (var left = returns; left > 0; left--)
        {
            var remaining = indicted.DayNumber - from.DayNumber;
            // A fair share of what is left, tilted to the first round; the rest must stay explicable by the later ones.
            var share = remaining / (double)(left + 1);
            var back = Math.Clamp(dice.Between(14, 29, "return", left), 8, Math.Max(8, (int)(share * 0.55)));
            var round = Math.Clamp((int)((share - back / 2.0) * (0.95 + 0.3 * dice.Unit("round", left))), 10, 41);
            round = Math.Max(round, Math.Min(41, remaining - back - Longest[left - 1]));
            if (remaining - back - round > Longest[left - 1])
                back = Math.Min(28, remaining - round - Longest[left - 1]);
            var until = DemoCalendar.Workday(from.AddDays(round), from.AddDays(round - 9), from.AddDays(round + 1));
            var again = DemoCalendar.Workday(until.AddDays(back), until.AddDays(Math.Max(2, back - 9)), until.AddDays(Math.Min(28, back + 2)));
            if (left == 1)
                (until, again) = Later(from, until, again, indicted);
            rounds.Add(new ReviewRound(from, until, again));
            from = again;
        }
        rounds.Add(new ReviewRound(from, indicted, null));
        return rounds;
    }
}

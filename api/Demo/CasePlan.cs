namespace Cluster.Api.Demo;

/// <summary>Who investigated the case.</summary>
internal enum Sender
{
    Police,

    /// <summary>The procuratorate itself: duty crimes before the supervision law of 2018-03-20.</summary>
    Own,
    Supervision,
}

/// <summary>A review of the first prolongation of custody for investigation by the procuratorate above (CPL 156).</summary>
internal sealed record CustodyProlongation(DateOnly Received, DateOnly Decided, ArrestReview Arrest, IReadOnlyList<Suspect> Suspects);

/// <summary>One timeline placed in the demo office, with every date that had to be derived.</summary>
internal sealed class CasePlan
{
    private static readonly DateOnly SupervisionLaw = new(2018, 3, 20);

    public CasePlan(Timeline row, ulong seed)
    {
        Row = row;
        Dice = new DemoDice(seed, row.Id);
        var grave = row.Defendants.Any(d => d.Months >= 120 || d.Penalty is "死刑" or "死缓" or "无期徒刑");
        Office = grave ? DemoOffice.City : Dice.Pick(DemoOffice.Counties, "office");
        Minor = row.Defendants.Length == 1 && row.Units == 0 && !grave && !row.Dirty && DemoCharges.FitsMinor(row.Charges) && !LongPast(row) && Dice.Happens(0.05, "minor");
        Suspects = Suspect.Of(row, Dice, Minor);
        Sender = SenderOf(row, Suspects);
        Review = ReviewStage.Derive(row, Suspects, Sender, Dice);
        Arrests = ArrestReview.Derive(row, Suspects, Sender, Review.Received, Dice);
        Prolongations = Office.IsCity ? [] : [.. Arrests.Select((a, i) => Prolong(a, i)).OfType<CustodyProlongation>()];
        FromAbove = [.. Arrests.Select(ProlongedFromAbove)];
        ArrestSubjects = new string[Arrests.Count];
        ProlongationSubjects = new string[Prolongations.Count];
        Start = Arrests.Select(a => a.Received).Concat(row.Hearings).Concat(row.CourtEvents.Select(Timeline.DayOf))
            .Append(Review.Received).Append(row.Accepted ?? row.Indicted).Append(row.Judged).Min();
    }

    public Timeline Row { get; }
    public DemoDice Dice { get; }
    public OfficeUnit Office { get; }
    public bool Minor { get; }
    public IReadOnlyList<Suspect> Suspects { get; }
    public Sender Sender { get; }
    public ReviewStage Review { get; }
    public IReadOnlyList<ArrestReview> Arrests { get; }
    public IReadOnlyList<CustodyProlongation> Prolongations { get; }

    /// <summary>By arrest review, the days on which the procuratorate of the province prolonged the custody; it reports to nobody in the demo, so the county or city notes it.</summary>
    public IReadOnlyList<IReadOnlyList<DateOnly>> FromAbove { get; }

    /// <summary>The arrest review that the review for prosecution continues; null if arrests were decided in it, or not at all.</summary>
    public string? Continued => Arrests.Index().Where(a => !a.Item.InReview).Select(a => ArrestSubjects[a.Index]).FirstOrDefault();

    /// <summary>Case numbers, given by <see cref="CaseRegister"/> in the order of receipt.</summary>
    public string ReviewSubject { get; set; } = "";
    public string[] ArrestSubjects { get; }
    public string[] ProlongationSubjects { get; }

    /// <summary>The day of the first event; in a doubtful timeline that need not be a receipt.</summary>
    public DateOnly Start { get; }

    public string Department
    {
        get
        {
            if (Minor || Sender == Sender.Supervision || DemoCharges.IsDuty(Row.Charges))
                return DemoStaff.Special;
            return DemoCharges.IsEconomic(Row.Charges) || DemoCharges.IsGrave(Row.Charges) ? DemoStaff.Major : DemoStaff.Ordinary;
        }
    }

    /// <summary>Name of a case of these suspects, as offices write it: 张某甲等3人盗窃案.</summary>
    public static string NameOf(IReadOnlyList<Suspect> suspects)
        => (suspects.Count == 1 ? suspects[0].Name : $"{suspects[0].Name}等{suspects.Count}人") + DemoCharges.InCaseName(suspects[0].Charges[0]) + "案";

    public bool HasVictims => DemoCharges.HasVictims(Row.Charges);

    public int Volumes => 2 + Row.Facts / 2 + Suspects.Count + Dice.Between(0, 3, "volumes");

    /// <summary>The longest term of the judgment in months, as the prosecutor would have expected it; null where no term was given.</summary>
    public int? ExpectedMonths
    {
        get
        {
            var months = (int)Math.Ceiling(Row.Defendants.Max(d => d.Months ?? 0));
            return months == 0 ? null : months + Dice.Between(0, Math.Max(1, months / 8), "expected");
        }
    }

    /// <summary>The investigation took so long that a minor would have come of age in it.</summary>
    private static bool LongPast(Timeline row)
        => Measure.Read(row.Defendants[0]) is { Count: > 0 } measures && measures[0].From < row.Indicted.AddDays(-240);

    private static Sender SenderOf(Timeline row, IReadOnlyList<Suspect> suspects)
    {
        if (suspects.Any(s => s.Measures.Any(m => m.Kind == "retention")))
            return Sender.Supervision;
        if (!DemoCharges.IsDuty(row.Charges))
            return Sender.Police;
        var first = suspects.SelectMany(s => s.Measures).Select(m => m.From).DefaultIfEmpty(row.Indicted).Min();
        return first >= SupervisionLaw ? Sender.Supervision : Sender.Own;
    }

    private CustodyProlongation? Prolong(ArrestReview arrest, int index)
    {
        var due = DemoCalendar.MonthsAfter(arrest.Entries.Min(e => e.Executed), 2);
        var held = HeldBeyond(due, arrest);
        if (held.Count == 0)
            return null;
        // Asked at least seven days before the custody ends (R 309), decided before it ends.
        var received = DemoCalendar.Workday(due.AddDays(-Dice.Between(8, 14, "prolong", index)), due.AddDays(-16), due.AddDays(-7));
        var decided = DemoCalendar.Workday(due.AddDays(-Dice.Between(1, 4, "prolonged", index)), received, due);
        return new CustodyProlongation(received, decided, arrest, held);
    }

    /// <summary>One month more (CPL 156; for counties the city grants it), then twice two months (CPL 158, 159), as long as the investigation lasted.</summary>
    private IReadOnlyList<DateOnly> ProlongedFromAbove(ArrestReview arrest, int index)
    {
        var executed = arrest.Entries.Min(e => e.Executed);
        var days = new List<DateOnly>();
        foreach (var (months, number) in ((int, int)[])[(2, 0), (3, 1), (5, 2)])
        {
            var due = DemoCalendar.MonthsAfter(executed, months);
            if (HeldBeyond(due, arrest).Count == 0)
                break;
            if (number > 0 || Office.IsCity)
                days.Add(DemoCalendar.Workday(due.AddDays(-Dice.Between(1, 4, "prolonged-above", 10 * index + number)), due.AddDays(-9), due));
        }
        return days;
    }

    /// <summary>Whom an arrest still held for investigation after a day.</summary>
    private List<Suspect> HeldBeyond(DateOnly due, ArrestReview arrest)
        => arrest.InReview || Sender == Sender.Supervision || Review.Received <= due ? []
            : [.. arrest.Entries.Select(e => e.Suspect).Where(s => s.MeasureOn(due)?.Kind == "arrest")];
}

namespace Cluster.Api.Demo;

/// <summary>
/// One suspect in an arrest review. The decision is told where the text keeps 批准逮捕 apart, else it is the day of the execution;
/// where the text gives only the decision, the execution is put on its day.
/// </summary>
internal sealed record ArrestEntry(Suspect Suspect, DateOnly Decided, string DecidedOrigin, DateOnly Executed, string ExecutedOrigin);

/// <summary>
/// A review of arrest (ARR, ARR-D or ARR-S) that must have come before an arrest the judgment dates; <c>InReview</c> where the
/// procuratorate decided it on its own during the review for prosecution.
/// </summary>
internal sealed record ArrestReview(string CaseType, DateOnly Received, IReadOnlyList<ArrestEntry> Entries, bool InReview)
{
    /// <summary>Suspects whose decisions lie within five days share a review; the receipt is the decision minus one to seven days (CPL 91).</summary>
    public static IReadOnlyList<ArrestReview> Derive(Timeline row, IReadOnlyList<Suspect> suspects, Sender sender, DateOnly reviewReceived, DemoDice dice)
    {
        var entries = suspects.Select(s => Entry(s, row.Indicted)).OfType<ArrestEntry>().OrderBy(e => e.Decided).ThenBy(e => e.Suspect.Index).ToList();
        var reviews = new List<ArrestReview>();
        for (var start = 0; start < entries.Count;)
        {
            var first = entries[start];
            var late = first.Decided > reviewReceived;
            var end = start + 1;
            while (end < entries.Count && entries[end].Decided <= first.Decided.AddDays(5) && entries[end].Decided > reviewReceived == late
                && Taken(entries[end]) <= first.Decided)
                end++;
            var group = entries[start..end];
            var type = sender == Sender.Supervision ? "ARR-S" : late || sender == Sender.Own ? "ARR-D" : "ARR";
            reviews.Add(new ArrestReview(type, Receipt(group, late || sender == Sender.Supervision ? reviewReceived : null, type, dice, start), group, late));
            start = end;
        }
        return reviews;
    }

    private static ArrestEntry? Entry(Suspect suspect, DateOnly indicted)
    {
        if (suspect.FirstArrest(indicted) is not { } arrest)
            return null;
        var executed = suspect.Measures.First(m => m.Kind == "arrest" && !m.ApprovalOnly && m.From >= arrest.From);
        return new ArrestEntry(
            suspect,
            arrest.From,
            arrest.ApprovalOnly ? Origin.Judgment : Origin.Derived,
            executed.From,
            executed.Derived ? Origin.Derived : Origin.Judgment);
    }

    /// <summary>When the suspect was taken in, if in custody when the arrest was decided.</summary>
    private static DateOnly Taken(ArrestEntry entry)
        => Custody(entry) is { } m ? m.From : DateOnly.MinValue;

    private static Measure? Custody(ArrestEntry entry)
        => entry.Suspect.Measures.LastOrDefault(m => m.From <= entry.Decided && m.Kind != "arrest") is { InCustody: true } m ? m : null;

    private static DateOnly Receipt(IReadOnlyList<ArrestEntry> group, DateOnly? notBefore, string type, DemoDice dice, int index)
    {
        if (type == "ARR-S" && notBefore is { } transferred && transferred <= group[0].Decided && transferred >= group[^1].Decided.AddDays(-10))
            return transferred;
        var detained = group.Any(e => Custody(e) is not null);
        // In its own cases one to three days more for a special reason (CPL 167, R 297).
        var earliest = group[^1].Decided.AddDays(!detained ? -14 : type == "ARR-D" ? -10 : -7);
        var taken = group.Max(Taken);
        if (taken > earliest)
            earliest = taken;
        if (notBefore is { } bound && bound > earliest)
            earliest = bound;
        if (earliest > group[0].Decided)
            earliest = group[0].Decided;
        var wish = group[0].Decided.AddDays(-dice.Between(1, detained ? 7 : 12, "arrest-received", index));
        // In its own cases the procuratorate asks within seven days of the detention (R 296).
        if (type == "ARR-D" && detained && notBefore is null && taken > DateOnly.MinValue)
        {
            var asked = taken.AddDays(7);
            if (wish > asked)
                wish = asked;
            return DemoCalendar.Workday(wish, earliest, asked > earliest ? asked : earliest);
        }
        return DemoCalendar.Workday(wish, earliest, group[0].Decided);
    }
}

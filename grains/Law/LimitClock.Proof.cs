namespace Cluster.Law;

public static partial class LimitClock
{
    /// <summary>The same result as <see cref="Compute(in LimitTerm, HolidayCalendar)"/>, with every step it took.</summary>
    /// <inheritdoc cref="Compute(in LimitTerm, HolidayCalendar)" path="/exception"/>
    public static Proof Prove(in LimitTerm term, HolidayCalendar calendar)
    {
        var excluded = ExcludedTime.Of(term.Excluded, new ExcludedSpan[term.Excluded.Count]);
        var steps = new List<ProofStep>();
        Due due = term.Clock == Clock.Hours
            ? ProveHours(term, calendar, excluded, steps)
            : ProveDays(term, calendar, excluded, steps);
        steps.Add(Step(ProofStep.Result, due.DueOn, due.DueOn, ProofText.Result(due, term.Clock, calendar)));
        return new Proof(steps, calendar.Version, due);
    }

    private static Due ProveDays(in LimitTerm term, HolidayCalendar calendar, ExcludedTime excluded, List<ProofStep> steps)
    {
        DateOnly start = LegalTime.DateOf(term.Start);
        steps.Add(Step(ProofStep.Start, start, start, ProofText.Start(start)));
        DateOnly end = start;
        for (int i = -1; i < term.Extensions.Count; i++)
        {
            bool extension = i >= 0;
            Period period = extension ? term.Extensions[i] : term.Length;
            var parts = new List<ExcludedPart>();
            DateOnly lengthened = Run(end, period, term.Clock, calendar, excluded, parts);
            DateOnly plain = Run(end, period, term.Clock, calendar, default);
            steps.Add(Step(extension ? ProofStep.Extension : ProofStep.Length, end, plain, ProofText.Counted(end, plain, period, extension)));
            if (term.Clock == Clock.WorkingDays && lengthened > plain)
                steps.Add(Step(ProofStep.Excluded, plain, lengthened, ProofText.ExcludedWorkingDays(lengthened)));
            foreach (ExcludedPart part in parts)
                steps.Add(Step(ProofStep.Excluded, LegalTime.DateOf(part.EndBefore), LegalTime.DateOf(part.EndAfter), ProofText.Excluded(part)));
            end = lengthened;
        }

        Due due = DueOn(start, end, term.Clock, calendar);
        if (due.DueOn > end) steps.Add(Step(ProofStep.Roll, end, due.DueOn, ProofText.Roll(end, due.DueOn, calendar)));
        return due;
    }

    private static Due ProveHours(in LimitTerm term, HolidayCalendar calendar, ExcludedTime excluded, List<ProofStep> steps)
    {
        DateTimeOffset end = term.Start.ToOffset(LegalTime.Offset);
        steps.Add(Step(ProofStep.Start, end, end, ProofText.Start(end)));
        for (int i = -1; i < term.Extensions.Count; i++)
        {
            bool extension = i >= 0;
            Period period = extension ? term.Extensions[i] : term.Length;
            var parts = new List<ExcludedPart>();
            DateTimeOffset lengthened = Run(end, period, excluded, parts);
            DateTimeOffset plain = Run(end, period, default);
            steps.Add(Step(extension ? ProofStep.Extension : ProofStep.Length, end, plain, ProofText.Counted(end, plain, period, extension)));
            foreach (ExcludedPart part in parts)
                steps.Add(Step(ProofStep.Excluded, part.EndBefore, part.EndAfter, ProofText.ExcludedHours(part)));
            end = lengthened;
        }
        return DueAt(end, calendar);
    }

    private static ProofStep Step(string kind, DateTimeOffset from, DateTimeOffset to, LocalizedText text) =>
        Step(kind, LegalTime.DateOf(from), LegalTime.DateOf(to), text);

    private static ProofStep Step(string kind, DateOnly from, DateOnly to, LocalizedText text) =>
        new(kind, from, to, to.DayNumber - from.DayNumber, text);
}

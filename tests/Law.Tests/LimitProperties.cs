using Cluster.Law;
using FsCheck;
using FsCheck.Fluent;

namespace Law.Tests;

/// <summary>What must hold of every limit.</summary>
public sealed class LimitProperties
{
    private static readonly HolidayCalendar Calendar = HolidayCalendar.Default;

    private static readonly Gen<DateOnly> Dates =
        from day in Gen.Choose(new DateOnly(2006, 6, 1).DayNumber, new DateOnly(2027, 12, 31).DayNumber)
        select DateOnly.FromDayNumber(day);

    private static Gen<Period> PeriodsOf(Clock clock) => clock switch
    {
        Clock.Hours => Gen.Choose(0, 200).Select(n => new Period(n, PeriodUnit.Hours)),
        Clock.WorkingDays => Gen.Choose(0, 60).Select(n => new Period(n, PeriodUnit.WorkingDays)),
        _ => Gen.OneOf(
            Gen.Choose(0, 90).Select(n => new Period(n, PeriodUnit.Days)),
            Gen.Choose(0, 14).Select(n => new Period(n, PeriodUnit.Months)),
            Gen.Choose(0, 2).Select(n => new Period(n, PeriodUnit.Years))),
    };

    private static Gen<ExcludedSpan> SpansAfter(DateOnly start) =>
        from offset in Gen.Choose(-20, 120)
        from days in Gen.Choose(0, 40)
        select new ExcludedSpan(start.AddDays(offset), start.AddDays(offset + days));

    private static Gen<LimitTerm> TermsOn(params Clock[] clocks) =>
        from clock in Gen.Elements(clocks)
        from date in Dates
        from minute in Gen.Choose(0, 1439)
        from length in PeriodsOf(clock)
        from extensions in Gen.ListOf(PeriodsOf(clock), 2)
        from extended in Gen.Choose(0, 2)
        from spans in Gen.ListOf(SpansAfter(date), 4)
        from excluded in Gen.Choose(0, 4)
        select new LimitTerm
        {
            Start = LegalTime.StartOf(date).AddMinutes(minute),
            Clock = clock,
            Length = length,
            Extensions = [.. extensions.Take(extended)],
            Excluded = [.. spans.Take(excluded)],
        };

    private static readonly Clock[] AllClocks = [Clock.Custody, Clock.Calendar, Clock.Hours, Clock.WorkingDays];

    private static Due Compute(LimitTerm term) => LimitClock.Compute(term, Calendar);

    private static void ForAll<T>(Gen<T> values, Func<T, bool> holds) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(values.ToArbitrary(), holds));

    [Fact]
    public void A_later_start_never_ends_earlier() =>
        ForAll(
            from term in TermsOn(AllClocks)
            from hours in Gen.Choose(0, 24 * 40)
            select (term with { Excluded = [] }, hours),
            pair => Compute(pair.Item1).ExpiresAt <= Compute(pair.Item1 with { Start = pair.Item1.Start.AddHours(pair.hours) }).ExpiresAt);

    [Fact]
    public void A_later_day_ends_a_custody_limit_in_days_strictly_later() =>
        ForAll(
            from date in Dates
            from days in Gen.Choose(0, 90)
            select (date, days),
            x => Compute(Days(x.date, x.days)).DueOn.AddDays(1) == Compute(Days(x.date.AddDays(1), x.days)).DueOn);

    [Fact]
    public void A_later_day_never_ends_a_limit_in_days_earlier_even_with_exclusions() =>
        ForAll(
            from date in Dates
            from days in Gen.Choose(0, 90)
            from spans in Gen.ListOf(SpansAfter(date), 3)
            select (date, days, spans: spans.ToList()),
            x => Compute(Days(x.date, x.days) with { Excluded = x.spans }).DueOn
                <= Compute(Days(x.date.AddDays(1), x.days) with { Excluded = x.spans }).DueOn);

    [Fact]
    public void An_extension_never_shortens() =>
        ForAll(
            from term in TermsOn(AllClocks)
            from more in PeriodsOf(term.Clock)
            select (term, more),
            x => Compute(x.term).ExpiresAt <= Compute(x.term with { Extensions = [.. x.term.Extensions, x.more] }).ExpiresAt);

    [Fact]
    public void Excluded_days_never_shorten() =>
        ForAll(TermsOn(AllClocks), term => Compute(term with { Excluded = [] }).ExpiresAt <= Compute(term).ExpiresAt);

    [Fact]
    public void The_order_of_excluded_spans_does_not_matter() =>
        ForAll(TermsOn(AllClocks), term => Compute(term) == Compute(term with { Excluded = [.. term.Excluded.Reverse()] }));

    [Fact]
    public void A_limit_in_days_counts_exactly_the_days_not_excluded() =>
        ForAll(
            from date in Dates
            from days in Gen.Choose(0, 90)
            from spans in Gen.ListOf(SpansAfter(date), 4)
            select (date, days, spans: spans.ToList()),
            x =>
            {
                DateOnly day = x.date;
                for (int counted = 0; counted < x.days;)
                {
                    day = day.AddDays(1);
                    if (!x.spans.Exists(s => s.From < day && day <= s.Until)) counted++;
                }
                return Compute(Days(x.date, x.days) with { Excluded = x.spans }).DueOn == day;
            });

    [Fact]
    public void A_holiday_never_moves_a_custody_date() =>
        ForAll(TermsOn(Clock.Custody), term => Compute(term) is var due && due.DueOn == due.ComputedOn);

    [Fact]
    public void A_rolled_date_is_the_first_working_day_and_at_most_12_days_later() =>
        ForAll(TermsOn(Clock.Calendar), term =>
        {
            Due due = Compute(term);
            bool onlyDaysOffBetween = true;
            for (DateOnly day = due.ComputedOn; day < due.DueOn; day = day.AddDays(1)) onlyDaysOffBetween &= !Calendar.IsWorkingDay(day);
            return Calendar.IsWorkingDay(due.DueOn) && onlyDaysOffBetween && due.DueOn.DayNumber - due.ComputedOn.DayNumber <= 12;
        });

    [Fact]
    public void The_steps_of_a_proof_add_up_to_the_result() =>
        ForAll(TermsOn(AllClocks), term =>
        {
            Proof proof = LimitClock.Prove(term, Calendar);
            DateOnly at = LegalTime.DateOf(term.Start);
            foreach (ProofStep step in proof.Steps)
            {
                if (step.From != at || step.From.AddDays(step.Days) != step.To) return false;
                at = step.To;
            }
            return at == proof.Due.DueOn
                && proof.Due == Compute(term)
                && proof.Steps[0].Kind == ProofStep.Start
                && proof.Steps[^1].Kind == ProofStep.Result
                && proof.Steps.All(s => s.Text.Zh.Length > 0 && s.Text.En.Length > 0);
        });

    [Fact]
    public void Working_days_agree_with_counting_them_one_by_one() =>
        ForAll(
            from date in Dates
            from n in Gen.Choose(0, 60)
            select (date, n),
            x =>
            {
                DateOnly day = x.date;
                for (int left = x.n; left > 0;)
                {
                    day = day.AddDays(1);
                    if (Calendar.IsWorkingDay(day)) left--;
                }
                return Calendar.AddWorkingDays(x.date, x.n) == day
                    && Compute(new LimitTerm { Start = LegalTime.StartOf(x.date), Length = new(x.n, PeriodUnit.WorkingDays), Clock = Clock.WorkingDays }).DueOn == day;
            });

    [Fact]
    public void A_period_is_what_it_is_written_as() =>
        ForAll(
            from clock in Gen.Elements(AllClocks)
            from period in PeriodsOf(clock)
            select period,
            period => Period.Parse(period.ToString()) == period);

    private static LimitTerm Days(DateOnly start, int days) =>
        new() { Start = LegalTime.StartOf(start), Length = new(days, PeriodUnit.Days), Clock = Clock.Custody };
}

using Cluster.Law;
using FsCheck;
using FsCheck.Fluent;

namespace Law.Tests;

/// <summary>What must hold of every limit of the table, in each of its lengths, with each of its extensions, in custody and at large, from any day.</summary>
public sealed class StatuteProperties
{
    private static readonly HolidayCalendar Calendar = HolidayCalendar.Default;

    private static readonly Asked[] All = [.. Statutes.Default.All.Where(limit => limit.Computable).SelectMany(WaysToAsk)];

    private static readonly Gen<DateTimeOffset> Starts =
        from day in Gen.Choose(new DateOnly(2007, 1, 1).DayNumber, new DateOnly(2026, 12, 31).DayNumber)
        from minute in Gen.Choose(0, 1439)
        select LegalTime.StartOf(DateOnly.FromDayNumber(day)).AddMinutes(minute);

    [Fact]
    public void All_145_limits_are_asked_for_but_those_that_have_no_end_of_their_own()
    {
        Assert.Equal(145, Statutes.Default.All.Count);
        string[] backward = [.. Statutes.Default.All.Where(limit => !limit.Computable).Select(limit => limit.Id)];
        Assert.Equal(["T-A18", "T-A24", "T-A33", "T-B30", "T-C05", "T-D27"], backward);
        Assert.Equal(145 - backward.Length, All.Select(asked => asked.Limit.Id).Distinct().Count());
        Assert.True(All.Length > 400, $"only {All.Length} ways to ask");
    }

    [Fact]
    public void Every_proof_adds_up_to_its_result() => ForAll(Starts, (start, asked) => AddsUp(start, Compute(asked, start)));

    [Fact]
    public void Every_proof_with_excluded_time_adds_up_to_its_result() =>
        ForAll(
            from start in Starts
            from spans in Gen.ListOf(SpansFrom(start), 3)
            select (start, spans: (IReadOnlyList<ExcludedSpan>)[.. spans]),
            (x, asked) => AddsUp(x.start, Compute(asked, x.start, x.spans)));

    [Fact]
    public void A_later_start_never_ends_earlier() =>
        ForAll(
            from start in Starts
            from hours in Gen.Choose(0, 24 * 40)
            select (start, hours),
            (x, asked) => Compute(asked, x.start).Due.ExpiresAt <= Compute(asked, x.start.AddHours(x.hours)).Due.ExpiresAt);

    [Fact]
    public void A_longer_length_never_ends_earlier_nor_does_an_extension() =>
        ForAll(Starts, (start, asked) =>
        {
            Due due = Compute(asked, start).Due;
            return All.Where(other => other.Limit == asked.Limit && other.Custody == asked.Custody)
                .Where(other => (other.Extensions.Count == asked.Extensions.Count && Days(other.Length) > Days(asked.Length))
                    || (other.Length == asked.Length && other.Extensions.Count > asked.Extensions.Count))
                .All(longer => due.ExpiresAt <= Compute(longer, start).Due.ExpiresAt);
        });

    [Fact]
    public void Custody_never_rolls_and_what_rolls_ends_on_the_first_working_day() =>
        ForAll(Starts, (start, asked) =>
        {
            Computed computed = Compute(asked, start);
            Due due = computed.Due;
            return computed.Clock == Clock.Calendar
                ? due.DueOn == Calendar.RollForward(due.ComputedOn)
                : due.DueOn == due.ComputedOn && computed.Proof.Steps.All(step => step.Kind != ProofStep.Roll);
        });

    [Fact]
    public void A_limit_that_depends_on_custody_rolls_at_large_only() =>
        Assert.All(All.Where(asked => asked.Limit.Clock is null), asked =>
            Assert.Equal(asked.Custody ? Clock.Custody : Clock.Calendar, Compute(asked, LegalTime.StartOf(new(2026, 2, 9))).Clock));

    [Fact]
    public void An_excluded_span_inside_the_period_pushes_its_end_by_exactly_its_days() =>
        ForAll(
            from start in Starts
            from inside in Gen.Choose(0, 999)
            from days in Gen.Choose(1, 60)
            select (start, inside, days),
            (x, asked) =>
            {
                if (asked.Extensions.Count > 0) return true;
                Computed plain = Compute(asked, x.start);
                DateOnly first = LegalTime.DateOf(x.start);
                int span = plain.Due.ComputedOn.DayNumber - first.DayNumber;
                // Of an hour limit the span must begin before the last day: its hours run out on the way.
                if (plain.Clock == Clock.Hours) span--;
                if (span <= 0) return true;
                DateOnly from = first.AddDays(x.inside % span);
                var excluded = new ExcludedSpan(from, from.AddDays(x.days));
                Computed pushed = Compute(asked, x.start, [excluded]);
                return plain.Clock switch
                {
                    Clock.WorkingDays => WorkingDays(first, pushed.Due.DueOn, excluded) == asked.Length.Amount,
                    // The day on which an hour limit starts counts to its end.
                    Clock.Hours => pushed.Due.DueAt == plain.Due.DueAt.AddDays(x.days),
                    _ => pushed.Due.ComputedOn == plain.Due.ComputedOn.AddDays(x.days),
                };
            });

    private static bool AddsUp(DateTimeOffset start, Computed computed)
    {
        Due due = computed.Due;
        DateOnly first = LegalTime.DateOf(start), at = first;
        foreach (ProofStep step in computed.Proof.Steps)
        {
            if (step.From != at || step.To != at.AddDays(step.Days) || step.Days < 0) return false;
            at = step.To;
        }
        int Sum(Func<string, bool> kinds) => computed.Proof.Steps.Where(step => kinds(step.Kind)).Sum(step => step.Days);
        return Sum(kind => kind is ProofStep.Length or ProofStep.Extension or ProofStep.Excluded) == due.ComputedOn.DayNumber - first.DayNumber
            && Sum(kind => kind == ProofStep.Roll) == due.DueOn.DayNumber - due.ComputedOn.DayNumber
            && computed.Proof.Steps.Any(step => step.Kind == ProofStep.Roll) == due.DueOn > due.ComputedOn
            && computed.Proof.Steps[0].Kind == ProofStep.Start
            && computed.Proof.Steps[^1] is { Kind: ProofStep.Result, Days: 0 }
            && at == due.DueOn
            && computed.Proof.Due == due;
    }

    private static int WorkingDays(DateOnly after, DateOnly until, ExcludedSpan excluded)
    {
        int count = 0;
        for (DateOnly day = after.AddDays(1); day <= until; day = day.AddDays(1))
        {
            if (Calendar.IsWorkingDay(day) && !(excluded.From < day && day <= excluded.Until)) count++;
        }
        return count;
    }

    private static Gen<ExcludedSpan> SpansFrom(DateTimeOffset start) =>
        from offset in Gen.Choose(-20, 400)
        from days in Gen.Choose(0, 60)
        select new ExcludedSpan(LegalTime.DateOf(start).AddDays(offset), LegalTime.DateOf(start).AddDays(offset + days));

    private static Computed Compute(Asked asked, DateTimeOffset start, IReadOnlyList<ExcludedSpan>? excluded = null) =>
        Calculator.Compute(asked.Limit.Id, start, asked.Custody, asked.Length.ToString(), asked.Extensions, excluded);

    private static IEnumerable<Asked> WaysToAsk(Limit limit) =>
        from length in (Period[])[limit.Length, .. limit.Variants.Values]
        from extensions in Enumerable.Range(0, limit.Extensions.Count + 1)
        from custody in (bool[])[false, true]
        select new Asked(limit, length, [.. limit.Extensions.Take(extensions)], custody);

    private static int Days(Period period) => period.Unit switch
    {
        PeriodUnit.Months => period.Amount * 30,
        PeriodUnit.Years => period.Amount * 365,
        _ => period.Amount,
    };

    private static void ForAll<T>(Gen<T> values, Func<T, Asked, bool> holds) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(values.ToArbitrary(), value =>
            Array.Find(All, asked => !holds(value, asked)) is { } wrong ? throw new InvalidOperationException($"{wrong} from {value}") : true));

    /// <summary>One way to ask for a limit.</summary>
    private sealed record Asked(Limit Limit, Period Length, IReadOnlyList<Period> Extensions, bool Custody)
    {
        public override string ToString() => $"{Limit.Id} {Length} + {string.Join(" ", Extensions)}{(Custody ? " in custody" : "")}";
    }
}

using Cluster.Law;
using static Law.Tests.Terms;

namespace Law.Tests;

public sealed class ExcludedTimeTests
{
    [Theory]
    // The appraisal begins on the 12th, still counted, and ends on the 22nd: ten days.
    [InlineData("2026-03-12..2026-03-22", "2026-03-30")]
    [InlineData("2026-03-12..2026-03-12", "2026-03-20")]
    // Overlapping, nested and repeated spans count once; order does not matter.
    [InlineData("2026-03-12..2026-03-22 2026-03-15..2026-03-25", "2026-04-02")]
    [InlineData("2026-03-15..2026-03-25 2026-03-12..2026-03-22", "2026-04-02")]
    [InlineData("2026-03-12..2026-03-22 2026-03-14..2026-03-16", "2026-03-30")]
    [InlineData("2026-03-12..2026-03-22 2026-03-12..2026-03-22", "2026-03-30")]
    [InlineData("2026-03-12..2026-03-15 2026-03-15..2026-03-22", "2026-03-30")]
    // Clipped to the period: before the start nothing is removed.
    [InlineData("2026-03-01..2026-03-15", "2026-03-25")]
    [InlineData("2026-02-01..2026-03-10", "2026-03-20")]
    // From the last day on, the period is over.
    [InlineData("2026-03-20..2026-03-30", "2026-03-20")]
    [InlineData("2026-03-19..2026-03-30", "2026-03-31")]
    // Exclusion carries the period into a span that it would not have reached.
    [InlineData("2026-03-12..2026-03-22 2026-03-25..2026-04-04", "2026-04-09")]
    [InlineData("2026-03-12..2026-03-22 2026-03-30..2026-04-04", "2026-03-30")]
    public void Excluded_days_lengthen_ten_days_from_10_March(string spans, string due) =>
        Assert.Equal(due, Term("2026-03-10", Clock.Custody, "10d").Excluding(Parse(spans)).DueOn());

    [Fact]
    public void A_span_after_the_plain_end_counts_once_an_extension_reaches_it()
    {
        LimitTerm term = Term("2026-03-10", Clock.Custody, "10d", "5d");
        Assert.Equal("2026-03-25", term.DueOn());
        Assert.Equal("2026-03-27", term.Excluding(("2026-03-20", "2026-03-22")).DueOn());
        Assert.Equal("2026-03-25", term.Excluding(("2026-03-25", "2026-03-28")).DueOn());
    }

    [Fact]
    public void An_excluded_span_lengthens_a_month_by_its_days() =>
        Assert.Equal("2026-03-19", Term("2026-02-09", Clock.Custody, "1m").Excluding(("2026-02-20", "2026-03-02")).DueOn());

    [Fact]
    public void The_lengthened_end_rolls_like_any_other()
    {
        LimitTerm term = Term("2026-09-20", Clock.Calendar, "10d").Excluding(("2026-09-22", "2026-09-23"));
        Assert.Equal(new DateOnly(2026, 10, 1), term.Compute().ComputedOn);
        Assert.Equal(new DateOnly(2026, 10, 8), term.Compute().DueOn);
    }

    [Fact]
    public void Excluded_days_take_24_hours_each_from_an_hour_limit()
    {
        LimitTerm term = Term("2026-03-10T10:00:00+08:00", Clock.Hours, "24h");
        Assert.Equal(DateTimeOffset.Parse("2026-03-13T10:00:00+08:00"), term.Excluding(("2026-03-10", "2026-03-12")).Compute().DueAt);
        // The start lies inside the excluded day: only what is left of it is excluded.
        Assert.Equal(DateTimeOffset.Parse("2026-03-12T00:00:00+08:00"), term.Excluding(("2026-03-09", "2026-03-10")).Compute().DueAt);
    }

    [Fact]
    public void Excluded_working_days_are_not_counted()
    {
        LimitTerm term = Term("2026-10-09", Clock.WorkingDays, "3wd");
        Assert.Equal("2026-10-14", term.Excluding(("2026-10-09", "2026-10-10")).DueOn());
        Assert.Equal("2026-10-13", term.Excluding(("2026-10-10", "2026-10-11")).DueOn());
    }

    [Fact]
    public void A_span_that_ends_before_it_begins_is_refused() =>
        Assert.Throws<ArgumentException>(() => Term("2026-03-10", Clock.Custody, "10d").Excluding(("2026-03-12", "2026-03-11")).Compute());

    [Fact]
    public void Many_spans_are_summed()
    {
        LimitTerm term = Term("2026-01-01", Clock.Custody, "1000d") with
        {
            Excluded = [.. Enumerable.Range(0, 300).Select(i => new ExcludedSpan(new DateOnly(2026, 1, 1).AddDays(2 * i), new DateOnly(2026, 1, 1).AddDays(2 * i + 1)))],
        };
        Assert.Equal(new DateOnly(2026, 1, 1).AddDays(1300), term.Compute().DueOn);
    }

    private static (string, string)[] Parse(string spans) =>
        [.. spans.Split(' ').Select(s => (s[..10], s[12..]))];
}

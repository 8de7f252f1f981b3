using Cluster.Law;
using static Law.Tests.Terms;

namespace Law.Tests;

/// <summary>The samples and vectors on which the counting of limits was agreed.</summary>
public sealed class LimitClockTests
{
    [Theory]
    [InlineData("2026-09-28", Clock.Custody, "7d", "2026-10-05", "2026-10-05")]
    [InlineData("2026-09-20", Clock.Calendar, "15d", "2026-10-05", "2026-10-08")]
    [InlineData("2020-11-02", Clock.Custody, "1m", "2020-12-02", "2020-12-02")]
    [InlineData("2026-02-28", Clock.Custody, "1m", "2026-03-31", "2026-03-31")]
    // Arrest review: detained never rolls, not detained rolls from Sunday.
    [InlineData("2026-10-03", Clock.Custody, "7d", "2026-10-10", "2026-10-10")]
    [InlineData("2026-10-03", Clock.Calendar, "15d", "2026-10-18", "2026-10-19")]
    // Review for prosecution.
    [InlineData("2026-02-09", Clock.Custody, "1m", "2026-03-09", "2026-03-09")]
    [InlineData("2026-02-09", Clock.Calendar, "1m", "2026-03-09", "2026-03-09")]
    [InlineData("2026-01-16", Clock.Calendar, "1m", "2026-02-16", "2026-02-24")]
    [InlineData("2026-01-16", Clock.Custody, "1m", "2026-02-16", "2026-02-16")]
    // Return for supplementary investigation, and the round after it.
    [InlineData("2026-03-05", Clock.Custody, "1m", "2026-04-05", "2026-04-05")]
    [InlineData("2026-03-05", Clock.Calendar, "1m", "2026-04-05", "2026-04-07")]
    [InlineData("2026-04-03", Clock.Custody, "1m", "2026-05-03", "2026-05-03")]
    [InlineData("2026-04-03", Clock.Calendar, "1m", "2026-05-03", "2026-05-06")]
    // Protest against a judgment and a ruling.
    [InlineData("2026-04-28", Clock.Calendar, "10d", "2026-05-08", "2026-05-08")]
    [InlineData("2026-04-28", Clock.Calendar, "5d", "2026-05-03", "2026-05-06")]
    // Rights notice: rolls even for a suspect in custody.
    [InlineData("2026-09-30", Clock.Calendar, "3d", "2026-10-03", "2026-10-08")]
    // File reading: Saturday 10 October is a working day.
    [InlineData("2026-10-09", Clock.WorkingDays, "3wd", "2026-10-13", "2026-10-13")]
    public void A_limit_ends_when_the_agreed_vector_says(string start, Clock clock, string length, string computed, string due)
    {
        Due result = Term(start, clock, length).Compute();
        Assert.Equal(DateOnly.Parse(computed), result.ComputedOn);
        Assert.Equal(DateOnly.Parse(due), result.DueOn);
        Assert.False(result.Provisional);
    }

    [Theory]
    [InlineData("2026-01-10", "2m", "2026-03-10")]
    [InlineData("2026-01-10", "2m 1m", "2026-04-10")]
    [InlineData("2026-01-10", "2m 1m 2m", "2026-06-10")]
    [InlineData("2026-01-10", "2m 1m 2m 2m", "2026-08-10")]
    [InlineData("2026-02-09", "1m 15d", "2026-03-24")]
    // The review of 2020 of a real indictment: re-received on 31 December, extension recorded as 1 to 15 February.
    [InlineData("2020-12-31", "1m", "2021-01-31")]
    [InlineData("2020-12-31", "1m 15d", "2021-02-15")]
    public void Extensions_count_on_from_the_end_before(string start, string periods, string due)
    {
        string[] parts = periods.Split(' ');
        Assert.Equal(due, Term(start, Clock.Custody, parts[0], parts[1..]).DueOn());
    }

    [Fact]
    public void An_extension_counts_on_from_before_the_roll_and_only_the_last_date_rolls()
    {
        // 1 m ends in Spring Festival (16 February) and would roll to the 24th; 15 d more count from the 16th.
        Assert.Equal("2026-02-24", Term("2026-01-16", Clock.Calendar, "1m").DueOn());
        Assert.Equal("2026-03-03", Term("2026-01-16", Clock.Calendar, "1m", "15d").DueOn());
        Due rolled = Term("2026-01-16", Clock.Calendar, "1m", "12d").Compute();
        Assert.Equal(new DateOnly(2026, 2, 28), rolled.DueOn);
        Assert.Equal(new DateOnly(2026, 3, 2), Term("2026-01-16", Clock.Calendar, "1m", "13d").Compute().DueOn);
    }

    [Fact]
    public void Sunday_rolls_to_Monday_unless_in_custody()
    {
        Assert.Equal("2026-11-23", Term("2026-11-15", Clock.Calendar, "7d").DueOn());
        Assert.Equal("2026-11-22", Term("2026-11-15", Clock.Custody, "7d").DueOn());
    }

    [Fact]
    public void A_day_limit_is_met_until_24_o_clock_of_its_last_day()
    {
        Due due = Term("2026-02-09T23:59:59+08:00", Clock.Custody, "7d").Compute();
        Assert.Equal(new DateOnly(2026, 2, 16), due.DueOn);
        Assert.Equal(DateTimeOffset.Parse("2026-02-16T00:00:00+08:00"), due.DueAt);
        Assert.Equal(DateTimeOffset.Parse("2026-02-17T00:00:00+08:00"), due.ExpiresAt);
    }

    [Fact]
    public void The_hour_of_the_start_does_not_matter_to_a_day_limit()
    {
        Due morning = Term("2026-02-09T00:00:00+08:00", Clock.Calendar, "15d").Compute();
        Assert.Equal(morning, Term("2026-02-09T15:59:59Z", Clock.Calendar, "15d").Compute());
        Assert.NotEqual(morning, Term("2026-02-09T16:00:00Z", Clock.Calendar, "15d").Compute());
    }

    [Fact]
    public void An_hour_limit_ends_at_its_instant_holiday_or_not()
    {
        Due due = Term("2026-09-30T23:30:15Z", Clock.Hours, "24h").Compute();
        Assert.Equal(DateTimeOffset.Parse("2026-10-02T07:30:15+08:00"), due.DueAt);
        Assert.Equal(TimeSpan.FromHours(8), due.DueAt.Offset);
        Assert.Equal(due.DueAt, due.ExpiresAt);
        Assert.Equal(new DateOnly(2026, 10, 2), due.DueOn);
        Assert.Equal(due.DueOn, due.ComputedOn);
    }

    [Fact]
    public void A_limit_of_no_days_ends_on_the_day_it_starts()
    {
        Assert.Equal("2026-11-20", Term("2026-11-20", Clock.Calendar, "0d").DueOn());
        Assert.Equal("2026-11-23", Term("2026-11-21", Clock.Calendar, "0d").DueOn());
    }

    [Theory]
    [InlineData("2026-12-20", Clock.Calendar, "10d", false)]
    [InlineData("2026-12-20", Clock.Calendar, "15d", true)]
    [InlineData("2026-12-20", Clock.Custody, "15d", true)]
    [InlineData("2026-12-31", Clock.WorkingDays, "1wd", true)]
    [InlineData("2006-12-30", Clock.WorkingDays, "1wd", true)]
    [InlineData("2006-12-31", Clock.WorkingDays, "1wd", false)]
    [InlineData("2026-12-31T12:00:00+08:00", Clock.Hours, "24h", true)]
    [InlineData("2006-06-01", Clock.Calendar, "10d", true)]
    public void A_date_in_a_year_without_calendar_is_provisional(string start, Clock clock, string length, bool provisional) =>
        Assert.Equal(provisional, Term(start, clock, length).Compute().Provisional);

    [Fact]
    public void A_roll_into_a_year_without_calendar_is_provisional()
    {
        // 2027-12-31 is announced as a day off; where it rolls to, nobody has announced.
        HolidayCalendar calendar = HolidayCalendar.Default.With(
            HolidayCalendarTests.Read("""{"2027-01-01":{"name":"元旦","isOffDay":true},"2027-12-31":{"name":"元旦","isOffDay":true}}"""));
        Due due = LimitClock.Compute(Term("2027-12-21", Clock.Calendar, "10d"), calendar);
        Assert.Equal(new DateOnly(2027, 12, 31), due.ComputedOn);
        Assert.Equal(new DateOnly(2028, 1, 3), due.DueOn);
        Assert.True(due.Provisional);
    }

    [Fact]
    public void Loading_the_calendar_of_a_year_settles_what_was_provisional()
    {
        LimitTerm term = Term("2026-12-20", Clock.Calendar, "12d");
        Assert.Equal("2027-01-01", term.DueOn());
        HolidayCalendar with2027 = HolidayCalendar.Default.With(HolidayCalendarTests.Read("""{"2027-01-01":{"name":"元旦","isOffDay":true}}"""));
        Due due = LimitClock.Compute(term, with2027);
        Assert.Equal(new DateOnly(2027, 1, 4), due.DueOn);
        Assert.False(due.Provisional);
    }

    [Theory]
    [InlineData(Clock.Calendar, "24h")]
    [InlineData(Clock.Custody, "3wd")]
    [InlineData(Clock.Hours, "1d")]
    [InlineData(Clock.WorkingDays, "3d")]
    public void A_clock_refuses_periods_it_cannot_count(Clock clock, string length)
    {
        var e = Assert.Throws<ArgumentException>(() => Term("2026-02-09", clock, length).Compute());
        Assert.Contains(length, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mismatched_extension_is_refused_too() =>
        Assert.Throws<ArgumentException>(() => Term("2026-02-09", Clock.Hours, "24h", "1d").Compute());

    [Theory]
    [InlineData(Clock.Calendar, "1m", false)]
    [InlineData(Clock.Custody, "7d", false)]
    [InlineData(Clock.Hours, "24h", false)]
    [InlineData(Clock.WorkingDays, "3wd", false)]
    [InlineData(Clock.Calendar, "1m", true)]
    [InlineData(Clock.WorkingDays, "3wd", true)]
    public void Computing_allocates_nothing(Clock clock, string length, bool excluding)
    {
        LimitTerm term = Term("2026-02-09", clock, length, length);
        if (excluding) term = term.Excluding(("2026-03-02", "2026-03-08"), ("2026-02-10", "2026-02-12"));
        for (int i = 0; i < 100; i++) term.Compute();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) term.Compute();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}

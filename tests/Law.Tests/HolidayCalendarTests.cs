using System.Text;
using Cluster.Law;

namespace Law.Tests;

public sealed class HolidayCalendarTests
{
    private static readonly HolidayCalendar Calendar = HolidayCalendar.Default;

    [Theory]
    [InlineData("2026-01-01", false)]
    [InlineData("2026-01-04", true)]
    [InlineData("2026-02-14", true)]
    [InlineData("2026-02-15", false)]
    [InlineData("2026-02-23", false)]
    [InlineData("2026-02-24", true)]
    [InlineData("2026-02-28", true)]
    [InlineData("2026-04-06", false)]
    [InlineData("2026-05-05", false)]
    [InlineData("2026-05-09", true)]
    [InlineData("2026-06-19", false)]
    [InlineData("2026-09-20", true)]
    [InlineData("2026-09-25", false)]
    [InlineData("2026-10-07", false)]
    [InlineData("2026-10-10", true)]
    [InlineData("2026-11-21", false)]
    [InlineData("2026-11-23", true)]
    [InlineData("2006-12-30", true)]
    public void The_calendar_of_2026_is_the_one_announced(string date, bool working) =>
        Assert.Equal(working, Calendar.IsWorkingDay(DateOnly.Parse(date)));

    [Fact]
    public void It_covers_2007_to_2026_and_no_other_year()
    {
        Assert.All(Enumerable.Range(2007, 20), year => Assert.True(Calendar.Covers(year), $"{year}"));
        Assert.False(Calendar.Covers(2006), "two working weekends of 2006 are announced, but not its days off");
        Assert.False(Calendar.Covers(2027));
        Assert.False(Calendar.Covers(-1));
    }

    [Theory]
    [InlineData("2026-10-01", "国庆节")]
    [InlineData("2025-10-03", "国庆节、中秋节")]
    [InlineData("2026-10-10", null)]
    [InlineData("2026-11-21", null)]
    [InlineData("2030-01-01", null)]
    public void A_day_off_knows_its_holiday(string date, string? name) =>
        Assert.Equal(name, Calendar.HolidayName(DateOnly.Parse(date)));

    [Theory]
    [InlineData("2026-10-01", "2026-10-08")]
    [InlineData("2026-10-08", "2026-10-08")]
    [InlineData("2020-01-24", "2020-02-03")]
    [InlineData("2030-06-08", "2030-06-10")]
    [InlineData("2030-06-07", "2030-06-07")]
    [InlineData("2026-12-31", "2026-12-31")]
    public void A_day_off_rolls_to_the_first_working_day(string date, string rolled) =>
        Assert.Equal(DateOnly.Parse(rolled), Calendar.RollForward(DateOnly.Parse(date)));

    [Fact]
    public void A_weekend_before_the_first_announced_year_runs_into_its_holidays()
    {
        // 2022-12-31 is a Saturday; nothing before 2023 is loaded.
        HolidayCalendar only2023 = Read("""{"2023-01-02":{"name":"元旦","isOffDay":true}}""");
        Assert.Equal(new DateOnly(2023, 1, 3), only2023.RollForward(new DateOnly(2022, 12, 31)));
    }

    [Fact]
    public void A_holiday_at_the_end_of_the_last_announced_year_runs_on_over_the_weekend()
    {
        // 2027-12-31 is a Friday; 2028 is not announced, so the week alone decides.
        HolidayCalendar only2027 = Read("""{"2027-12-31":{"name":"元旦","isOffDay":true}}""");
        Assert.Equal(new DateOnly(2028, 1, 3), only2027.RollForward(new DateOnly(2027, 12, 31)));
    }

    [Fact]
    public void A_loaded_year_covers_itself_and_wins_over_what_was_known()
    {
        HolidayCalendar next = Read("""{"2027-01-01":{"name":"元旦","isOffDay":true},"2026-10-08":{"name":"国庆节","isOffDay":true}}""");
        HolidayCalendar both = Calendar.With(next);
        Assert.True(both.Covers(2027));
        Assert.True(both.Covers(2026));
        Assert.Equal(new DateOnly(2026, 10, 9), both.RollForward(new DateOnly(2026, 10, 1)));
        Assert.Equal(new DateOnly(2027, 1, 4), both.RollForward(new DateOnly(2027, 1, 1)));
        Assert.Equal($"{Calendar.Version}+test", both.Version);
        Assert.False(Calendar.Covers(2027), "the calendar itself never changes");
    }

    [Fact]
    public void The_starting_day_is_not_a_counted_working_day()
    {
        Assert.Equal(new DateOnly(2026, 10, 13), Calendar.AddWorkingDays(new DateOnly(2026, 10, 9), 3));
        Assert.Equal(new DateOnly(2026, 10, 3), Calendar.AddWorkingDays(new DateOnly(2026, 10, 3), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.AddWorkingDays(new DateOnly(2026, 10, 3), -1));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"2026-13-01":{"name":"x","isOffDay":true}}""")]
    [InlineData("""{"9999-01-01":{"name":"x","isOffDay":true}}""")]
    [InlineData("""{"2026-01-01":null}""")]
    [InlineData("""{"2026-01-01":{"name":"x"}}""")]
    [InlineData("""{"2026-01-01":true}""")]
    public void A_file_of_another_shape_is_refused_with_its_name(string json)
    {
        var e = Assert.Throws<FormatException>(() => Read(json));
        Assert.Contains("test", e.Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => HolidayCalendar.Parse(new MemoryStream(Encoding.UTF8.GetBytes(json)), "test"));
    }

    [Fact]
    public void A_calendar_without_days_knows_only_weekends()
    {
        HolidayCalendar empty = Read("{}");
        Assert.False(empty.Covers(2026));
        Assert.False(empty.Covers(0));
        Assert.True(empty.IsWorkingDay(new DateOnly(2026, 10, 1)));
        Assert.Equal(new DateOnly(2026, 10, 5), empty.RollForward(new DateOnly(2026, 10, 3)));
    }

    internal static HolidayCalendar Read(string json) => HolidayCalendar.Parse(Encoding.UTF8.GetBytes(json), "test");
}

using System.Text.Json;
using Cluster.Law;

namespace Law.Tests;

public sealed class PeriodTests
{
    [Theory]
    [InlineData("24h", 24, PeriodUnit.Hours)]
    [InlineData("7d", 7, PeriodUnit.Days)]
    [InlineData("3wd", 3, PeriodUnit.WorkingDays)]
    [InlineData("1m", 1, PeriodUnit.Months)]
    [InlineData("2y", 2, PeriodUnit.Years)]
    [InlineData("0d", 0, PeriodUnit.Days)]
    public void A_period_reads_and_writes_as_number_and_unit(string text, int amount, PeriodUnit unit)
    {
        Assert.Equal(new Period(amount, unit), Period.Parse(text));
        Assert.Equal(text, Period.Parse(text).ToString());
        Assert.Equal($"\"{text}\"", JsonSerializer.Serialize(Period.Parse(text)));
        Assert.Equal(Period.Parse(text), JsonSerializer.Deserialize<Period>($"\"{text}\""));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("d")]
    [InlineData("7")]
    [InlineData("-7d")]
    [InlineData("7 d")]
    [InlineData("7D")]
    [InlineData("1.5m")]
    [InlineData("7days")]
    [InlineData("123456d")]
    [InlineData("٧d")]
    public void Anything_else_is_not_a_period(string? text)
    {
        Assert.False(Period.TryParse(text, out _));
        Assert.Throws<FormatException>(() => Period.Parse(text!));
    }

    [Theory]
    [InlineData("\"7\"")]
    [InlineData("7")]
    [InlineData("null")]
    public void Json_that_is_no_period_is_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Period>(json));

    // SPC 202, row by row: same number, last-day limb, no such number.
    [Theory]
    [InlineData("2026-02-09", "1m", "2026-03-09")]
    [InlineData("2026-01-31", "1m", "2026-02-28")]
    [InlineData("2026-02-28", "1m", "2026-03-31")]
    [InlineData("2026-08-31", "1m", "2026-09-30")]
    [InlineData("2028-01-30", "1m", "2028-02-29")]
    [InlineData("2026-01-28", "1m", "2026-02-28")]
    [InlineData("2026-01-29", "1m", "2026-02-28")]
    [InlineData("2026-01-30", "1m", "2026-02-28")]
    [InlineData("2028-01-29", "1m", "2028-02-29")]
    [InlineData("2028-02-28", "1m", "2028-03-28")]
    [InlineData("2028-02-29", "1m", "2028-03-31")]
    [InlineData("2026-04-30", "1m", "2026-05-31")]
    [InlineData("2026-04-29", "1m", "2026-05-29")]
    [InlineData("2026-12-31", "2m", "2027-02-28")]
    [InlineData("2025-12-30", "2m", "2026-02-28")]
    [InlineData("2026-11-15", "2m", "2027-01-15")]
    [InlineData("2026-01-10", "7m", "2026-08-10")]
    [InlineData("2026-01-31", "12m", "2027-01-31")]
    [InlineData("2027-02-28", "12m", "2028-02-29")]
    [InlineData("2028-02-29", "12m", "2029-02-28")]
    [InlineData("2028-02-29", "1y", "2029-02-28")]
    [InlineData("2027-02-28", "1y", "2028-02-29")]
    [InlineData("2026-05-20", "2y", "2028-05-20")]
    [InlineData("2100-01-31", "1m", "2100-02-28")]
    [InlineData("2000-01-31", "1m", "2000-02-29")]
    [InlineData("2026-01-31", "0m", "2026-01-31")]
    [InlineData("2026-02-27", "0m", "2026-02-27")]
    public void Months_end_on_the_same_number_or_the_last_day(string from, string period, string to) =>
        Assert.Equal(DateOnly.Parse(to), Period.Parse(period).AddTo(DateOnly.Parse(from)));

    [Fact]
    public void Half_a_month_is_fifteen_days_in_February_too() =>
        Assert.Equal(new DateOnly(2026, 3, 5), Period.HalfMonth.AddTo(new DateOnly(2026, 2, 18)));

    [Theory]
    [InlineData("24h")]
    [InlineData("3wd")]
    public void Hours_and_working_days_are_not_counted_from_a_date(string period) =>
        Assert.Throws<InvalidOperationException>(() => Period.Parse(period).AddTo(new DateOnly(2026, 1, 1)));

    [Theory]
    [InlineData(99_999, PeriodUnit.Years)]
    [InlineData(int.MaxValue, PeriodUnit.Days)]
    [InlineData(int.MaxValue, PeriodUnit.Months)]
    [InlineData(int.MaxValue, PeriodUnit.Years)]
    [InlineData(-1, PeriodUnit.Days)]
    public void A_period_beyond_the_calendar_is_an_error_not_an_overflow(int amount, PeriodUnit unit) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Period(amount, unit).AddTo(new DateOnly(2026, 1, 1)));
}

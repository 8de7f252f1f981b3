using Cluster.Law;

namespace Law.Tests;

public sealed class CalculatorTests
{
    private static Computed Compute(
        string limit, string start, bool custody = false, string? variant = null, string extensions = "", params ExcludedSpan[] excluded) =>
        Calculator.Compute(Statutes.Default, HolidayCalendar.Default, new ComputeRequest(
            limit,
            start.Length == 10 ? LegalTime.StartOf(DateOnly.Parse(start)) : DateTimeOffset.Parse(start),
            custody,
            variant,
            [.. extensions.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Period.Parse)],
            excluded));

    private static string DueOn(string limit, string start, bool custody = false, string? variant = null, string extensions = "") =>
        Compute(limit, start, custody, variant, extensions).Due.DueOn.ToString("O");

    [Theory]
    [InlineData("T-A17", "2026-01-10", true, null, "", "2026-03-10")]
    [InlineData("T-A17", "2026-01-10", true, null, "1m 2m 2m", "2026-08-10")]
    [InlineData("T-A02", "2026-10-03", true, null, "", "2026-10-10")]
    [InlineData("T-A03", "2026-10-03", false, null, "", "2026-10-19")]
    [InlineData("T-A03", "2026-10-03", false, "20d", "", "2026-10-23")]
    [InlineData("T-C09", "2026-04-28", false, null, "", "2026-05-08")]
    [InlineData("T-C09", "2026-04-28", false, "5d", "", "2026-05-06")]
    [InlineData("T-B05", "2026-02-09", true, null, "", "2026-03-09")]
    [InlineData("T-B05", "2026-02-09", true, null, "15d", "2026-03-24")]
    [InlineData("T-B05", "2026-02-09", false, null, "", "2026-03-09")]
    [InlineData("T-B05", "2026-02-09", true, "15d", "15d", "2026-03-11")]
    [InlineData("T-B05", "2026-01-16", false, null, "", "2026-02-24")]
    [InlineData("T-B05", "2026-04-03", true, null, "", "2026-05-03")]
    [InlineData("T-B05", "2026-04-03", false, null, "", "2026-05-06")]
    [InlineData("T-B09", "2026-03-05", true, null, "", "2026-04-05")]
    [InlineData("T-B09", "2026-03-05", false, null, "", "2026-04-07")]
    [InlineData("T-B06", "2026-03-02", true, null, "", "2026-03-12")]
    [InlineData("T-B06", "2026-03-02", true, "10d", "", "2026-03-12")]
    [InlineData("T-B06", "2026-03-02", true, "15d", "", "2026-03-17")]
    [InlineData("T-B13", "2026-10-09", false, null, "", "2026-10-13")]
    [InlineData("T-B07", "2026-10-09", false, null, "", "2026-10-09")]
    // A month and a half of a summary trial: one month, and half a month is fifteen days.
    [InlineData("T-C03", "2026-03-02", true, "1m", "15d", "2026-04-17")]
    [InlineData("T-C02", "2026-03-02", true, "3m", "3m", "2026-09-02")]
    // 2026-05-31 is a Sunday.
    [InlineData("T-D25", "2026-02-28", false, null, "", "2026-06-01")]
    // Ten working days over Spring Festival, with the working Saturdays of 14 and 28 February.
    [InlineData("T-D18", "2026-02-10", false, null, "", "2026-03-02")]
    [InlineData("T-D35", "2026-03-02", false, "15d", "", "2026-03-17")]
    [InlineData("T-D50", "2025-12-01", false, null, "3m", "2026-06-01")]
    public void A_limit_is_due_when_its_vector_says(string limit, string start, bool custody, string? variant, string extensions, string due) =>
        Assert.Equal(due, DueOn(limit, start, custody, variant, extensions));

    [Fact]
    public void A_rights_notice_rolls_over_the_holiday_even_in_custody()
    {
        Assert.Equal("2026-10-08", DueOn("T-B01", "2026-09-30", custody: true));
        Assert.Equal(Clock.Calendar, Compute("T-B01", "2026-09-30", custody: true).Clock);
    }

    [Fact]
    public void A_custody_limit_never_rolls_even_if_the_request_denies_custody() =>
        Assert.Equal("2026-10-05", DueOn("T-A02", "2026-09-28", custody: false));

    [Fact]
    public void Bail_and_surveillance_roll_but_keep_the_safe_date_beside()
    {
        // Doubt D3: by the words of CPL 105 they roll; the date before the roll is where the warning aims.
        Due bail = Compute("T-A21", "2025-10-03").Due;
        Assert.Equal((new DateOnly(2026, 10, 3), new DateOnly(2026, 10, 8)), (bail.ComputedOn, bail.DueOn));
        Due surveillance = Compute("T-A22", "2025-08-16").Due;
        Assert.Equal((new DateOnly(2026, 2, 16), new DateOnly(2026, 2, 24)), (surveillance.ComputedOn, surveillance.DueOn));
    }

    [Fact]
    public void An_hour_limit_is_due_at_an_instant()
    {
        Computed computed = Compute("T-A08", "2026-10-01T21:15:00+08:00");
        Assert.Equal(Clock.Hours, computed.Clock);
        Assert.Equal(DateTimeOffset.Parse("2026-10-02T21:15:00+08:00"), computed.Due.DueAt);
    }

    [Fact]
    public void The_answer_carries_the_limit_the_length_and_the_proof()
    {
        Computed computed = Compute("T-B05", "2026-02-09", custody: true, extensions: "15d", excluded: new ExcludedSpan(new(2026, 2, 20), new(2026, 3, 2)));
        Assert.Equal("审查起诉", computed.Limit.Name.Zh);
        Assert.Equal(Clock.Custody, computed.Clock);
        Assert.Equal(Period.Parse("1m"), computed.Length);
        Assert.Equal(new DateOnly(2026, 4, 3), computed.Due.DueOn);
        Assert.Equal(computed.Due, computed.Proof.Due);
    }

    [Fact]
    public void Absent_lists_are_empty_lists() =>
        Assert.Equal(
            new DateOnly(2026, 3, 9),
            Calculator.Compute(Statutes.Default, HolidayCalendar.Default, new("T-B05", LegalTime.StartOf(new(2026, 2, 9)), true, null, null!, null!)).Due.DueOn);

    [Theory]
    [InlineData("T-Z99", "2026-02-09", null, "", "limit", "T-Z99")]
    [InlineData("", "2026-02-09", null, "", "limit", "no limit")]
    [InlineData("T-A33", "2026-02-09", null, "", "limit", "before prosecution")]
    [InlineData("T-B06", "2026-02-09", "12d", "", "variant", "10d, 15d")]
    [InlineData("T-B06", "2026-02-09", "", "", "variant", "10d, 15d")]
    [InlineData("T-B05", "2026-02-09", null, "24h", "extensions", "24h")]
    [InlineData("T-B05", "2026-02-09", null, "3wd", "extensions", "3wd")]
    [InlineData("T-A08", "2026-02-09T08:00:00+08:00", null, "1d", "extensions", "1d")]
    [InlineData("T-B05", "1978-12-31", null, "", "start", "1979")]
    [InlineData("T-B05", "2101-01-01", null, "", "start", "2100")]
    [InlineData("T-B05", "9999-12-31T23:00:00Z", null, "", "start", "2100")]
    [InlineData("T-B05", "0001-01-01T00:00:00Z", null, "", "start", "1979")]
    [InlineData("T-B05", "2100-12-31", null, "", "start", "2100")]
    [InlineData("T-B05", "2026-02-09", null, "99999y", "extensions", "2100")]
    [InlineData("T-A08", "2100-12-31T08:00:00+08:00", null, "99999h", "extensions", "2100")]
    public void A_request_that_cannot_be_computed_is_refused_by_the_name_of_its_field(
        string limit, string start, string? variant, string extensions, string field, string reason)
    {
        var e = Assert.Throws<ArgumentException>(() => Compute(limit, start, true, variant, extensions));
        Assert.Equal(field, e.ParamName);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_and_the_last_legal_dates_compute()
    {
        Assert.Equal("1979-01-08", DueOn("T-A02", "1979-01-01"));
        Assert.Equal("1979-01-08", DueOn("T-A02", "1978-12-31T16:00:00Z"));
        Assert.Equal("2100-12-31", DueOn("T-A02", "2100-12-24"));
    }

    [Fact]
    public void Twenty_four_extensions_are_computed_and_no_more()
    {
        Assert.Equal("2026-03-12", DueOn("T-A02", "2026-02-09", extensions: string.Join(' ', Enumerable.Repeat("1d", 24))));
        var e = Assert.Throws<ArgumentException>(() => DueOn("T-A02", "2026-02-09", extensions: string.Join(' ', Enumerable.Repeat("1d", 25))));
        Assert.Equal("extensions", e.ParamName);
    }

    [Fact]
    public void A_hundred_excluded_spans_are_computed_and_no_more()
    {
        ExcludedSpan[] spans = [.. Enumerable.Range(0, 101).Select(i => new ExcludedSpan(new DateOnly(2026, 2, 10).AddDays(i), new DateOnly(2026, 2, 11).AddDays(i)))];
        Assert.Equal(new DateOnly(2026, 2, 16).AddDays(100), Compute("T-A02", "2026-02-09", excluded: spans[..100]).Due.DueOn);
        Assert.Equal("excluded", Assert.Throws<ArgumentException>(() => Compute("T-A02", "2026-02-09", excluded: spans)).ParamName);
    }

    [Theory]
    [InlineData("2026-03-02", "2026-03-01")]
    [InlineData("1978-03-02", "2026-03-01")]
    [InlineData("2026-03-02", "2101-01-01")]
    public void A_bad_excluded_span_is_refused(string from, string until)
    {
        var e = Assert.Throws<ArgumentException>(() => Compute("T-B05", "2026-02-09", excluded: new ExcludedSpan(DateOnly.Parse(from), DateOnly.Parse(until))));
        Assert.Equal("excluded", e.ParamName);
    }
}

using Cluster.Law;

namespace Law.Tests;

public sealed class LegalTimeTests
{
    [Theory]
    [InlineData("2026-02-09T00:00:00+08:00", "2026-02-09")]
    [InlineData("2026-02-08T16:00:00Z", "2026-02-09")]
    [InlineData("2026-02-08T15:59:59.9999999Z", "2026-02-08")]
    [InlineData("2026-02-09T23:59:59-05:00", "2026-02-10")]
    [InlineData("1988-07-01T23:30:00+08:00", "1988-07-01")]
    public void An_instant_falls_on_its_Beijing_date_whatever_offset_it_is_written_with(string instant, string date) =>
        Assert.Equal(DateOnly.Parse(date), LegalTime.DateOf(DateTimeOffset.Parse(instant)));

    [Fact]
    public void A_legal_date_runs_from_0_to_24_Beijing_time()
    {
        var date = new DateOnly(2026, 2, 28);
        Assert.Equal(DateTimeOffset.Parse("2026-02-28T00:00:00+08:00"), LegalTime.StartOf(date));
        Assert.Equal(DateTimeOffset.Parse("2026-03-01T00:00:00+08:00"), LegalTime.EndOf(date));
        Assert.Equal(TimeSpan.FromHours(8), LegalTime.EndOf(date).Offset);
        Assert.Equal(date, LegalTime.DateOf(LegalTime.EndOf(date).AddTicks(-1)));
    }
}

using Cluster.Law;
using static Law.Tests.Terms;

namespace Law.Tests;

public sealed class ProofTests
{
    private static Proof Prove(LimitTerm term) => LimitClock.Prove(term, HolidayCalendar.Default);

    private static string Kinds(Proof proof) => string.Join(' ', proof.Steps.Select(s => s.Kind));

    [Fact]
    public void A_proof_tells_each_step_in_both_languages()
    {
        Proof proof = Prove(Term("2026-02-09", Clock.Calendar, "1m", "15d").Excluding(("2026-02-20", "2026-03-03")));
        Assert.Equal("start length excluded extension roll result", Kinds(proof));
        Assert.Equal(
            [
                "2026-02-09为期间开始之日，不计算在期间以内",
                "自2026-02-09次日起算一个月，至2026-03-09",
                "自2026-02-20次日至2026-03-03共十一日不计入期限，相应顺延至2026-03-20",
                "延长十五日，自2026-03-20次日起连续计算，至2026-04-04",
            ],
            proof.Steps.Take(4).Select(s => s.Text.Zh));
        Assert.Equal("1 month from the day after 2026-02-09, to 2026-03-09", proof.Steps[1].Text.En);
        Assert.Equal("11 days from the day after 2026-02-20 to 2026-03-03 excluded, so to 2026-03-20", proof.Steps[2].Text.En);
        Assert.Equal(HolidayCalendar.Default.Version, proof.CalendarVersion);
    }

    [Fact]
    public void The_roll_names_the_holiday()
    {
        ProofStep roll = Prove(Term("2026-09-20", Clock.Calendar, "15d")).Steps.Single(s => s.Kind == ProofStep.Roll);
        Assert.Equal((new DateOnly(2026, 10, 5), new DateOnly(2026, 10, 8), 3), (roll.From, roll.To, roll.Days));
        Assert.Equal("2026-10-05为国庆节假期，以节假日后的第一日2026-10-08为期满日期（刑事诉讼法第105条）", roll.Text.Zh);
        Assert.Contains("National Day", roll.Text.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_roll_over_a_weekend_and_a_joint_holiday_names_both_feasts()
    {
        Assert.Contains("休息日", Roll("2026-11-15", "7d").Zh, StringComparison.Ordinal);
        LocalizedText joint = Roll("2025-09-24", "10d");
        Assert.Contains("国庆节、中秋节假期", joint.Zh, StringComparison.Ordinal);
        Assert.Contains("National Day, Mid-Autumn Festival", joint.En, StringComparison.Ordinal);

        static LocalizedText Roll(string start, string length) =>
            Prove(Term(start, Clock.Calendar, length)).Steps.Single(s => s.Kind == ProofStep.Roll).Text;
    }

    [Fact]
    public void A_custody_end_on_a_holiday_says_why_it_stays()
    {
        Proof proof = Prove(Term("2026-09-28", Clock.Custody, "7d"));
        Assert.Equal("start length result", Kinds(proof));
        Assert.Equal("期限于2026-10-05二十四时届满；该日虽为国庆节假期，在押期间不因节假日延长（刑事诉讼法第105条）", proof.Steps[^1].Text.Zh);
    }

    [Theory]
    [InlineData("2026-01-31", "1m", "该月无31日")]
    [InlineData("2026-02-28", "1m", "自月末起算")]
    [InlineData("2028-01-30", "1m", "该月无30日")]
    public void A_month_that_ends_on_another_number_says_why(string start, string length, string why) =>
        Assert.Contains(why, Prove(Term(start, Clock.Custody, length)).Steps[1].Text.Zh, StringComparison.Ordinal);

    [Theory]
    [InlineData(Clock.Hours, "24h", "二十四小时", "24 hours")]
    [InlineData(Clock.Custody, "1d", "一日", "1 day ")]
    [InlineData(Clock.Custody, "10d", "十日", "10 days")]
    [InlineData(Clock.Custody, "12m", "十二个月", "12 months")]
    [InlineData(Clock.Custody, "20d", "二十日", "20 days")]
    [InlineData(Clock.Custody, "0d", "零日", "0 days")]
    [InlineData(Clock.Custody, "100d", "100日", "100 days")]
    [InlineData(Clock.Custody, "2y", "二年", "2 years")]
    [InlineData(Clock.WorkingDays, "3wd", "三个工作日", "3 working days")]
    public void Lengths_read_as_statutes_write_them(Clock clock, string length, string zh, string en)
    {
        LocalizedText text = Prove(Term("2026-03-10", clock, length)).Steps[1].Text;
        Assert.Contains(zh, text.Zh, StringComparison.Ordinal);
        Assert.Contains(en, text.En, StringComparison.Ordinal);
    }

    [Fact]
    public void An_hour_limit_is_told_in_instants()
    {
        Proof proof = Prove(Term("2026-03-10T10:00:00+08:00", Clock.Hours, "24h", "12h").Excluding(("2026-03-10", "2026-03-12")));
        Assert.Equal("start length excluded extension result", Kinds(proof));
        Assert.Equal("自2026-03-10 10:00起算二十四小时，至2026-03-11 10:00", proof.Steps[1].Text.Zh);
        Assert.EndsWith("2026-03-13 10:00", proof.Steps[2].Text.Zh, StringComparison.Ordinal);
        Assert.Equal("延长十二小时，至2026-03-13 22:00", proof.Steps[3].Text.Zh);
    }

    [Fact]
    public void A_provisional_end_says_so() =>
        Assert.Contains("provisional", Prove(Term("2026-12-20", Clock.Calendar, "1m")).Steps[^1].Text.En, StringComparison.Ordinal);
}

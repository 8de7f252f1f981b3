namespace Cluster.Cases.Tests.Assignment;

public sealed class ChargesTests
{
    [Fact]
    public void The_official_lists_are_whole()
    {
        Assert.Equal(542, Charges.Default.All.Count);
        Assert.Equal(483, Charges.Default.All.Count(c => c.Until is null));
        Assert.Equal(10, Charges.Default.All.Select(c => c.Chapter).Distinct().Count());
        Assert.All(Charges.Default.All, c => Assert.NotEmpty(c.Articles));
    }

    [Fact]
    public void A_charge_is_found_by_its_name_with_or_without_the_last_character()
    {
        var theft = Charges.Default.Find("盗窃罪")!;

        Assert.Same(theft, Charges.Default.Find("盗窃"));
        Assert.Equal(("第264条", "侵犯财产罪", new DateOnly(1997, 12, 25)), (theft.Article, theft.Chapter, theft.Since));
        Assert.Equal(new DifficultyTier(1, 2), theft.Difficulty);
        Assert.Null(Charges.Default.Find("偷东西"));
    }

    [Theory]
    [InlineData("投毒罪", "2002-03-25", true)]
    [InlineData("投毒罪", "2002-03-26", false)]
    [InlineData("袭警罪", "2021-02-28", false)]
    [InlineData("袭警罪", "2021-03-01", true)]
    public void A_charge_is_in_force_from_its_first_day_until_the_day_it_ends(string name, string day, bool inForce) =>
        Assert.Equal(inForce, Charges.Default.Find(name)!.InForce(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("盗窃罪", 180, true, false)]
    [InlineData("危险驾驶罪", 6, false, false)]
    [InlineData("故意杀人罪", 180, true, true)]
    [InlineData("交通肇事罪", 180, false, false)]
    [InlineData("侵占罪", 60, false, false)]
    [InlineData("受贿罪", 180, true, true)]
    public void The_greatest_penalty_is_read_from_the_bands(string name, int months, bool life, bool death)
    {
        var charge = Charges.Default.Find(name)!;

        Assert.Equal((months, life, death), (charge.MaxMonths, charge.MayBeLife, charge.MayBeDeath));
    }

    [Fact]
    public void Bands_are_read_one_by_one()
    {
        Assert.Equal(
            [new PenaltyBand(0, 36, false, false), new(36, 120, false, false), new(120, 180, true, true)],
            Charges.Default.Find("故意伤害罪")!.Bands);
        Assert.Equal([new(60, 120, false, false), new(120, 180, true, false), new(null, null, true, true)], Charges.Default.Find("绑架罪")!.Bands);
    }

    [Fact]
    public void A_charge_nobody_read_a_band_of_has_none()
    {
        var charge = Charges.Default.Find("战时自伤罪")!;

        Assert.Null(charge.Difficulty);
        Assert.Null(charge.MaxMonths);
        Assert.False(charge.MayBeLife);
    }

    [Theory]
    [InlineData("贪污罪", true, false, false)]
    [InlineData("玩忽职守罪", true, false, false)]
    [InlineData("利用影响力受贿罪", true, false, false)]
    [InlineData("非法吸收公众存款罪", false, true, false)]
    [InlineData("集资诈骗罪", false, true, false)]
    [InlineData("组织、领导传销活动罪", false, true, false)]
    [InlineData("合同诈骗罪", false, false, false)] // 224, not 224-1
    [InlineData("组织、领导、参加黑社会性质组织罪", false, false, true)]
    [InlineData("寻衅滋事罪", false, false, false)]
    public void The_kinds_that_weigh_more_follow_from_the_article(string name, bool duty, bool mass, bool organised)
    {
        var charge = Charges.Default.Find(name)!;

        Assert.Equal((duty, mass, organised), (charge.IsDutyCrime, charge.IsFinancialMass, charge.IsOrganised));
    }

    [Fact]
    public void A_charge_may_rest_on_several_articles() =>
        Assert.Equal(["114", "115"], Charges.Default.Find("放火罪")!.Articles.Select(a => a.ToString()));
}

using System.Globalization;

namespace Cluster.Cases.Tests.Assignment;

/// <summary>The table of common charges and what is known of single ones.</summary>
public sealed class ChargeTableTests
{
    private static readonly string[] Rows =
    [
        "114", "115(2)", "125", "128", "133", "133-1", "133-2", "134", "134-1", "140", "141", "142-1", "143", "144", "151", "153", "160", "161", "163", "164",
        "165/166/169", "170/172", "175-1", "176", "177-1", "180", "186", "191", "192", "193", "194/195", "196", "198", "201", "205", "205-1", "213/214/215",
        "217", "219", "223", "224", "224-1", "225", "226", "229", "232", "233", "234", "235", "236", "236-1", "237", "238", "239", "240", "241", "243", "245",
        "246", "247", "253-1", "258", "260", "261", "262-2", "263", "264", "266", "267", "268", "270", "271", "272", "273", "274", "275", "276", "276-1",
        "277(1)", "277(5)", "279", "280", "284-1", "285", "286", "286-1", "287-1", "287-2", "290", "291-1", "291-2", "292", "293", "293-1", "294", "300",
        "303", "305/307/307-1", "310", "312", "313", "314", "318/321/322", "328", "330", "336", "338", "340/341", "342", "343", "344/345", "347", "348",
        "353", "354", "358", "359", "363/364", "382-383", "384", "385-386", "387", "388-1", "389-390", "391", "392", "393", "395(1)", "397", "399", "402",
    ];

    [Fact]
    public void All_131_rows_of_common_charges_are_there()
    {
        Assert.Equal(131, Rows.Length);
        Assert.Equal(Rows, Charges.Default.Rows.Select(r => r.Id));
        Assert.All(Charges.Default.Rows, r => Assert.NotEmpty(r.Names));
        Assert.Equal(36, Charges.Default.Rows.Count(r => r.Note is not null));
    }

    [Fact]
    public void Every_charge_of_a_row_has_bands_a_tier_and_a_fine_and_stands_on_an_article_of_the_row()
    {
        foreach (var row in Charges.Default.Rows)
        {
            foreach (var name in row.Names)
            {
                var charge = Charges.Default.Find(name)!;
                Assert.Same(row, charge.Row);
                Assert.NotEmpty(charge.Bands);
                Assert.InRange(charge.Difficulty!.Value.From, 1, charge.Difficulty.Value.To);
                Assert.NotNull(charge.Fine);
                Assert.Null(charge.Until);
                var articles = row.Id.Split('/').Select(id => id.Split('(')[0]).ToArray();
                Assert.Contains(charge.Articles, a => articles.Contains(a.ToString()) || row.Articles.Contains(a));
            }
        }
    }

    [Theory]
    [InlineData("职务侵占罪", "2021-02-28", 180, false)]
    [InlineData("职务侵占罪", "2021-03-01", 180, true)]
    [InlineData("污染环境罪", "2021-02-28", 84, false)]
    [InlineData("污染环境罪", "2021-03-01", 180, false)]
    [InlineData("单位受贿罪", "2024-02-29", 60, false)]
    [InlineData("单位受贿罪", "2024-03-01", 120, false)]
    [InlineData("对单位行贿罪", "2024-02-29", 36, false)]
    [InlineData("单位行贿罪", "2024-03-01", 120, false)]
    [InlineData("盗窃罪", "2015-11-01", 180, true)]
    public void Bands_are_those_of_the_day_of_the_crime(string name, string day, int months, bool life)
    {
        var bands = Charges.Default.Find(name)!.BandsOn(Day(day));

        Assert.Equal((months, life), (bands.Max(b => b.MaxMonths), bands.Any(b => b.Life)));
    }

    [Fact]
    public void What_was_not_read_is_not_guessed()
    {
        var theft = Charges.Default.Find("盗窃罪")!;

        Assert.Empty(theft.BandsOn(new DateOnly(2015, 10, 31)));
        Assert.Null(theft.FineOn(new DateOnly(2015, 10, 31)));
        Assert.Null(Charges.Default.Find("职务侵占罪")!.FineOn(new DateOnly(2021, 2, 28)));
        Assert.Null(Charges.Default.Find("战时自伤罪")!.Fine);
    }

    [Theory]
    [InlineData("危险驾驶罪", FineDuty.Must)]
    [InlineData("盗窃罪", FineDuty.Must)]
    [InlineData("寻衅滋事罪", FineDuty.May)]
    [InlineData("故意伤害罪", FineDuty.None)]
    [InlineData("受贿罪", FineDuty.Must)]
    public void Whether_a_person_is_fined_is_known(string name, FineDuty duty) =>
        Assert.Equal(duty, Charges.Default.Find(name)!.FineOn(new DateOnly(2024, 3, 1)));

    [Theory]
    [InlineData("危害国家安全罪", 1, "间谍罪")]
    [InlineData("危害公共安全罪", 2, "交通肇事罪")]
    [InlineData("侵犯公民人身权利、民主权利罪", 4, "故意伤害罪")]
    [InlineData("侵犯财产罪", 5, "盗窃罪")]
    [InlineData("妨害社会管理秩序罪", 6, "寻衅滋事罪")]
    [InlineData("渎职罪", 9, "玩忽职守罪")]
    public void A_charge_knows_its_chapter(string chapter, int number, string name) =>
        Assert.Equal((chapter, number), (Charges.Default.Find(name)!.Chapter, Charges.Default.Find(name)!.ChapterNumber));

    [Fact]
    public void The_charges_that_are_special_are_marked()
    {
        Assert.Equal(["侮辱罪", "诽谤罪", "暴力干涉婚姻自由罪", "虐待罪", "侵占罪"], Charges.Default.All.Where(c => c.TellOnly).Select(c => c.Name));
        Assert.Equal(["故意杀人罪", "故意伤害罪"], Charges.Default.All.Where(c => c.FromTwelve).Select(c => c.Name));
        Assert.Equal(
            ["放火罪", "爆炸罪", "投放危险物质罪", "故意杀人罪", "故意伤害罪", "强奸罪", "抢劫罪", "走私、贩卖、运输、制造毒品罪"],
            Charges.Default.All.Where(c => c.FromFourteen && c.Until is null).Select(c => c.Name));
        Assert.Equal("贩卖", Charges.Default.Find("走私、贩卖、运输、制造毒品罪")!.FromFourteenOnly);
        Assert.Null(Charges.Default.Find("抢劫罪")!.FromFourteenOnly);
        Assert.Equal(14, Charges.Default.All.Count(c => c.OwnInvestigation));
        Assert.True(Charges.Default.Find("交通肇事罪")!.Negligent);
        Assert.False(Charges.Default.Find("危险驾驶罪")!.Negligent);
        Assert.All(Charges.Default.All.Where(c => c.Name.StartsWith("过失", StringComparison.Ordinal)), c => Assert.True(c.Negligent, c.Name));
    }

    [Theory]
    [InlineData("盗窃罪", "第264条", true)]
    [InlineData("盗窃罪", "《中华人民共和国刑法》第二百六十四条、第六十七条第三款", true)]
    [InlineData("盗窃罪", "第二百六十六条", false)]
    [InlineData("组织、领导传销活动罪", "第二百二十四条", false)]
    [InlineData("组织、领导传销活动罪", "第二百二十四条之一", true)]
    [InlineData("贪污罪", "第三百八十三条第一款", true)]
    [InlineData("危险驾驶罪", "第一百三十三条之一第一款", true)]
    [InlineData("盗窃罪", "刑法分则第五章", null)]
    public void The_article_cited_is_held_against_the_charge(string name, string text, bool? cited) =>
        Assert.Equal(cited, Charges.Default.Find(name)!.CitedIn(text));

    [Theory]
    [InlineData("危险驾驶罪", new[] { 5 })]
    [InlineData("盗窃罪", new[] { 5, 15, 20 })]
    [InlineData("失火罪", new[] { 5, 10 })]
    [InlineData("欺诈发行证券罪", new[] { 10, 15 })]
    public void A_band_tells_when_its_crime_lapses(string name, int[] years) =>
        Assert.Equal(years, Charges.Default.Find(name)!.Bands.Select(b => b.LimitationYears));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}

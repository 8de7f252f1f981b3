using Cluster.Cases.Assignment;

namespace Cluster.Cases.Tests.Assignment;

public sealed class CaseWeightTests
{
    [Theory]
    [InlineData("ARR", 1.0)]
    [InlineData("EXT", 0.3)]
    [InlineData("JIYA", 0.4)]
    [InlineData("PRO", 2.0)]
    [InlineData("PRO-M", 1.6)]
    [InlineData("APPEAL2", 2.0)]
    [InlineData("CIVS", 2.0)]
    [InlineData("ADMS", 1.8)]
    [InlineData("PILA", 2.5)]
    [InlineData("PILC", 2.5)]
    [InlineData("PETC", 1.0)]
    [InlineData("SUGG", 1.0)]
    public void A_case_of_which_nothing_is_known_weighs_its_base(string caseType, double weight)
    {
        var of = CaseWeight.Of(new WeightInput { CaseType = caseType });

        Assert.Equal(weight, of.Value);
        Assert.Empty(of.Factors);
    }

    [Theory]
    [InlineData("fast-track", false, 0.8)]
    [InlineData("summary", true, 1.2)]
    [InlineData("ordinary", true, 2.0)]
    [InlineData(null, true, 0.8)]
    [InlineData(null, false, 2.0)]
    public void The_base_of_a_prosecution_is_that_of_its_procedure(string? procedure, bool fastTrack, double weight) =>
        Assert.Equal(weight, CaseWeight.Of(new WeightInput { CaseType = "PRO", Procedure = procedure, FastTrack = fastTrack }).Value);

    [Fact]
    public void Dangerous_driving_on_the_fast_track_is_a_simple_case()
    {
        // 0.8 × (1 + 0.1·ln 2 + 0.03) = 0.8794…
        var weight = CaseWeight.Of(new WeightInput { CaseType = "PRO", FastTrack = true, Charges = ["危险驾驶罪"], Facts = 1, Volumes = 1, Pleading = Pleading.All });

        Assert.Equal((0.88, Track.Simple), (weight.Value, weight.Track));
    }

    [Fact]
    public void A_gang_case_weighs_what_its_factors_say()
    {
        // 2 × (1 + 5·0.25 + 2·0.10 + 2·0.20 + 0.1·ln 21 + 50·0.03 + 30·0.01 + 0.6 + 0.8 + 0.5 + 2·0.2 + 0.3) = 15.1089
        var weight = CaseWeight.Of(new WeightInput
        {
            CaseType = "PRO",
            Procedure = "ordinary",
            Suspects = 8,
            Charges = ["组织、领导、参加黑社会性质组织罪", "寻衅滋事罪", "故意伤害罪"],
            Facts = 20,
            Volumes = 80,
            ExpectedTermMonths = 120,
            Pleading = Pleading.None,
            Returns = 2,
            Foreign = true,
        });

        Assert.Equal((15.11, 2.0, Track.Complex), (weight.Value, weight.Base, weight.Track));
        Assert.Equal(
            [("suspects", 1.45), ("charges", 0.4), ("facts", 0.304452), ("volumes", 1.8), ("penalty", 0.6), ("organised", 0.8), ("pleading", 0.5), ("returns", 0.4), ("foreign", 0.3)],
            weight.Factors.Select(f => (f.Name, f.Value)));
    }

    [Theory]
    [InlineData("受贿罪", "summary", Pleading.Partly, true, 3.24)] // 1.2 × (1 + 0.6 + 0.4 + 0.3 + 0.4)
    [InlineData("非法吸收公众存款罪", "ordinary", Pleading.Unknown, false, 4.40)] // 2 × (1 + 0.6 + 0.6)
    [InlineData("组织、领导传销活动罪", "ordinary", Pleading.All, false, 4.40)]
    public void Duty_and_mass_financial_crimes_weigh_more(string charge, string procedure, Pleading pleading, bool protest, double weight) =>
        Assert.Equal(weight, CaseWeight.Of(new WeightInput { CaseType = "PRO", Procedure = procedure, Charges = [charge], Pleading = pleading, Protest = protest }).Value);

    [Theory]
    [InlineData(null, 1.0)] // theft: tier 1-2
    [InlineData(36d, 1.0)]
    [InlineData(36.5, 1.3)]
    [InlineData(119.9, 1.3)]
    [InlineData(120d, 1.6)]
    public void The_likely_term_sets_the_penalty_tier(double? months, double weight) =>
        Assert.Equal(weight, CaseWeight.Of(new WeightInput { CaseType = "ARR", Charges = ["盗窃罪"], ExpectedTermMonths = months }).Value);

    [Theory]
    [InlineData("走私、贩卖、运输、制造毒品罪", 1.6)] // tier 3-5
    [InlineData("诈骗罪", 1.0)] // tier 2-3
    [InlineData("故意杀人罪", 2.2)] // tier 5
    [InlineData("战时自伤罪", 1.0)] // nobody rated it
    [InlineData("没有这个罪", 1.0)]
    public void While_the_term_is_unknown_the_difficulty_of_the_charge_stands_for_it(string charge, double weight) =>
        Assert.Equal(weight, CaseWeight.Of(new WeightInput { CaseType = "ARR", Charges = [charge] }).Value);

    [Fact]
    public void Each_other_circumstance_adds_its_share()
    {
        double Of(WeightInput input) => CaseWeight.Of(input).Value;
        var plain = new WeightInput { CaseType = "ARR" };

        Assert.Equal(2.2, Of(plain with { LifeOrDeath = true }));
        Assert.Equal(1.2, Of(plain with { Appraisals = 2 }));
        Assert.Equal(1.5, Of(plain with { Appraisals = 9 }));
        Assert.Equal(1.2, Of(plain with { Returns = 1 }));
        Assert.Equal(1.2, Of(plain with { PriorJudgments = 2 }));
        Assert.Equal(1.3, Of(plain with { PriorJudgments = 9 }));
        Assert.Equal(1.3, Of(plain with { Interpreter = true }));
        Assert.Equal(1.3, Of(plain with { Minors = true, Disabled = true }));
        Assert.Equal(1.3, Of(plain with { PublicAttention = true }));
        Assert.Equal(1.2, Of(plain with { Jurisdiction = true }));
        Assert.Equal(1.2, Of(plain with { CivilParties = true }));
        Assert.Equal(1.0, Of(plain with { ElectronicGigabytes = 9 }));
        Assert.Equal(1.3, Of(plain with { ElectronicGigabytes = 10 }));
        Assert.Equal(1.8, Of(plain with { ElectronicGigabytes = 500 }));
        Assert.Equal(1.25, Of(plain with { Suspects = 2 }));
        Assert.Equal(1.0, Of(plain with { Suspects = 0 }));
    }

    [Fact]
    public void The_factors_explain_the_weight()
    {
        var weight = CaseWeight.Of(new WeightInput { CaseType = "PRO", Suspects = 3, Facts = 5, Volumes = 7, Returns = 1 });

        Assert.Equal(weight.Value, weight.Base * (1 + weight.Factors.Sum(f => f.Value)), 0.005);
    }

    [Theory]
    [InlineData("PROSECUTED", 2.95, 0.5)]
    [InlineData("PROBATION", 1.18, 0.2)]
    [InlineData("UNDER_REVIEW", 5.9, 1)]
    [InlineData("no such state", 5.9, 1)]
    [InlineData(null, 5.9, 1)]
    public void A_weight_decays_as_the_case_moves_on(string? stage, double value, double left)
    {
        var weight = CaseWeight.Of(new WeightInput { CaseType = "PRO", Suspects = 9, Returns = 2, Stage = stage });

        Assert.Equal((value, left, Track.Complex), (weight.Value, weight.Left, weight.Track));
    }

    [Fact]
    public void Every_state_that_leaves_less_is_a_state_of_some_case_type() =>
        Assert.Empty(WeightTable.Default.Stages.Keys.Except(Cluster.Cases.Assessment.Stages.Names.Keys));

    [Fact]
    public void A_weight_is_explained_in_both_languages()
    {
        var weight = CaseWeight.Of(new WeightInput { CaseType = "PRO", Suspects = 2, Facts = 1, Stage = "PROSECUTED" });

        Assert.Equal(
            ("2 基数 × (1 + 0.25 犯罪嫌疑人超过一人 + 0.069 犯罪事实起数) × 0.5 已起诉 = 1.32", "2 base × (1 + 0.25 more suspects than one + 0.069 criminal facts) × 0.5 Prosecuted = 1.32"),
            WeightText.Of(weight, "已起诉", "Prosecuted"));
        Assert.Equal("1 base = 1", WeightText.Of(CaseWeight.Of(new WeightInput { CaseType = "ARR" }), "", "").En);
    }

    [Fact]
    public void Every_factor_has_a_name_in_both_languages()
    {
        var all = CaseWeight.Of(new WeightInput
        {
            CaseType = "PRO",
            Suspects = 2,
            Charges = ["组织、领导、参加黑社会性质组织罪", "非法吸收公众存款罪", "受贿罪"],
            Facts = 1,
            Volumes = 1,
            ElectronicGigabytes = 10,
            LifeOrDeath = true,
            Pleading = Pleading.None,
            Appraisals = 1,
            Returns = 1,
            PriorJudgments = 1,
            Protest = true,
            Foreign = true,
            Interpreter = true,
            Minors = true,
            PublicAttention = true,
            Jurisdiction = true,
            CivilParties = true,
        });

        Assert.Equal(20, all.Factors.Count);
        Assert.All(all.Factors.Select(f => f.Name).Append("base"), name => Assert.Equal(2, WeightTable.Default.Names[name].Count(n => n.Length > 0)));
    }

    [Theory]
    [InlineData(double.MaxValue)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-5)]
    public void A_slip_of_the_keyboard_gives_a_weight_all_the_same(double slip)
    {
        var weight = CaseWeight.Of(new WeightInput
        {
            CaseType = "PRO",
            Suspects = int.MaxValue,
            Facts = slip,
            Volumes = slip,
            ExpectedTermMonths = slip,
            ElectronicGigabytes = slip,
            Returns = int.MaxValue,
            Appraisals = int.MinValue,
        });

        Assert.True(weight.Value is > 0 and < 1e9);
    }

    [Fact]
    public void A_table_is_read_whole_or_refused()
    {
        Assert.Equal(0.7m, WeightTable.Parse("protest: 0.7").Protest);
        Assert.ThrowsAny<YamlDotNet.Core.YamlException>(() => WeightTable.Parse("protst: 0.7"));
    }
}

using Cluster.Cases;
using Cluster.Cases.Rules;
using Cluster.Cases.Rules.Cards;

namespace Cases.Tests.Rules.Cards;

public sealed class CardNumberTests
{
    [Theory]
    [InlineData("91350100M000100Y43", true)]
    [InlineData("91350100m000100y43", true)]
    [InlineData("91350100M000100Y44", false)]
    [InlineData("91350100M000100Y4", false)]
    [InlineData("9135010OM000100Y43", false)]
    public void A_credit_code_has_the_check_sign_of_GB_32100(string code, bool valid) => Assert.Equal(valid, CreditCode.IsValid(code));

    [Fact]
    public void A_single_wrong_sign_breaks_a_credit_code()
    {
        const string Right = "91350100M000100Y43";
        for (var at = 0; at < Right.Length; at++)
        {
            foreach (var sign in "0123456789ABCDEFGHJKLMNPQRTUWXY")
            {
                if (sign != Right[at]) Assert.False(CreditCode.IsValid(Right[..at] + sign + Right[(at + 1)..]), $"{at} {sign}");
            }
        }
    }

    [Fact]
    public void A_single_wrong_digit_breaks_an_identity_number()
    {
        const string Right = "11010519491231002X";
        for (var at = 0; at < 17; at++)
        {
            for (var digit = '0'; digit <= '9'; digit++)
            {
                if (digit != Right[at]) Assert.False(IdentityNumber.IsValid(Right[..at] + digit + Right[(at + 1)..]), $"{at} {digit}");
            }
        }
    }

    [Theory]
    [InlineData("422826199005053418", true)]
    [InlineData("110105491231002", true)]
    [InlineData("932826199005053418", true)]
    [InlineData("170105194912310020", false)]
    [InlineData("990105194912310020", true)]
    public void An_identity_number_begins_with_a_province_that_exists(string number, bool may) => Assert.Equal(may, ProvinceCode.MayBegin(number));

    [Theory]
    [InlineData("13800001111", true)]
    [InlineData("+86 138 0000 1111", true)]
    [InlineData("0718-6821234", true)]
    [InlineData("(010)62345678", true)]
    [InlineData("6821234", true)]
    [InlineData("+852 2345 6789", true)]
    [InlineData("138****1111", true)]
    [InlineData("13800001111，0718-6821234", true)]
    [InlineData("1380000111", false)]
    [InlineData("12800001111", false)]
    [InlineData("138000011112", false)]
    [InlineData("无", false)]
    public void A_telephone_number_has_the_pattern_of_one(string number, bool possible) => Assert.Equal(possible, PhoneNumber.IsPossible(number));

    [Theory]
    [InlineData("张三", true)]
    [InlineData("张某甲", true)]
    [InlineData("阿迪力·吾买尔", true)]
    [InlineData("JOHN X SMITH", true)]
    [InlineData("张三1", false)]
    [InlineData("张××", false)]
    [InlineData("张XX", false)]
    [InlineData("张 三", false)]
    [InlineData("张三等人", false)]
    public void A_name_is_whole_and_single(string name, bool proper) => Assert.Equal(proper, PersonName.IsProper(name));

    [Theory]
    [InlineData("咸检刑诉〔2026〕12号", "咸检起诉受[2026]42282600109号", true)]
    [InlineData("咸检刑诉〔2027〕1号", "咸检起诉受[2026]42282600109号", true)]
    [InlineData("咸检刑诉〔2025〕12号", "咸检起诉受[2026]42282600109号", false)]
    [InlineData("恩市检刑诉（2026）12号", "咸检起诉受[2026]42282600109号", false)]
    [InlineData("第12号", "咸检起诉受[2026]42282600109号", true)]
    public void A_document_number_is_of_the_office_of_the_case_and_not_of_an_earlier_year(string document, string number, bool fits) =>
        Assert.Equal(fits, NumberOrigin.FitsCase(document, number));

    [Theory]
    [InlineData("盗窃罪；诈骗罪", "盗窃|诈骗")]
    [InlineData("盗窃、诈骗", "盗窃|诈骗")]
    [InlineData("掩饰、隐瞒犯罪所得、犯罪所得收益罪", "掩饰、隐瞒犯罪所得、犯罪所得收益")]
    [InlineData("盗窃罪、掩饰、隐瞒犯罪所得、犯罪所得收益罪、抢劫", "盗窃|掩饰、隐瞒犯罪所得、犯罪所得收益|抢劫")]
    [InlineData("盗窃罪,盗窃", "盗窃")]
    [InlineData("某种罪", "某种")]
    public void Charges_are_taken_apart_though_their_names_hold_the_comma_that_parts_them(string text, string names)
    {
        Assert.Equal(names, string.Join('|', ChargeNames.Of(text).Select(c => c.Name)));
    }

    [Theory]
    [InlineData("三十六", 36)]
    [InlineData("十二", 12)]
    [InlineData("二百六十四", 264)]
    [InlineData("一百零三", 103)]
    [InlineData("48", 48)]
    [InlineData("甲", null)]
    public void Numbers_are_read_in_either_kind_of_digits(string text, int? number) => Assert.Equal(number, ChineseNumber.Read(text));
}

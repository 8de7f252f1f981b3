using Cluster.Api.Wall;

namespace Cluster.Api.Tests.Wall;

public sealed class MaskedNameTests
{
    [Theory]
    [InlineData("刘三强奸案", "刘**强奸案")]
    [InlineData("何某甲等5人寻衅滋事案", "何**等5人寻衅滋事案")]
    [InlineData("曹某伪造公司、企业、事业单位、人民团体印章案", "曹**伪造公司、企业、事业单位、人民团体印章案")]
    // Of two charges that end alike the longer one is meant.
    [InlineData("王五合同诈骗案", "王**合同诈骗案")]
    [InlineData("赵六不明之事案", "赵**案")]
    [InlineData("无名", "无**")]
    [InlineData("盗窃案", "盗**案")]
    [InlineData("John Smith盗窃案", "J**盗窃案")]
    [InlineData("", "")]
    public void A_case_is_called_by_its_charge_and_a_first_character(string name, string masked) => Assert.Equal(masked, MaskedName.OfCase(name));

    [Theory]
    [InlineData("施怀瑜", "施**")]
    [InlineData("欧阳", "欧**")]
    [InlineData("𠮷田", "𠮷**")]
    public void A_person_is_a_first_character(string name, string masked) => Assert.Equal(masked, MaskedName.OfPerson(name));
}

using System.Text.Json.Nodes;

namespace Cluster.Api.Demo;

/// <summary>Documents of one case: names of domain chapter 5, numbers of the office's series.</summary>
internal sealed class CaseDocuments(OfficeUnit office, string subject)
{
    /// <summary>What distinguishes a document in its number; the indictment bears the bare series of the office.</summary>
    private static readonly Dictionary<string, string> Words = new()
    {
        ["案件受理登记表"] = "登", ["审查逮捕意见书"] = "意", ["听取犯罪嫌疑人意见书"] = "听", ["讯问笔录"] = "讯", ["批准逮捕决定书"] = "批",
        ["逮捕决定书"] = "决", ["批准延长侦查羁押期限决定书"] = "批", ["犯罪嫌疑人诉讼权利义务告知书"] = "告", ["被害人诉讼权利义务告知书"] = "被告知",
        ["认罪认罚从宽制度告知书"] = "认告", ["委托辩护人/申请法律援助告知书"] = "委辩", ["委托诉讼代理人告知书"] = "委代", ["法律援助通知书"] = "援",
        ["换押证"] = "换", ["取保候审决定书"] = "取保", ["监视居住决定书"] = "监居", ["延长审查起诉期限审批表"] = "延审", ["补充侦查决定书"] = "补侦",
        ["补充侦查提纲"] = "补纲", ["补充调查决定书"] = "补调", ["补充调查提纲"] = "调纲", ["认罪认罚具结书"] = "具结", ["审查报告"] = "审报",
        ["起诉书"] = "", ["量刑建议书"] = "量建", ["适用简易程序建议书"] = "简建", ["适用速裁程序建议书"] = "速建", ["公诉意见书"] = "公意",
        ["刑事判决、裁定审查表"] = "判审",
    };

    private readonly Dictionary<string, int> _copies = [];
    private readonly string _series = subject[..subject.IndexOf("受[", StringComparison.Ordinal)];
    private readonly string _year = subject[subject.IndexOf('[')..(subject.IndexOf(']') + 1)];

    /// <summary>The document as contract 4.1 has it. A second one of the same name in a case is numbered on: 号之二.</summary>
    public JsonObject Of(string code, DateOnly day)
    {
        var copy = _copies.GetValueOrDefault(code) + 1;
        _copies[code] = copy;
        var number = $"{_series}{Words[code]}{_year}{CaseRegister.Serial(subject)}号";
        return new JsonObject
        {
            ["code"] = code,
            ["number"] = copy == 1 ? number : $"{number}之{copy}",
            ["date"] = day.Iso(),
            ["signedBy"] = office.Chief,
            ["approvedBy"] = office.Chief,
            ["approvedOn"] = day.Iso(),
        };
    }
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Cluster.Api.Alerts;

/// <summary>Writes out the articles that a rule names in short: <c>CPL 172; R 351-352</c>.</summary>
internal static partial class Citation
{
    private static readonly Dictionary<string, string> Laws = new(StringComparer.Ordinal)
    {
        ["CPL"] = "中华人民共和国刑事诉讼法",
        ["CRIM"] = "中华人民共和国刑法",
        ["R"] = "人民检察院刑事诉讼规则",
        ["CSR"] = "人民检察院民事诉讼监督规则",
        ["ASR"] = "人民检察院行政诉讼监督规则",
        ["PIL"] = "人民检察院公益诉讼办案规则",
        ["PILI"] = "最高人民法院、最高人民检察院关于检察公益诉讼案件适用法律若干问题的解释",
        ["SPC"] = "最高人民法院关于适用《中华人民共和国刑事诉讼法》的解释",
        ["PSB"] = "公安机关办理刑事案件程序规定",
        ["SL"] = "中华人民共和国监察法",
        ["LA"] = "中华人民共和国法律援助法",
        ["PROS"] = "中华人民共和国检察官法",
        ["CIV"] = "中华人民共和国民事诉讼法",
        ["ADM"] = "中华人民共和国行政诉讼法",
        ["SCL"] = "中华人民共和国国家赔偿法",
        ["BAIL"] = "关于取保候审若干问题的规定",
        ["CUST"] = "人民检察院、公安机关羁押必要性审查、评估工作规定",
        ["PLEA"] = "关于适用认罪认罚从宽制度的指导意见",
        ["SUGG"] = "人民检察院检察建议工作规定",
    };

    private static readonly string[] Units = ["", "十", "百", "千"];

    /// <summary>The articles in words; what is no law of the list stays as it is.</summary>
    public static string Of(string basis) => string.Join("；", basis.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Part));

    /// <summary>A number from 1 to 9999 as articles are numbered: 第一百零三条.</summary>
    public static string Number(int number)
    {
        var text = new StringBuilder();
        string digits = number.ToString(CultureInfo.InvariantCulture);
        bool gap = false;
        for (int i = 0; i < digits.Length; i++)
        {
            if (digits[i] == '0')
            {
                gap = text.Length > 0;
                continue;
            }

            if (gap) text.Append('零');
            gap = false;
            string unit = Units[digits.Length - 1 - i];
            // 十二, not 一十二.
            if (!(unit == "十" && digits.Length == 2 && digits[i] == '1')) text.Append("零一二三四五六七八九"[digits[i] - '0']);
            text.Append(unit);
        }

        return text.ToString();
    }

    private static string Part(string part)
    {
        string[] words = part.Split(' ', 2, StringSplitOptions.TrimEntries);
        if (words.Length < 2 || !Laws.TryGetValue(words[0], out string? law)) return part;
        return $"《{law}》" + (Articles().IsMatch(words[1])
            ? string.Join("、", words[1].Split(',', StringSplitOptions.TrimEntries).Select(range => string.Join("至", range.Split('-').Select(n => $"第{Number(int.Parse(n, CultureInfo.InvariantCulture))}条"))))
            : words[1]);
    }

    [GeneratedRegex(@"^[1-9]\d{0,3}(-[1-9]\d{0,3})?(, ?[1-9]\d{0,3}(-[1-9]\d{0,3})?)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Articles();
}
